"""The command line: its JSON, its one-line errors, its exit codes."""

import json
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import loading
from bot.cli.group import visabot
from dialogs.cards.room import LONGEST_MESSAGE
from knowledge.loader import load_knowledge

ROOT = Path(__file__).parents[2]
TRIP = ("advise", "--purpose", "tourism", "--days", "10", "--today", "2026-11-22")


def run(*arguments: str, lines: str | None = None) -> Result:
    return CliRunner().invoke(visabot, arguments, input=lines)


def objects(*arguments: str, lines: str | None = None) -> list[dict[str, Any]]:
    result = run(*arguments, "--json", lines=lines)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return [json.loads(line) for line in result.stdout.splitlines()]


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("visabot: ")
    return result.stderr


def test_country_matches_offers_and_says_none() -> None:
    match, choose, none, empty = objects("country", "-", lines="Үндістан\nKorea\nqwrtp\n\n")
    assert (match["status"], match["country"], match["candidates"]) == ("match", "IN", ["IN"])
    assert (choose["status"], choose["country"], sorted(choose["candidates"])) == ("choose", None, ["KP", "KR"])
    assert (none["status"], none["country"], none["candidates"]) == ("none", None, [])
    assert (empty["query"], empty["status"]) == ("", "none")
    assert all(list(found) == ["query", "status", "country", "candidates", "score"] for found in (match, choose, none))
    assert all(0 <= found["score"] <= 1 for found in (match, choose, none))


def test_json_is_in_the_letters_people_use_and_plain_text_is_readable() -> None:
    assert "Үндістан" in run("country", "Үндістан", "--json").stdout
    assert run("country", "India", "--lang", "kk").stdout == "Үндістан (IN)\n"
    assert run("country", "Korea").stdout.startswith("? ")


def test_a_country_of_several_words_needs_no_quotes() -> None:
    (north,) = objects("country", "North", "Korea")
    assert (north["query"], north["country"]) == ("North Korea", "KP")
    (visa,) = objects("evisa", "North", "Korea", "--today", "2026-11-22")
    assert (visa["query"], visa["country"]) == ("North Korea", "KP")
    assert objects("country", "India", "-") == objects("country", "India -")


def test_plain_text_says_that_no_country_was_found_and_why() -> None:
    assert run("country", "xyzzy").stdout.startswith("I did not find this country. ")
    assert run("country", "xyzzy", "--lang", "kk").stdout.startswith("Мұндай елді таба алмадым. ")
    assert run("country", "Crimea").stdout.startswith("This is a place, ")
    assert run("evisa", "European Union").stdout.startswith("A union of countries issues no passports. ")


def test_evisa_names_each_query_of_many_in_plain_text() -> None:
    one = run("evisa", "India", "--today", "2026-11-22").stdout
    many = run("evisa", "-", "--today", "2026-11-22", lines="India\nxyzzy\n").stdout
    assert many.startswith(f"India:\n{one}\nxyzzy:\nI did not find this country. ")


def test_advise_takes_days_up_to_two_years_ahead_and_any_day_gone_by() -> None:
    for arrival in ("2028-11-21", "2026-11-01", "2020-01-01"):
        assert objects(*TRIP, "--citizenship", "IN", "--arrival", arrival)


def test_evisa_tells_every_edition_and_how_the_passport_enters() -> None:
    (india,) = objects("evisa", "India", "--today", "2026-11-22")
    assert {"query", "status", "country", "candidates", "score", "listed", "verdict", "entry", "sources"} <= set(india)
    assert india["listed"] == {"evisa-list-2020": True, "evisa-list-2026": True}
    assert india["verdict"] == "yes"
    assert (india["entry"]["outcome"], india["entry"]["days"], india["visa_free_days"]) == ("visa_free", 14, 14)
    assert all(set(source) == {"id", "title", "url", "as_of"} for source in india["sources"])
    assert all(
        set(fee) == {"id", "text", "amount", "currency", "status", "as_of", "conflict", "sources"}
        for fee in india["fees"]
    )


