"""Days that stand in the code of rules and cards: a figure belongs into the facts, and one that has passed is dead."""

import re
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

from dialogs.world import World
from knowledge.checks.finding import Finding, Severity

__all__ = ["dated_guards", "findings"]

_DAY = re.compile(r"""\bdate\((\d{4}),\s*(\d{1,2}),\s*(\d{1,2})\)|["'](\d{4})-(\d{2})-(\d{2})["']""")
_FOLDERS = ("predicates", "outcomes", "cards", "checks")


def findings(world: World) -> Iterator[Finding]:
    """One finding a day: an error once it has passed."""
    for folder in _FOLDERS:
        root = files("dialogs") / folder
        for part in sorted(root.iterdir(), key=lambda part: part.name) if root.is_dir() else ():
            if part.name.endswith(".py"):
                thing = f"code.dialogs.{folder}.{part.name.removesuffix('.py')}"
                yield from dated_guards(thing, part.read_text("utf-8"), world.today)


def dated_guards(thing: str, code: str, today: date) -> Iterator[Finding]:
    """The days in `code`, as they stand to `today`."""
    for number, line in enumerate(code.splitlines(), 1):
        for match in _DAY.finditer(line):
            year, month, day = (int(part) for part in match.groups() if part is not None)
            guard = date(year, month, day)
            passed = guard < today
            message = f"line {number}: the day {guard.isoformat()} {'has passed' if passed else 'stands in code'}"
            repair = "remove what is past" if passed else "read it from a fact"
            yield Finding(Severity.ERROR if passed else Severity.WARNING, thing, message, repair)
