"""Text → country: this recognizer beside countrynames and pycountry, on the development set.

Run: `.venv/bin/python -m tests.bench.country`. The peers know one answer or none: for a query
that must be asked back, none counts as right for them, and any country as confidently wrong.
"""

import csv
import gc
import importlib
import logging
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.recognition import CountryRecognizer

QUERIES = Path(__file__).parents[1] / "knowledge" / "recognition" / "country_queries.tsv"
GARBAGE = "ab фы 中 1! " * 10_000

Answer = tuple[str, ...]
"""No code for none, one for a match, several for a question."""


@dataclass(frozen=True)
class Row:
    """One query of the development set and what it must be answered with."""

    text: str
    expected: str

    def is_right(self, answer: Answer, *, asks: bool) -> bool:
        if self.expected == "none":
            return not answer
        if self.expected.startswith("choose:"):
            wanted = set(self.expected.removeprefix("choose:").split(","))
            return (len(answer) > 1 and wanted <= set(answer)) if asks else not answer
        return self.expected in answer[:3]

    def is_confidently_wrong(self, answer: Answer) -> bool:
        return len(answer) == 1 and answer[0] != self.expected


def ours() -> Callable[[str], Answer]:
    recognizer = CountryRecognizer.from_data()
    return lambda text: recognizer.recognize(text).candidates


def countrynames() -> Callable[[str], Answer]:
    library: Any = importlib.import_module("countrynames")
    logging.getLogger("countrynames").setLevel(logging.CRITICAL)

    def look_up(text: str) -> Answer:
        code = library.to_code(text, fuzzy=True)
        return (code,) if code else ()

    return look_up


def pycountry() -> Callable[[str], Answer]:
    library: Any = importlib.import_module("pycountry")

    def look_up(text: str) -> Answer:
        try:
            return (library.countries.search_fuzzy(text)[0].alpha_2,)
        except LookupError:
            return ()

    return look_up


def read_rows() -> list[Row]:
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        return [
            Row(row["query"], row["expected"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def measure(name: str, load: Callable[[], Callable[[str], Answer]], rows: Sequence[Row]) -> str:
    """One line of the table; each query is timed once, after a warm-up, so that a cache of answers does not help."""
    started = time.perf_counter()
    try:
        look_up = load()
    except ImportError:
        return f"{name:<28} not installed"
    look_up("India")
    loaded = time.perf_counter() - started
    gc.disable()
    timed = [time_once(look_up, row.text) for row in rows]
    gc.enable()
    answers = [answer for answer, _ in timed]
    timings = sorted(seconds for _, seconds in timed)
    asks = any(len(answer) > 1 for answer in answers)
    right = sum(row.is_right(answer, asks=asks) for row, answer in zip(rows, answers, strict=True))
    wrong = sum(row.is_confidently_wrong(answer) for row, answer in zip(rows, answers, strict=True))
    return (
        f"{name:<28} {right / len(rows):>7.2%} {wrong / len(rows):>7.2%} {loaded:>8.2f}"
        f" {statistics.median(timings) * 1e6:>10.0f} {timings[int(len(timings) * 0.99)] * 1e6:>10.0f}"
    )


def time_once(look_up: Callable[[str], Answer], text: str) -> tuple[Answer, float]:
    """The answer and the seconds it took."""
    started = time.perf_counter()
    answer = look_up(text)
    return answer, time.perf_counter() - started


def main() -> None:
    """Print the table."""
    rows = read_rows()
    asked = sum(row.expected.startswith("choose:") for row in rows)
    none = sum(row.expected == "none" for row in rows)
    print(f"{len(rows)} queries: {len(rows) - asked - none} match, {asked} choose, {none} none")
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    print(f"{'':<28} {'right':>7} {'wrong':>7} {'load s':>8} {'median us':>10} {'p99 us':>10}")
    print(measure("knowledge.recognition", ours, rows))
    print(measure("countrynames fuzzy=True", countrynames, rows))
    print(measure("pycountry search_fuzzy", pycountry, rows))
    _, long = time_once(ours(), GARBAGE)
    print(f"{len(GARBAGE):,} characters of garbage: {long * 1e3:.2f} ms")


if __name__ == "__main__":
    main()
