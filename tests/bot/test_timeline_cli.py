"""`visabot timeline`: its JSON, its words, its calendar file, its one-line errors."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from bot.cli.group import visabot

TODAY = ("--today", "2026-11-22")
KEYS = {"what", "date", "time", "who", "rule", "source", "counted_from", "estimated", "past", "text"}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(visabot, ("timeline", *arguments))


def days(*arguments: str) -> list[dict[str, Any]]:
    result = run(*arguments, *TODAY, "--json")
    assert result.exit_code == 0, result.output
    assert result.stdout.count("\n") == 1
    found: list[dict[str, Any]] = json.loads(result.stdout)["timeline"]
    return found


def test_an_arrival_alone_is_taken_for_an_invited_visa() -> None:
    found = days("--arrival", "2027-02-10", "--days", "20")
    assert all(set(day) == KEYS for day in found)
    assert [day["date"] for day in found] == sorted(day["date"] for day in found)
    named = {day["what"]: day for day in found}
    assert {"invite_before_entry", "decision_expected", "decision_latest", "visa_latest", "notify_arrival"} <= set(
        named
    )
    assert named["invite_before_entry"]["date"] == "2027-02-03"
    assert named["invite_before_entry"]["who"] == "inviter"
    assert named["invite_before_entry"]["estimated"] is True  # the days off of 2027 are not reviewed
    assert named["decision_latest"]["text"].startswith("Decision on the invitation, at the latest (if it is sent on ")
    assert not any(day["past"] for day in found)


def test_a_passport_and_a_purpose_choose_the_way_in() -> None:
    trip = ("--arrival", "2026-12-10", "--days", "10", "--purpose", "tourism")
    free = {day["what"] for day in days(*trip, "--citizenship", "IN")}
    assert free == {"qazeta", "notify_arrival", "leave_by"}
    evisa = {day["what"]: day["past"] for day in days(*trip, "--citizenship", "Egypt")}
    assert evisa["start_invitation_safely"] is True
    assert evisa["invite_before_entry"] is False
    assert days(*trip, "--citizenship", "KZ") == []


def test_the_interview_at_the_us_mission_has_its_hour() -> None:
    (freeze,) = days("--us-interview", "2025-05-02")
    assert (freeze["date"], freeze["time"], freeze["estimated"], freeze["past"]) == ("2025-04-28", "17:00", True, True)


@pytest.mark.parametrize(
    ("arguments", "warnings", "told"),
    [
        (("--us-interview", "2026-12-17"), [], ""),
        (
            ("--us-interview", "2026-12-19"),
            ["interview_on_a_day_off"],
            "visabot: --us-interview 2026-12-19 (Saturday) is a day off in Kazakhstan or the U.S.; check the day\n",
        ),
        (
            ("--us-interview", "2026-12-16"),  # Independence Day of Kazakhstan
            ["interview_on_a_day_off"],
            "visabot: --us-interview 2026-12-16 (Wednesday) is a day off in Kazakhstan or the U.S.; check the day\n",
        ),
        (("--us-interview", "2026-11-26"), ["interview_on_a_day_off"], "visabot: --us-interview 2026-11-26 (Thursday)"),
        (("--arrival", "2026-11-22", "--days", "5"), [], ""),
        (
            ("--arrival", "0001-01-01", "--days", "5"),
            ["arrival_in_the_past"],
            "visabot: --arrival 0001-01-01 is before 2026-11-22; check the day\n",
        ),
    ],
)
def test_a_day_that_looks_like_a_slip_is_told(arguments: tuple[str, ...], warnings: list[str], told: str) -> None:
    plain = run(*arguments, *TODAY)
    assert plain.exit_code == 0, plain.output
    assert plain.stderr.startswith(told)
    assert plain.stderr.count("\n") == len(warnings)
    as_json = run(*arguments, *TODAY, "--json")
    assert as_json.stderr == ""
    assert json.loads(as_json.stdout)["warnings"] == warnings


def test_each_event_brings_its_days() -> None:
    assert [day["what"] for day in days("--invitation-sent", "2026-11-20")] == ["decision_expected", "decision_latest"]
    assert [day["what"] for day in days("--papers-complete", "2026-11-20")] == ["visa_issued"]
    assert [day["what"] for day in days("--address-changed", "2026-11-20")] == ["registration_new_address"]
    assert [day["what"] for day in days("--visa-until", "2026-12-20")] == [
        "extension_earliest", "extension_latest", "leave_by_visa", "passport_valid_after_visa",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "words"),
    [("kk", "28.04.2025, 17:00"), ("ru", "28 апреля 2025 г., 17:00"), ("en", "28 April 2025, 17:00")],
)
def test_plain_text_tells_the_moment_who_acts_and_what_has_passed(language: str, words: str) -> None:
    result = run("--us-interview", "2025-05-02", *TODAY, "--lang", language)
    assert result.exit_code == 0, result.output
    assert f"- {words} – " in result.stdout
    assert "DS-160" in result.stdout
    plain = run("--visa-until", "2026-12-20", *TODAY).stdout
    assert "6 November 2026 – Earliest day to ask for an extension · the inviting party · has passed\n" in plain
    assert "has passed" not in plain.split("Latest day to ask")[1]


def test_a_trip_without_days_says_so() -> None:
    trip = ("--arrival", "2026-12-10", "--days", "10", "--citizenship", "KZ", "--purpose", "tourism")
    assert "our sources give no deadlines" in run(*trip, *TODAY).stdout


def test_the_days_ahead_go_into_a_calendar_file(tmp_path: Path) -> None:
    file = tmp_path / "days.ics"
    found = days("--visa-until", "2026-12-20", "--us-interview", "2026-12-17", "--ics", str(file))
    events = Calendar.from_ical(file.read_bytes()).events
    ahead = [day for day in found if not day["past"]]
    assert len(ahead) == len(found) - 1
    assert [str(event["summary"]) for event in events] == [day["text"] for day in ahead]
    assert [event.start.isoformat()[:10] for event in events] == [day["date"] for day in ahead]
    assert {event.DTSTAMP for event in events} == {datetime(2026, 11, 22, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((), "no day is given; give at least one of --arrival, --invitation-sent"),
        (("--arrival", "2026-12-10"), "--arrival '2026-12-10' says nothing without --days; give both or neither"),
        (("--days", "10"), "no day is given; give at least one of --arrival"),
        (("--days", "10", "--visa-until", "2026-12-10"), "--days '10' says nothing without --arrival; give both"),
        (("--arrival", "2026-12-10", "--days", "0"), "'0': give a number of days, 1 to 3650"),
        (("--visa-until", "10.12.2026"), "'10.12.2026' is not a day; write it as 2026-12-10"),
        (("--arrival", "2029-12-10", "--days", "3"), "2029-12-10 is more than two years after 2026-11-22"),
        (
            ("--arrival", "2026-12-10", "--days", "3", "--citizenship", "IN"),
            "--citizenship 'IN' says nothing without --purpose; give both or neither",
        ),
        (
            ("--visa-until", "2026-12-10", "--citizenship", "IN", "--purpose", "tourism"),
            "--citizenship 'IN' says nothing without --arrival; give both or neither",
        ),
        (
            ("--arrival", "2026-12-10", "--days", "3", "--citizenship", "Narnia", "--purpose", "tourism"),
            "'Narnia'",
        ),
        (
            ("--us-interview", "2025-05-02", "--ics", "days.ics"),
            "days.ics: no day lies ahead of 2026-11-22; give later days",
        ),
        (
            ("--visa-until", "2026-12-20", "--ics", "/no/such/folder/days.ics"),
            "/no/such/folder/days.ics: cannot be written (No such file or directory); give a file in a folder",
        ),
    ],
)
def test_a_wrong_call_is_one_line_with_its_repair(arguments: tuple[str, ...], problem: str) -> None:
    result = run(*arguments, *TODAY)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert result.stderr.startswith("visabot: ")
    assert problem in result.stderr
