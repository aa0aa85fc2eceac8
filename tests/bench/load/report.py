"""Figures of several rounds, as Markdown and as JSON."""

import json
import math
import statistics
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.bench.load.bots import BotFailedError

__all__ = ["Report", "Table"]


@dataclass
class Table:
    """Rows of figures; each round adds one set of them to a row. `columns` tell how many decimals are shown."""

    title: str
    columns: Mapping[str, int]
    rounds: dict[str, list[Mapping[str, float]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, row: str, figures: Mapping[str, float]) -> None:
        """The figures of one round."""
        self.rounds[row].append(figures)

    def as_markdown(self) -> str:
        """Medians; where rounds differ, the lowest and the highest beside them."""
        lines = [
            f"### {self.title}",
            "",
            f"| | {' | '.join(self.columns)} |",
            "| --- |" + " ---: |" * len(self.columns),
        ]
        for row, rounds in self.rounds.items():
            cells = [
                _cell([figures.get(name, math.nan) for figures in rounds], self.columns[name]) for name in self.columns
            ]
            lines.append(f"| {row} | {' | '.join(cells)} |")
        return "\n".join([*lines, ""])


@dataclass
class Report:
    """All tables of a run, and what was wrong in it."""

    tables: list[Table] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def table(self, title: str, columns: Mapping[str, int]) -> Table:
        """A new table at the end."""
        self.tables.append(Table(title, columns))
        return self.tables[-1]

    def note(self, where: str, problems: Sequence[str]) -> int:
        """Remember wrong dialogs, the first few with their words; gives how many there were."""
        self.problems += [f"{where}: {problem}" for problem in problems[:3]]
        return len(problems)

    @contextmanager
    def surviving(self, where: str) -> Iterator[None]:
        """A bot that fails is a problem of its own row, not the end of the run."""
        try:
            yield
        except BotFailedError as error:
            self.problems.append(f"{where}: {error}")

    def as_markdown(self) -> str:
        """Every table, then the problems."""
        wrong = [f"- {problem}" for problem in self.problems]
        return "\n".join([*(table.as_markdown() for table in self.tables), *(["Problems:", *wrong] if wrong else [])])

    def as_json(self) -> str:
        """Every figure of every round."""
        tables = {table.title: table.rounds for table in self.tables}
        return json.dumps({"tables": tables, "problems": self.problems}, ensure_ascii=False, indent=1)


def _cell(values: Sequence[float], decimals: int) -> str:
    known = [value for value in values if not math.isnan(value)]
    if not known:
        return "–"
    middle, low, high = (f"{value:,.{decimals}f}" for value in (statistics.median(known), min(known), max(known)))
    return middle if low == high else f"{middle} ({low}–{high})"
