"""Invitations on the command line, beside the running bot."""

import asyncio
import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.group import visabot
from bot.storage.address import Address
from bot.storage.cases import Cases, NewCase
from bot.storage.outbox import Outbox
from bot.storage.sessions import Kept, Sessions
from dialogs.session import Session
from knowledge.language import Language
from tests.bot.rig import open_store, settings_for, table
from tests.bot.specimen import DAY, NUMBER, PAYLOAD, SURNAME

BOT = 42
REFERENCE = "KZ-7F3Q-2M92"
SECRETS = (SURNAME, NUMBER, "Example Street", "+77010000000", "990101000011", "Ainur", "negotiations",
           "1974-08-12", "2022-04-16", "2032-04-15", "Nord Textil", "female", '"UZ"', '"TR"')  # fmt: skip


@pytest.fixture
def run(database: Address) -> Callable[..., Result]:
    """The command on a database with one invitation."""

    async def fill() -> None:
        store = await open_store(database)
        session = Session(language=Language.KK, run=3, requests=(REFERENCE,))
        await store.write(lambda c: Sessions(BOT, store.vault).put(c, "7", session.to_json(), Kept(), 1.0))
        new = NewCase(REFERENCE, PAYLOAD, "B12-1", 1, DAY)
        await store.write(lambda c: Cases(store.vault).add(c, BOT, "7", new, date(2026, 11, 1), 1.0))
        await store.close()

    asyncio.run(fill())
    environment = settings_for(database)
    return lambda *arguments: CliRunner().invoke(visabot, ("invitations", *arguments), env=environment)


def told(result: Result) -> str:
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def refused(result: Result) -> str:
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_the_list_and_the_export_name_nobody(run: Callable[..., Result]) -> None:
    plain, lines, rows = told(run("list")), told(run("list", "--json")), told(run("export", "--format", "csv"))
    assert plain == f"{REFERENCE}  received  B12-1  1  2026-12-10  2026-11-01\n"
    seen = json.loads(lines)
    assert (seen["reference"], seen["status"], seen["guests"]) == (REFERENCE, "received", 1)
    assert [row["reference"] for row in csv.DictReader(io.StringIO(rows))] == [REFERENCE]
    assert told(run("list", "--status", "issued")) == ""
    exported = told(run("export"))
    assert json.loads(exported)["history"] == [{"status": "received", "on": "2026-11-01", "detail": ""}]
    for secret in SECRETS:
        assert secret not in plain + lines + rows + exported


def test_the_whole_export_has_the_data_and_says_so(run: Callable[..., Result], database: Address) -> None:
    lines, rows = run("export", "--full"), run("export", "--full", "--format", "csv")
    for result in (lines, rows):
        assert result.exit_code == 0
        assert result.stderr.count("\n") == 1
        assert "personal data" in result.stderr
    assert json.loads(lines.stdout)["data"] == PAYLOAD
    (row,) = csv.DictReader(io.StringIO(rows.stdout))
    assert (row["reference"], row["guests"], row["trip.period.last_day"]) == (REFERENCE, "1", "2026-12-20")
    assert (row["guest.surname"], row["guest.residence.country"]) == (SURNAME, "IN")
    assert row["inviter.inviter_contact.phone"] == "+77010000000"


def test_each_guest_has_a_line_and_nobody_writes_a_formula(database: Address) -> None:
    guests = [PAYLOAD["guests"][0] | {"workplace": '=HYPERLINK("http://example.com")'}, PAYLOAD["guests"][0]]

    async def fill() -> None:
        store = await open_store(database)
        new = NewCase(REFERENCE, {**PAYLOAD, "guests": guests}, "B12-1", 2, DAY)
        stripped = replace(new, reference="KZ-0000-0000", payload={})
        for case in (new, stripped):
            await store.write(lambda c, case=case: Cases(store.vault).add(c, BOT, "7", case, DAY, 1.0))  # type: ignore[misc]
        await store.close()

    asyncio.run(fill())
    environment = settings_for(database)
    result = CliRunner().invoke(visabot, ("invitations", "export", "--full", "--format", "csv"), env=environment)
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["reference"] for row in rows] == [REFERENCE, REFERENCE, "KZ-0000-0000"]
    assert [row["guest.workplace"] for row in rows] == ["'" + str(guests[0]["workplace"]), "Nord Textil, manager", ""]
    assert [row["guest.surname"] for row in rows] == [SURNAME, SURNAME, ""]


