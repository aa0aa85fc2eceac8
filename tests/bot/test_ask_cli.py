"""`visabot ask`, `visabot answers`: the contract of the command line."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import answers, ask


def run(*arguments: str, stdin: str = "") -> str:
    result = CliRunner().invoke(ask.command, [*arguments], input=stdin)
    assert result.exit_code == 0, result.output
    return result.output


def objects(*arguments: str, stdin: str = "") -> list[dict[str, Any]]:
    return [json.loads(line) for line in run(*arguments, "--json", stdin=stdin).splitlines()]


def test_an_answer_as_json() -> None:
    (found,) = objects("how much does the e-visa cost", "--lang", "en")
    assert found["query"] == "how much does the e-visa cost"
    assert (found["lang"], found["status"]) == ("en", "answer")
    best = found["answers"][0]
    assert best["id"] == "evisa.fees"
    assert 0 < best["score"] <= 1
    assert best["version"] >= 1
    assert len(found["answers"]) <= 3


def test_none_is_an_answer() -> None:
    (found,) = objects("what do dogs eat")
    assert (found["status"], found["answers"]) == ("none", [])


def test_lines_are_plain_or_json_and_answered_in_order() -> None:
    lines = '{"q": "visa fee", "lang": "kk"}\nсколько стоит виза\n{"broken\n{"x": 1}\n\n[]\n'
    found = objects("-", stdin=lines)
    assert [row["query"] for row in found] == ["visa fee", "сколько стоит виза", '{"broken', '{"x": 1}', "", "[]"]
    assert [row["lang"] for row in found[:2]] == ["kk", "ru"]
    assert found[0]["answers"][0]["id"] == "visa.fees"


def test_a_trip_in_the_question_begins_a_dialog() -> None:
    (found,) = objects("нужна ли виза немцу на 20 дней")
    assert found["dialog"] == {
        "flow": "which_visa",
        "answers": {"which_passport_do_you_hold": "DE", "how_many_days_will_you_stay": 20},
    }


def test_a_question_without_a_passport_begins_none() -> None:
    assert "dialog" not in objects("кому не нужна виза в казахстан")[0]


@pytest.mark.parametrize(("language", "words"), [("kk", "Дереккөздер"), ("ru", "Источники"), ("en", "Sources")])
def test_the_text_has_its_sources(language: str, words: str) -> None:
    assert words in run("evisa fee", "--lang", language)


def test_small_talk_is_one_line() -> None:
    assert run("спасибо").strip().count("\n") == 0


def test_the_day_counts() -> None:
    result = CliRunner().invoke(answers.command, ["show", "evisa.pakistan", "--today", "2027-01-05"])
    assert "can get only" not in result.output
    assert "31 December 2026" in result.output


def test_an_answer_that_does_not_exist_is_named() -> None:
    result = CliRunner().invoke(answers.command, ["show", "evisa.price"])
    assert result.exit_code == 2
    assert "'evisa.price' is not an answer" in result.output


def test_an_answer_as_json_has_all_languages_and_sources() -> None:
    result = CliRunner().invoke(answers.command, ["show", "evisa.fees", "--json"])
    found = json.loads(result.output)
    assert set(found["texts"]) == {"kk", "ru", "en"}
    assert all({"id", "title", "url", "as_of"} == set(source) for source in found["sources"])
    assert found["as_of"] < found["review_by"]
