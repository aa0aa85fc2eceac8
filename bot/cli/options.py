"""Options that several commands share."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar

import click

from bot.clock import day_in_kazakhstan, system_clock
from knowledge.language import Language

__all__ = ["IsoDate", "StayDays", "json_option", "lang_option", "lines_of", "text_argument", "today_option"]

F = TypeVar("F", bound=Callable[..., Any])

_MOST_DAYS = 3_650
_LONGEST = len(str(_MOST_DAYS))


class IsoDate(click.ParamType[date]):
    """A day as ISO 8601."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-12-10", param, ctx)


class StayDays(click.ParamType[int]):
    """The length of a stay."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of days."""
        said = str(value)
        if not (said.isascii() and said.isdigit() and len(said) <= _LONGEST and 1 <= int(said) <= _MOST_DAYS):
            self.fail(f"{said!r}: give a number of days, 1 to {_MOST_DAYS}", param, ctx)
        return int(said)


def today_option(command: F) -> F:
    """`--today`: the day to answer for."""
    return click.option(
        "--today",
        type=IsoDate(),
        default=lambda: day_in_kazakhstan(system_clock()),
        show_default="today in Kazakhstan",
        help="Answer as on this day.",
    )(command)


def json_option(command: F) -> F:
    """`--json`: one object a query, one line each."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object a query, one line each.")(command)


def lang_option(command: F) -> F:
    """`--lang`: the language of the words."""
    return click.option(
        "--lang",
        type=click.Choice([language.value for language in Language]),
        default=Language.EN.value,
        show_default=True,
        help="The language of the words.",
        callback=lambda _context, _option, value: Language(value),
    )(command)


def text_argument(command: F) -> F:
    """`TEXT`: one query in one word or several, or `-` for one query a line."""
    return click.argument("text", nargs=-1, required=True, callback=lambda _context, _argument, words: " ".join(words))(
        command
    )


def lines_of(text: str) -> Iterator[str]:
    """The queries: `text` itself, or the lines of standard input when it is `-`."""
    if text != "-":
        yield text
        return
    with click.open_file("-", encoding="utf-8", errors="replace") as stream:
        for line in stream:
            yield line.rstrip("\r\n")