def test_the_data_is_masked_until_it_is_asked_for(run: Callable[..., Result]) -> None:
    masked = told(run("show", REFERENCE))
    for secret in SECRETS:
        assert secret not in masked
    seen: dict[str, Any] = json.loads(masked)
    assert seen["data"]["trip"]["category"] == "B12-1"
    assert seen["data"]["guests"][0]["citizenship"] == "IN"
    assert json.loads(told(run("show", REFERENCE, "--full")))["data"] == PAYLOAD
    assert "visabot invitations list names them" in refused(run("show", "KZ-0000-0000"))


def test_a_step_is_noted_and_told_in_the_language_of_the_inviter(run: Callable[..., Result], database: Address) -> None:
    assert "the inviting party is told" in told(run("set-status", REFERENCE, "in_check", "--on", "2026-11-02"))
    told(run("set-status", REFERENCE, "returned", "--note", "passport number", "--on", "2026-11-03"))
    history = json.loads(told(run("show", REFERENCE)))["history"]
    assert [(step["status"], step["on"], step["detail"]) for step in history] == [
        ("received", "2026-11-01", ""),
        ("in_check", "2026-11-02", ""),
        ("returned", "2026-11-03", "passport number"),
    ]
    assert table(database, "SELECT DISTINCT by FROM case_changes") == [("inviter",), ("staff",)]

    async def texts() -> list[str]:
        store = await open_store(database)
        outbox = Outbox(BOT, store.vault)
        placed = [await store.read(lambda c, row=row: outbox.get(c, row)) for row in (1, 2)]  # type: ignore[misc]
        await store.close()
        return [waiting.call.payload["text"] for waiting in placed if waiting is not None]

    first, second = asyncio.run(texts())
    assert REFERENCE in first
    assert "passport number" in second
    assert "шақыру" in first.lower() + second.lower()
    assert table(database, "SELECT chat_id, state, inbox_id FROM outbox ORDER BY id LIMIT 1") == [(7, "queued", None)]


@pytest.mark.parametrize(
    ("arguments", "repair"),
    [
        (("issued",), "--number: is missing"),
        (("refused",), "--ground: is missing"),
        (("returned",), "--note: is missing"),
        (("in_check", "--number", "5"), "--number: does not go with in_check"),
        (("issued", "--number", "5"), "issued: cannot follow received; what can: closed, in_check"),
        (("in_check", "--on", "2026-10-31"), "lies before received of 2026-11-01"),
        (("in_check", "--on", "2999-01-01"), "is still to come"),
    ],
)
def test_a_step_that_cannot_be_is_refused(
    run: Callable[..., Result], database: Address, arguments: tuple[str, ...], repair: str
) -> None:
    assert repair in refused(run("set-status", REFERENCE, *arguments))
    assert table(database, "SELECT status, version FROM cases") == [("received", 1)]
    assert table(database, "SELECT count(*) FROM outbox") == [(0,)]


def test_who_has_blocked_the_bot_is_not_told(run: Callable[..., Result], database: Address) -> None:
    table(database, "UPDATE sessions SET blocked_at = 1.0")
    assert "not told: the bot is blocked" in told(run("set-status", REFERENCE, "in_check"))
    assert table(database, "SELECT count(*) FROM outbox") == [(0,)]


def test_a_chat_is_erased(run: Callable[..., Result], database: Address) -> None:
    environment = settings_for(database)
    erase = ("db", "erase", "7")
    assert CliRunner().invoke(visabot, erase, env=environment, input="n\n").exit_code == 130
    assert told(run("list")) != ""
    result = CliRunner().invoke(visabot, (*erase, "--yes"), env=environment)
    assert result.stdout == f"7: erased; of the invitations {REFERENCE} only these references are left\n"
    assert told(run("list")) == ""
    assert CliRunner().invoke(visabot, (*erase, "--yes"), env=environment).stdout == "7: nothing is stored\n"


def test_the_funnel_is_told(run: Callable[..., Result], database: Address) -> None:
    rows = (("passport", "asked", 4), ("passport", "to:purpose", 3), ("advice", "reached", 2))
    for question, what, count in rows:
        table(database, f"INSERT INTO funnel VALUES ('2026-11-18', 'which_visa', 6, '{question}', '{what}', {count})")
    environment = settings_for(database)
    result = CliRunner().invoke(visabot, ("flow", "funnel", "--json"), env=environment)
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"flow": "which_visa", "version": 6, "question": "passport", "asked": 4, "reached": 0,
         "left": {"to:purpose": 3}, "open": 1},
        {"flow": "which_visa", "version": 6, "question": "advice", "asked": 0, "reached": 2, "left": {}, "open": 0},
    ]  # fmt: skip
    plain = CliRunner().invoke(visabot, ("flow", "funnel", "which_visa"), env=environment).stdout
    assert "asked 4  open 1 (25%)  to:purpose 3" in plain
    assert "reached 2" in plain
