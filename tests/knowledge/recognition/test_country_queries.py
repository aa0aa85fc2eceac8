"""The development set: what people write, and the country they mean."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.recognition import CountryRecognizer, Recognition, RecognitionStatus

QUERIES = Path(__file__).with_name("country_queries.tsv")


@dataclass(frozen=True)
class Query:
    kind: str
    text: str
    expected: str

    def is_right(self, answer: Recognition) -> bool:
        if self.expected == "none":
            return answer.status is RecognitionStatus.NONE
        if self.expected.startswith("choose:"):
            wanted = set(self.expected.removeprefix("choose:").split(","))
            return answer.status is RecognitionStatus.CHOOSE and wanted <= set(answer.candidates)
        return answer.country == self.expected or (
            answer.status is RecognitionStatus.CHOOSE and self.expected in answer.candidates[:3]
        )

    def is_confidently_wrong(self, answer: Recognition) -> bool:
        return answer.status is RecognitionStatus.MATCH and answer.country != self.expected


def queries() -> Iterator[Query]:
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Query(row["kind"], row["query"], row["expected"])


def test_the_set_is_large_and_says_no_often_enough() -> None:
    rows = list(queries())
    assert len(rows) >= 800
    assert sum(row.expected == "none" for row in rows) >= 150
    assert sum(row.expected.startswith("choose:") for row in rows) >= 40


def test_at_least_98_percent_are_right_or_offered(recognizer: CountryRecognizer) -> None:
    rows = list(queries())
    missed = [row for row in rows if not row.is_right(recognizer.recognize(row.text))]
    assert len(missed) <= 0.02 * len(rows), missed


def test_no_query_is_answered_with_a_wrong_country(recognizer: CountryRecognizer) -> None:
    wrong = [
        (row, answer.country) for row in queries() if row.is_confidently_wrong(answer := recognizer.recognize(row.text))
    ]
    assert not wrong


@pytest.mark.parametrize("kind", sorted({query.kind for query in queries()}))
def test_every_kind_is_understood(recognizer: CountryRecognizer, kind: str) -> None:
    rows = [row for row in queries() if row.kind == kind]
    right = sum(row.is_right(recognizer.recognize(row.text)) for row in rows)
    assert right >= 0.9 * len(rows)
