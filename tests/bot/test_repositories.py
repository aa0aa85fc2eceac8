"""Cases, timers, links, handovers and counts on real tables."""

from dataclasses import replace
from datetime import date

import pytest

from bot.storage.address import Address
from bot.storage.calls import Call
from bot.storage.cases import CaseChangedError, Cases, NewCase
from bot.storage.connection import Connection
from bot.storage.erasure import bots_of, erase
from bot.storage.funnel import Funnel, Mark, Step
from bot.storage.guest_links import GuestLinks
from bot.storage.handovers import Handovers
from bot.storage.inbox import Inbox, Received
from bot.storage.outbox import Outbox
from bot.storage.sessions import Kept, Sessions
from bot.storage.store import Store
from bot.storage.timers import Timers
from dialogs.guests import Delivered, GuestInvitation
from dialogs.promises import LINK_DAYS
from dialogs.requests import Change, Request, Status
from knowledge.language import Language
from tests.bot.rig import table
from tests.bot.specimen import DAY, NUMBER, PAYLOAD, SURNAME

BOT = 42
NEW = NewCase("KZ-7F3Q-2M92", PAYLOAD, "B12-1", 1, DAY)
TODAY = date(2026, 11, 22)


async def test_an_invitation_is_handed_over_once_and_followed(store: Store) -> None:
    cases = Cases(store.vault)
    assert await store.write(lambda c: cases.add(c, BOT, "7", NEW, TODAY, 1.0))
    assert not await store.write(lambda c: cases.add(c, BOT, "8", NEW, TODAY, 2.0))
    (case,) = await store.read(lambda c: cases.of_person(c, BOT, "7"))
    history = (Change(Status.RECEIVED, TODAY),)
    assert case.request == Request("KZ-7F3Q-2M92", "B12-1", 1, DAY, history)
    assert await store.read(lambda c: cases.of_person(c, BOT, "8")) == []
    assert await store.read(lambda c: cases.payload(c, case)) == PAYLOAD
    change = Change(Status.IN_CHECK, DAY)
    await store.write(lambda c: cases.change(c, case, change, "staff", 3.0))
    with pytest.raises(CaseChangedError):
        await store.write(lambda c: cases.change(c, case, change, "staff", 4.0))
    again = await store.read(lambda c: cases.get(c, "KZ-7F3Q-2M92"))
    assert again is not None
    assert again.request == replace(case.request, history=(*history, change))
    assert await store.read(lambda c: cases.all(c, Status.IN_CHECK)) == [again]
    assert await store.read(lambda c: cases.all(c, Status.RECEIVED)) == []


async def test_a_timer_rings_once_and_can_be_set_anew(store: Store) -> None:
    timers = Timers(BOT)
    await store.write(lambda c: timers.set(c, "7", "draft", "1", 20.0))
    await store.write(lambda c: timers.set(c, "7", "draft", "1", 10.0))
    await store.write(lambda c: timers.set(c, "8", "draft", "1", 30.0))
    assert await store.read(lambda c: timers.due(c, 9.0, 5)) == []
    assert await store.read(timers.next_due) == 10.0
    (due,) = await store.read(lambda c: timers.due(c, 10.0, 5))
    assert (due.chat_key, due.kind, due.key) == ("7", "draft", "1")
    assert await store.write(lambda c: timers.end(c, due))
    assert not await store.write(lambda c: timers.end(c, due))
    await store.write(lambda c: timers.set(c, "7", "draft", "1", 40.0))
    assert len(await store.read(lambda c: timers.due(c, 50.0, 5))) == 2
    await store.write(lambda c: timers.drop(c, "7", None, None))
    assert [timer.chat_key for timer in await store.read(lambda c: timers.due(c, 50.0, 5))] == ["8"]
    await store.write(lambda c: timers.drop(c, "8", "arrival", None))
    assert len(await store.read(lambda c: timers.due(c, 50.0, 5))) == 1


