"""`visabot answers` and `visabot check`: what staff and maintainers ask of the answers and facts."""

import csv
import io
import json
import shutil
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import loading
from bot.cli import approve, upkeep
from bot.cli.group import visabot
from knowledge.answer import AnswerStatus
from knowledge.checks.approval import approved_text, read_approved
from knowledge.checks.digests import digests
from knowledge.loader import load_knowledge

_KB = load_knowledge()
_DAY = ("--today", "2026-11-22")
_LATER = ("--today", "2027-01-05")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(visabot, arguments)


def rows(*arguments: str) -> list[dict[str, Any]]:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, ""), result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts are loaded once; each call reads the texts and what is kept beside the facts."""
    monkeypatch.setattr(loading, "load_knowledge", lambda: _KB)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A directory of its own for what is kept beside the facts; all of them are approved."""
    shutil.copy(str(files("knowledge") / "data" / "unused_facts.yaml"), tmp_path)
    (tmp_path / "approved_facts.json").write_text(approved_text(digests(_KB)), "utf-8")
    monkeypatch.setattr(upkeep, "facts_directory", lambda: tmp_path)
    monkeypatch.setattr(approve, "facts_directory", lambda: tmp_path)
    return tmp_path


@pytest.fixture
def raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fee is raised."""
    fee = _KB.statements["us_fee_mrv"]
    fee = replace(fee, figures=tuple({**dict(fee.figures), "b_usd": Decimal(200)}.items()))
    kb = replace(_KB, statements=MappingProxyType({**_KB.statements, "us_fee_mrv": fee}))
    monkeypatch.setattr(loading, "load_knowledge", lambda: kb)


def test_stale_names_owner_day_and_reason() -> None:
    found = rows("answers", "stale", "--within", "60", "--json", *_DAY)
    assert all(list(due) == ["owner", "day", "late", "thing", "reason", "about"] for due in found)
    assert [due["day"] for due in found if due["owner"] == "contact-centre"] == sorted(
        due["day"] for due in found if due["owner"] == "contact-centre"
    )
    pakistan = [due for due in found if due["thing"] == "evisa.pakistan"]
    assert [(due["reason"], due["day"], due["late"]) for due in pakistan] == [
        ("fact_ends", "2026-12-31", False),
        ("review", "2027-01-15", False),
    ]
    assert {due["reason"] for due in found} >= {"recheck", "review", "fact_ends"}
    near = rows("answers", "stale", "--within", "0", "--json", *_DAY)
    assert all(due["day"] <= "2026-11-22" for due in near)
    assert 0 < len(near) < len(found)


def test_stale_in_words() -> None:
    text = run("answers", "stale", "--within", "60", *_DAY).stdout
    assert text.startswith("contact-centre:\n")
    assert "  2026-12-31  evisa.pakistan  facts behind it end: special_rule.pk_b3\n" in text
    assert "2025-06-01 (late)  statement.us_ds160_deadline  look at its sources again: us.apply, us.ds160\n" in text
    assert text.splitlines()[-1].startswith("as of 2026-11-22: ")
    assert "is not in the range" in run("answers", "stale", "--within", "-1").stderr


def test_export_has_every_answer_in_every_language() -> None:
    found = rows("answers", "export", *_DAY)
    listed = rows("answers", "list", "--json", *_DAY)
    assert [row["id"] for row in found] == [row["id"] for row in listed]
    (pakistan,) = [row for row in found if row["id"] == "evisa.pakistan"]
    assert {"shortcut", "as_of", "review_by", "version", "owner", "served"} <= set(pakistan)
    assert list(pakistan["texts"]) == ["kk", "ru", "en"]
    assert all(pakistan["texts"][code].startswith(pakistan["titles"][code]) for code in ("kk", "ru", "en"))
    assert all(row["texts"][code] for row in found for code in ("kk", "ru", "en"))
    assert "rules_2026" in {source["id"] for source in pakistan["sources"]}


def test_texts_have_no_buttons() -> None:
    """Those are for conversations."""
    (shown,) = rows("answers", "show", "evisa.pakistan", "--json", *_DAY)
    exported = rows("answers", "export", *_DAY)
    texts = [text for row in (shown, *exported) for text in row["texts"].values()]
    texts.append(run("answers", "show", "evisa.pakistan", "--lang", "en", *_DAY).stdout)
    texts.append(run("ask", "evisa for a citizen of pakistan", "--lang", "en", *_DAY).stdout)
    for label in ("Menu", "Меню", "Мәзір"):
        assert [text for text in texts if label in text] == []


def test_show_and_export_tell_the_same_of_an_answer() -> None:
    exported = {row["id"]: row for row in rows("answers", "export", *_DAY)}
    listed = {row["id"]: row for row in rows("answers", "list", "--json", *_DAY)}
    for topic in ("evisa.pakistan", "us.fee"):
        (shown,) = rows("answers", "show", topic, "--json", *_DAY)
        assert shown == exported[topic]
        assert shown.items() >= listed[topic].items()
        for lang in ("kk", "ru", "en"):
            assert run("answers", "show", topic, "--lang", lang, *_DAY).stdout == f"{shown['texts'][lang]}\n"


def test_an_answer_that_is_not_told_has_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = replace(_KB.answers["us.fee"], status=AnswerStatus.DRAFT)
    answers = MappingProxyType({**_KB.answers, draft.id: draft})
    monkeypatch.setattr(loading, "load_knowledge", lambda: replace(_KB, answers=answers))
    (shown,) = rows("answers", "show", "us.fee", "--json", *_DAY)
    assert (shown["served"], shown["confidence"], shown["sources"]) == (False, None, [])
    assert shown["texts"] == {"kk": "", "ru": "", "en": ""}
    assert run("answers", "show", "us.fee", *_DAY).stdout == "us.fee: is not served on 2026-11-22\n"


def test_export_follows_the_day() -> None:
    now, later = (
        next(row for row in rows("answers", "export", "--lang", "en", *day) if row["id"] == "evisa.pakistan")
        for day in (_DAY, _LATER)
    )
    assert list(now["texts"]) == ["en"]
    assert now["texts"] != later["texts"]


def test_export_as_a_table_and_as_a_page() -> None:
    table = list(csv.DictReader(io.StringIO(run("answers", "export", "--format", "csv", *_DAY).stdout)))
    objects = {row["id"]: row for row in rows("answers", "export", *_DAY)}
    assert [row["id"] for row in table] == list(objects)
    for row in table:
        assert row["text_kk"] == objects[row["id"]]["texts"]["kk"]
        assert row["sources"].split() == [source["id"] for source in objects[row["id"]]["sources"]]
    page = run("answers", "export", "--format", "md", "--lang", "ru", *_DAY).stdout
    assert page.startswith("# Answers as told on 2026-11-22\n\n## ")
    assert page.count("\n### ru\n") == len(objects)
    assert "## evisa.pakistan (evpk)" in page


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_an_answer_is_shown_as_told_on_the_day(lang: str) -> None:
    now = run("answers", "show", "evisa.pakistan", "--lang", lang, *_DAY).stdout
    later = run("answers", "show", "evisa.pakistan", "--lang", lang, *_LATER).stdout
    assert now != later
    (evisa,) = rows("evisa", "PK", "--json", *_LATER)
    assert (evisa["verdict"], evisa["categories"]) == ("no", [])
    (advice,) = rows(
        "advise", "--citizenship", "PK", "--purpose", "business", "--days", "10", "--arrival", "2027-02-01", "--json",
        *_LATER,
    )  # fmt: skip
    assert (advice["outcome"], advice["category"]) == ("visa", "B3")
    assert "evisa" not in {way["outcome"] for way in advice["alternatives"]}


@pytest.mark.usefixtures("raised")
def test_a_changed_fact_is_told_until_it_is_approved(data: Path) -> None:
    (told,) = [line for line in run("check", *_DAY).stdout.splitlines() if "changed since it was approved" in line]
    assert told.startswith("warning: statement.us_fee_mrv: its row changed since it was approved; answers: us.fee")
    stale = rows("answers", "stale", "--within", "0", "--json", *_DAY)
    assert {("us.fee", "fact_changed")} <= {(due["thing"], due["reason"]) for due in stale}

    refused = run("answers", "approve")
    assert refused.exit_code == 2
    assert refused.stdout.startswith("changed: statement.us_fee_mrv: answers: ")
    assert refused.stderr == "visabot: 1 facts are not as they were approved; look at them, then add --yes\n"
    before = read_approved(data)

    assert run("answers", "approve", "fee.duty_multiple", "--yes").stdout == "nothing changed since the last approval\n"
    assert read_approved(data) == before
    assert run("answers", "approve", "--yes").stdout.endswith("approved: 1 facts\n")
    after = read_approved(data)
    assert {name for name in after if after[name] != before[name]} == {"statement.us_fee_mrv"}
    assert "changed since it was approved" not in run("check", *_DAY).stdout
    assert run("answers", "approve").stdout == "nothing changed since the last approval\n"


@pytest.mark.usefixtures("raised")
def test_approving_asks_on_a_terminal(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_approved(data)
    monkeypatch.setattr(approve, "is_a_terminal", lambda: True)
    said = CliRunner().invoke(visabot, ("answers", "approve"), input="n\n")
    assert "Approve these 1 facts? [y/N]" in said.stdout
    assert read_approved(data) == before
    assert CliRunner().invoke(visabot, ("answers", "approve"), input="y\n").exit_code == 0
    assert read_approved(data) != before


def test_the_first_approval_and_an_unknown_fact(data: Path) -> None:
    (data / "approved_facts.json").unlink()
    refused = run("check", *_DAY)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert "approved_facts.json" in refused.stderr
    assert run("answers", "approve", "fee.toll", "--yes").stderr.startswith("visabot: 'fee.toll' is not a fact; ")
    assert run("answers", "approve", "statement.us_fee_mrv", "--yes").stdout.endswith("approved: 1 facts\n")
    assert list(read_approved(data)) == ["statement.us_fee_mrv"]


def test_check_tells_what_a_fact_touches() -> None:
    told = run("check", "--fact", "special_rule.pk_b3").stdout.splitlines()
    assert told[0] == "answer evisa.pakistan"
    assert "outcomes 10_days_by_air: 25 (PK: 25 purposes)" in told
    nothing = run("check", "--fact", "penalty.host_large").stdout
    assert nothing == "penalty.host_large: no answer names it, and no reviewed outcome rests on it\n"
    refused = run("check", "--fact", "fee.toll")
    assert refused.exit_code == 2
    assert refused.stderr == "visabot: --fact: 'fee.toll' is not a fact; give family and id, such as fee.duty_single\n"


def test_check_names_every_old_statement_when_asked() -> None:
    short, full = (run("check", *more, *_DAY).stdout for more in ((), ("--all",)))
    assert "warning: statement.us_*: " in short
    assert "statement.us_ds160_deadline" not in short
    assert "warning: statement.us_ds160_deadline: it speaks for 2025-05-02" in full


def test_a_broken_list_of_unused_facts_is_one_line(data: Path) -> None:
    (data / "unused_facts.yaml").write_text("unused: {fee: x}\n", "utf-8")
    refused = run("check", *_DAY)
    assert (refused.exit_code, refused.stderr.count("\n")) == (2, 1)
    assert refused.stderr.startswith("visabot: unused_facts.yaml: unused: ")