def test_evisa_for_one_category_has_its_last_day() -> None:
    (pakistan,) = objects("evisa", "PK", "--today", "2026-11-22")
    assert pakistan["verdict"] == "limited"
    assert pakistan["until"] == pakistan["entry"]["until"] == "2026-12-31"
    assert pakistan["categories"]


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_advise_gives_every_reason_and_source_also_where_a_message_would_be_too_long(language: str) -> None:
    trip = ("advise", "--citizenship", "PK", "--purpose", "business", "--days", "10", "--arrival", "2026-12-10")
    asked = (*trip, "--today", "2026-11-22", "--lang", language)
    (told,) = objects(*asked)
    text = run(*asked).stdout
    assert len(text) > LONGEST_MESSAGE or language == "en"
    assert [reason["text"] for reason in told["path"] if reason["text"] not in text] == []
    assert [source["title"] for source in told["sources"] if source["title"] not in text] == []


def test_evisa_tells_no_list_that_is_later_than_the_day() -> None:
    (before,) = objects("evisa", "India", "--today", "1990-01-01")
    assert (before["listed"], before["verdict"], before["entry"]["outcome"]) == ({}, None, "ask_authority")
    assert before["sources"]
    (between,) = objects("evisa", "India", "--today", "2021-01-01")
    assert (between["listed"], between["verdict"]) == ({"evisa-list-2020": True}, "yes")


def test_evisa_without_a_country_is_an_answer() -> None:
    choose, none = objects("evisa", "-", lines="Korea\nqwrtp\n")
    assert (choose["status"], none["status"]) == ("choose", "none")
    for found in (choose, none):
        assert (found["listed"], found["verdict"], found["entry"], found["sources"]) == ({}, None, None, [])


def test_advise_has_every_key_of_the_contract() -> None:
    (advice,) = objects(*TRIP, "--citizenship", "IN", "--arrival", "2026-12-10")
    assert {
        "citizenship", "outcome", "category", "max_stay_days", "window", "alternatives", "documents", "steps",
        "deadlines", "fees", "warnings", "confidence", "sources", "path",
    } <= set(advice)  # fmt: skip
    assert (advice["outcome"], advice["category"], advice["max_stay_days"]) == ("visa_free", None, 14)
    assert {key: advice["window"][key] for key in ("days", "in_days")} == {"days": 42, "in_days": 180}
    assert all(set(step) == {"id", "text"} for step in (*advice["steps"], *advice["path"], *advice["documents"]))
    assert all({"what", "date", "source"} <= set(deadline) for deadline in advice["deadlines"])
    assert advice["path"]


def test_advise_reads_names_and_answers_in_the_language_asked_for() -> None:
    by_name = objects(*TRIP, "--citizenship", "Индия", "--lang", "kk")
    by_code = objects(*TRIP, "--citizenship", "in", "--lang", "kk")
    assert by_name == by_code
    english = objects(*TRIP, "--citizenship", "IN")
    assert by_name[0]["path"][0]["text"] != english[0]["path"][0]["text"]
    assert by_name[0]["citizenship"] == "IN"
    assert "passport_of" not in by_name[0]
    text = run(*TRIP, "--citizenship", "IN", "--lang", "ru").stdout
    assert "Индия" in text
    assert "{" not in text


def test_advise_says_whose_passport_it_judged() -> None:
    (advice,) = objects(*TRIP, "--citizenship", "Puerto Rico")
    assert (advice["citizenship"], advice["passport_of"]) == ("US", True)
    told = run(*TRIP, "--citizenship", "Puerto Rico")
    assert (told.exit_code, told.stderr.count("\n")) == (0, 1)
    assert "US (USA)" in told.stderr
    (by_long_code,) = objects(*TRIP, "--citizenship", "IND")
    assert by_long_code["citizenship"] == "IN"