async def test_saved_outcomes_are_looked_at_when_facts_changed_and_only_then(store: Store) -> None:
    timers = Timers(BOT)
    await store.write(lambda c: timers.set(c, "7", "recheck", "1", 100.0, "old facts"))
    await store.write(lambda c: timers.set(c, "8", "recheck", "1", 100.0, "new facts"))
    await store.write(lambda c: timers.set(c, "9", "draft", "1", 100.0))
    assert await store.write(lambda c: timers.bring_forward(c, "recheck", "new facts", 5.0)) == 1
    assert [timer.chat_key for timer in await store.read(lambda c: timers.due(c, 5.0, 5))] == ["7"]
    assert await store.write(lambda c: timers.bring_forward(c, "recheck", "new facts", 5.0)) == 0


async def test_a_link_is_used_once_and_its_token_is_nowhere(store: Store) -> None:
    links, end = GuestLinks(BOT, store.vault), LINK_DAYS * 86_400.0
    await store.write(lambda c: links.open(c, "one", "7", 3, 2, 0.0))
    assert await store.read(lambda c: links.look_up(c, "one", end - 1)) == GuestInvitation("one", usable=True)
    assert await store.read(lambda c: links.look_up(c, "one", end)) == GuestInvitation("one", usable=False)
    assert await store.read(lambda c: links.look_up(c, "two", 1.0)) == GuestInvitation("two", usable=False)
    answers = (("what_is_the_surname", SURNAME), ("days", 3), ("skipped", None))
    assert await store.write(lambda c: links.fill(c, "one", answers, end)) is None
    assert await store.write(lambda c: links.fill(c, "one", answers, 1.0)) == ("7", 3)
    assert await store.write(lambda c: links.fill(c, "one", answers, 1.0)) is None
    assert await store.read(lambda c: links.filled(c, "8")) == ()
    assert await store.read(lambda c: links.filled(c, "7")) == (Delivered("one", 3, 2, answers),)
    await store.write(lambda c: links.take(c, "one"))
    assert await store.read(lambda c: links.filled(c, "7")) == ()


async def test_a_new_link_takes_the_old_one_back(store: Store) -> None:
    links = GuestLinks(BOT, store.vault)

    async def job(connection: Connection) -> list[bool]:
        for token, person in (("one", 1), ("other person", 2), ("two", 1)):
            await links.open(connection, token, "7", 3, person, 0.0)
        return [(await links.look_up(connection, token, 1.0)).usable for token in ("one", "other person", "two")]

    usable = await store.write(job)
    assert usable == [False, True, True]


async def test_counts_are_by_path_and_never_below_zero(store: Store) -> None:
    funnel = Funnel()

    async def count(connection: Connection) -> None:
        for question, what, times in (
            ("passport", "asked", 3),
            ("passport", "to:purpose", 2),
            ("purpose", "asked", 2),
            ("purpose", "to:advice", 1),
            ("advice", "reached", 1),
            ("edited", "to:advice", 1),
        ):
            await funnel.count(connection, [Mark(TODAY, "which_visa", 6, question, what)] * times)
        await funnel.count(connection, [Mark(DAY, "evisa_check", 1, "passport", "asked")])

    await store.write(count)
    report = await store.read(lambda c: funnel.report(c, "which_visa"))
    assert report == [
        Step("which_visa", 6, "passport", 3, 0, {"to:purpose": 2}),
        Step("which_visa", 6, "purpose", 2, 0, {"to:advice": 1}),
        Step("which_visa", 6, "advice", 0, 1, {}),
        Step("which_visa", 6, "edited", 0, 0, {"to:advice": 1}),
    ]
    assert [step.still_open for step in report] == [1, 1, 0, 0]
    assert {step.flow for step in await store.read(lambda c: funnel.report(c, since=DAY))} == {"evisa_check"}
    assert {step.flow for step in await store.read(lambda c: funnel.report(c, until=TODAY))} == {"which_visa"}


async def test_marks_are_folded_into_the_counts_and_counted_once(store: Store, database: Address) -> None:
    funnel = Funnel()
    marks = [Mark(TODAY, "f", 1, f"q{number % 2}", "asked") for number in range(7)]
    for folded in (5, 5, 4, 0):
        await store.write(lambda c: funnel.count(c, marks if folded == 5 else []))  # noqa: B023 - run at once
        before = await store.read(funnel.report)
        assert await store.write(lambda c: funnel.fold(c, 5)) == folded
        assert await store.read(funnel.report) == before
    assert [(step.question, step.asked) for step in await store.read(funnel.report)] == [("q0", 8), ("q1", 6)]
    assert table(database, "SELECT count(*) FROM funnel_marks") == [(0,)]


async def test_erasing_leaves_a_reference_and_nobody_else_is_touched(store: Store, database: Address) -> None:
    vault = store.vault
    cases, sessions, links, handovers = (
        Cases(vault),
        Sessions(BOT, vault),
        GuestLinks(BOT, vault),
        Handovers(BOT, vault),
    )

    async def live(connection: Connection, chat: str, reference: str) -> None:
        await cases.add(connection, BOT, chat, replace(NEW, reference=reference), TODAY, 1.0)
        await sessions.put(connection, chat, NUMBER, Kept(), 1.0)
        await Timers(BOT).set(connection, chat, "draft", "1", 10.0)
        await links.open(connection, f"token {chat}", chat, 1, 1, 1.0)
        number = await handovers.open(connection, chat, "?", Language.KK, 1.0, 2.0)
        inbox = Inbox(BOT, vault)
        ((_, row),) = await inbox.receive(connection, [Received(int(chat), chat, "g", {"text": NUMBER})], 1.0)
        await inbox.finish(connection, row.id)
        elsewhere = Received(int(chat) + 200, f"inline {chat}", None, {"text": NUMBER})
        ((_, typed),) = await inbox.receive(connection, [elsewhere], 1.0)
        await inbox.finish(connection, typed.id)
        await inbox.receive(connection, [Received(int(chat) + 100, chat, None, {"text": "waits"})], 1.0)
        sent = await Outbox(BOT, vault).add(connection, [Call("sendMessage", int(chat), chat, {})], row.id, 1.0)
        await handovers.add_messages(connection, number, [placed.id for placed in sent])

    await store.write(lambda c: live(c, "7", "KZ-1"))
    await store.write(lambda c: live(c, "8", "KZ-2"))
    assert await store.read(lambda c: bots_of(c, "7")) == [BOT]
    assert await store.write(lambda c: erase(c, BOT, vault, "7", 9.0)) == ["KZ-1"]
    assert await store.write(lambda c: erase(c, BOT, vault, "7", 9.0)) == []
    kept = table(database, "SELECT chat_key, state FROM inbox WHERE chat_key LIKE '%7'")
    assert kept == [("7", "received")]
    assert await store.read(lambda c: cases.get(c, "KZ-1")) is None
    assert not await store.write(lambda c: cases.add(c, BOT, "9", replace(NEW, reference="KZ-1"), TODAY, 1.0))
    assert await store.read(lambda c: cases.get(c, "KZ-2")) is not None
    assert (await store.read(lambda c: sessions.get(c, "7"))) == Kept()
    assert (await store.read(lambda c: sessions.get(c, "8"))).data == NUMBER


async def test_what_is_left_of_an_erased_person_names_nobody(store: Store, database: Address) -> None:
    await store.write(lambda c: Cases(store.vault).add(c, BOT, "7", NEW, TODAY, 1.0))
    await store.write(lambda c: erase(c, BOT, store.vault, "7", 9.0))
    columns = "bot_id, reference, chat_key, payload, category, guests, first_day, status"
    assert table(database, f"SELECT {columns} FROM cases") == [
        (BOT, "KZ-7F3Q-2M92", "erased", "{}", "", 0, None, "erased")
    ]
    assert table(database, "SELECT count(*) FROM case_changes") == [(0,)]


async def test_who_only_typed_elsewhere_is_found(store: Store) -> None:
    asked = Received(1, "inline 7", None, {"text": NUMBER})
    await store.write(lambda c: Inbox(BOT, store.vault).receive(c, [asked], 1.0))
    assert await store.read(lambda c: bots_of(c, "7")) == [BOT]