@pytest.mark.parametrize(
    ("arguments", "repair"),
    [
        (("cuontry", "India"), "use one of run, country"),
        (("country",), "TEXT"),
        (("country", "India", "--jsno"), "--json"),
        (("advise", "--citizenship", "IN", "--purpose", "tourims", "--days", "3"), "'tourism', 'business'"),
        (("advise", "--citizenship", "IN", "--purpose", "tourism"), "--days"),
        ((*TRIP, "--citizenship", "IN", "--days", "0"), "give a number of days, 1 to 3650"),
        (
            ("advise", "--citizenship", "IN", "--purpose", "tourism", "--days", "ten"),
            "give a number of days, 1 to 3650",
        ),
        ((*TRIP, "--citizenship", "IN", "--days", "3651"), "give a number of days, 1 to 3650"),
        ((*TRIP, "--citizenship", "IN", "--arrival", "2028-11-22"), "more than two years after 2026-11-22"),
        ((*TRIP, "--citizenship", "Korea"), "KP (North Korea)"),
        ((*TRIP, "--citizenship", "qwrtp"), "a code such as IN"),
        ((*TRIP, "--citizenship", "Germny"), "DE (Germany)"),
        ((*TRIP, "--citizenship", "Pakstan"), "can mean PK (Pakistan); give the code"),
        ((*TRIP, "--citizenship", "my wife is German"), "(relative)"),
        ((*TRIP, "--citizenship", "негражданин Латвии"), "(other_document)"),
        ((), "ask, answers, check, flow, invitations, db; visabot --help"),
        (("db",), "upgrade"),
        ((*TRIP, "--citizenship", "IN", "--arrival", "10.12.2026"), "2026-12-10"),
        (("check", "--today", "tomorrow"), "2026-12-10"),
        (("evisa", "India", "--lang", "de"), "'kk'"),
    ],
)
def test_a_wrong_call_is_one_line_with_its_repair(arguments: tuple[str, ...], repair: str) -> None:
    assert repair in refused(*arguments)


def test_check_counts_what_it_finds() -> None:
    result = run("check", "--today", "2026-11-22")
    *findings, summary = result.stdout.splitlines()
    assert summary.startswith("checked as of 2026-11-22: ")
    assert all(line.split(":")[0] in ("error", "warning", "notice") for line in findings)
    assert result.exit_code == (1 if any(line.startswith("error:") for line in findings) else 0)


def test_broken_facts_are_all_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "data"
    shutil.copytree(str(files("knowledge") / "data"), data)
    (data / "fees.yaml").write_text("fees: [", "utf-8")
    (data / "sources.yaml").write_text("sources: 5\n", "utf-8")
    monkeypatch.setattr(loading, "load_knowledge", lambda: load_knowledge(data))
    result = run("evisa", "India")
    assert result.exit_code == 2
    told = result.stderr.splitlines()
    assert all(line.startswith("visabot: ") for line in told)
    assert any("fees.yaml" in line for line in told)
    assert any("sources.yaml" in line for line in told)
    assert "Traceback" not in result.stderr


def test_db_upgrade_makes_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = tmp_path / "new" / "bot.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    assert run("db", "upgrade").stdout == f"{database}: up to date\n"
    assert database.exists()
    database.write_bytes(b"no database" * 400)
    assert "not a SQLite database" in refused("db", "upgrade")


def test_a_directory_is_no_database_and_gets_no_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{folder}")
    assert f"DATABASE_URL: {folder}: is a directory; give a file" in refused("db", "upgrade")
    assert [*tmp_path.iterdir(), *folder.iterdir()] == [folder]


def test_memory_is_no_database_and_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for url in ("sqlite:///:memory:", "sqlite+aiosqlite:///:memory:", "sqlite:///./:memory:"):
        monkeypatch.setenv("DATABASE_URL", url)
        assert "DATABASE_URL: :memory: keeps nothing" in refused("db", "upgrade")
    assert list(tmp_path.iterdir()) == []


def test_a_look_up_in_a_real_process_loads_no_telegram_and_no_database() -> None:
    code = (
        "import sys; sys.argv = ['visabot', 'country', 'India', '--json']\n"
        "from bot.cli import main\n"
        "try:\n    main()\n"
        "finally:\n"
        "    heavy = {'telegram', 'sqlalchemy', 'aiohttp', 'starlette', 'jsonschema'} & set(sys.modules)\n"
        "    print(sorted(heavy), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, json.loads(done.stdout)["country"], done.stderr) == (0, "IN", "[]\n")


def test_version_and_help() -> None:
    assert run("--version").stdout.startswith("visabot ")
    listed = run("--help").stdout
    assert all(name in listed for name in ("run", "country", "evisa", "advise", "check", "db"))
