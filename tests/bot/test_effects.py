"""What a turn asks for is done with it or not at all: through the real bot, on real tables."""

from datetime import date, datetime
from typing import Any

import pytest

from bot.effects import moment_of
from bot.storage.address import Address
from bot.storage.cases import Cases
from dialogs.effects import InviteGuest
from dialogs.formats import Voice
from dialogs.requests import Change, Status
from dialogs.session import Session
from dialogs.world import World
from knowledge.language import Language
from knowledge.zone import KAZAKHSTAN
from tests.bot.rig import Counted, Town, at_work, open_store, table, until
from tests.bot.specimen import DAY, PAYLOAD, SURNAME
from tests.bot.stand_ins import MENDED, REFERENCE, TOKEN_FOR_GUESTS, effect_turn


def last(heard: list[str]) -> str:
    return heard[-1]


async def test_an_invitation_is_stored_shown_and_withdrawn(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage, effect_turn):
        person, stranger = await town.person(), await town.person()
        for number, word in enumerate(("submit", "submit", "look", "withdraw", "withdraw", "look"), 1):
            await person.say(word)
            await person.hear(number)
        await stranger.say("withdraw")
        await stranger.hear(1)
        assert person.heard[2] == f"look: staff False requests ['{REFERENCE} received'] guests []"
        assert last(person.heard) == f"look: staff False requests ['{REFERENCE} withdrawn'] guests []"
        assert "requests []" in last(stranger.heard)
    assert table(database, "SELECT status, by FROM case_changes ORDER BY id") == [
        ("received", "inviter"),
        ("withdrawn", "inviter"),
    ]
    store = await open_store(database)
    (case,) = await store.read(Cases(store.vault).all)
    assert await store.read(lambda c: Cases(store.vault).payload(c, case)) == PAYLOAD
    await store.close()


async def test_an_invitation_that_was_returned_is_mended_by_its_own_party_only(
    town: Town, database: Address, stage: World
) -> None:
    async def send_back() -> None:
        other = await open_store(database)
        (case,) = await other.read(Cases(other.vault).all)
        change = Change(Status.RETURNED, case.request.now.on, "mend it")
        await other.write(lambda c: Cases(other.vault).change(c, case, change, "staff", 1.0))
        await other.close()

    def data() -> list[tuple[Any, ...]]:
        return table(database, "SELECT payload, answers, guests FROM cases")

    clerk = await town.person("ru")
    staff = town.chat((await town.post("groups", title="Staff", **{"from": clerk.id}))["id"])
    async with at_work(town.base, database, stage, effect_turn, staff_chat=staff.id):
        person, stranger = await town.person(), await town.person()
        await person.say("submit")
        await person.hear(1)
        before = data()
        await person.say("mend")
        await person.hear(2)
        assert data() == before
        await send_back()
        await stranger.say("mend")
        await stranger.hear(1)
        assert data() == before
        await person.say("look")
        assert (await person.hear(3))[2].endswith(
            f"returned {{'{REFERENCE}': (('what_is_the_surname', '{SURNAME}'),)}}"
        )
        await person.say("mend")
        await person.say("mend")
        await person.say("look")
        assert f"['{REFERENCE} received']" in last(await person.hear(6))
        assert "returned" not in last(person.heard)
        voice = Voice(stage.texts, Language.RU)
        assert await staff.hear(2) == [
            voice.text(key, reference=REFERENCE, category="B12-1", guests=guests, day=voice.date(DAY))
            for key, guests in (("handover.case_received", 1), ("handover.case_corrected", 2))
        ]
    assert table(database, "SELECT status, by FROM case_changes ORDER BY id") == [
        ("received", "inviter"),
        ("returned", "staff"),
        ("received", "inviter"),
    ]
    store = await open_store(database)
    (case,) = await store.read(Cases(store.vault).all)
    assert (await store.read(lambda c: Cases(store.vault).payload(c, case))) == MENDED
    assert case.request.guests == 2
    await store.close()


async def test_nothing_of_a_turn_that_fails_is_done(town: Town, database: Address, stage: World) -> None:
    def failing(session: Session, event: Any, world: World) -> Counted:
        done = effect_turn(session, event, world)
        twice = InviteGuest(TOKEN_FOR_GUESTS, 1, 1)
        return Counted(done.session, done.says, (*done.effects, twice, twice))

    async with at_work(town.base, database, stage, failing):
        person = await town.person()
        await person.say("submit")
        assert (await person.hear(1))[0].startswith("Something went wrong")
    assert table(database, "SELECT count(*) FROM cases") == [(0,)]
    assert table(database, "SELECT count(*) FROM guest_links") == [(0,)]
    assert table(database, "SELECT state FROM inbox") == [("quarantined",)]


async def test_a_guest_fills_in_their_part_behind_a_link(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage, effect_turn):
        inviter, guest, late = await town.person(), await town.person(), await town.person()
        await inviter.say("invite")
        await inviter.hear(1)
        await guest.say("/start guest_wrong")
        await guest.say(f"/start guest_{TOKEN_FOR_GUESTS}")
        assert (await guest.hear(2)) == ["guest_wrong: False", f"guest_{TOKEN_FOR_GUESTS}: True"]
        await guest.say("deliver")
        assert last(await inviter.hear(2)) == stage.texts.get(Language.EN, "guests.filled")
        button = inviter.last_heard()["reply_markup"]["inline_keyboard"][0][0]
        assert button["text"] == stage.texts.get(Language.EN, "guests.continue")
        await late.say(f"/start guest_{TOKEN_FOR_GUESTS}")
        assert last(await late.hear(1)) == f"guest_{TOKEN_FOR_GUESTS}: False"
        await inviter.say("look")
        assert SURNAME in last(await inviter.hear(3))
        await inviter.say("take")
        assert SURNAME in last(await inviter.hear(4))
        await inviter.say("look")
        assert "guests []" in last(await inviter.hear(5))
    assert table(database, "SELECT state, answers FROM guest_links") == [("taken", "{}")]
    assert TOKEN_FOR_GUESTS not in str(table(database, "SELECT * FROM guest_links"))


async def test_a_count_names_nobody(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage, effect_turn):
        person = await town.person()
        await person.say("count")
        await person.say("count")
        await person.hear(2)
    marks = table(database, "SELECT day, flow, version, question, what FROM funnel_marks")
    folded = table(database, "SELECT day, flow, version, question, what FROM funnel WHERE count = 2")
    assert {(str(day), *place) for day, *place in marks or folded} == {
        ("2026-11-18", "which_visa", 0, "which_passport", "asked")
    }


async def test_who_asks_for_it_is_forgotten_everywhere(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage, effect_turn):
        person, other = await town.person(), await town.person()
        for number, word in enumerate(("submit", "invite", "remind x", "look"), 1):
            await person.say(word)
            await person.hear(number)
        await other.say("look")
        await other.hear(1)
        await until(lambda: table(database, "SELECT DISTINCT state FROM outbox") == [("sent",)])
        await person.say("/erase")
        await person.hear(5)
        await until(lambda: table(database, "SELECT DISTINCT state FROM outbox") == [("sent",)])
        key = person.id
        for name in ("cases", "timers", "guest_links", "handovers", "inbox"):
            assert table(database, f"SELECT count(*) FROM {name} WHERE chat_key = '{key}'") == [(0,)]
        assert table(database, f"SELECT payload FROM outbox WHERE chat_id = {key}") == [("{}",)]
        assert table(database, f"SELECT version FROM sessions WHERE chat_key = '{key}'") == [(1,)]
        assert table(database, "SELECT reference, status FROM cases") == [(REFERENCE, "erased")]
        assert table(database, f"SELECT count(*) FROM sessions WHERE chat_key = '{other.id}'") == [(1,)]
        await person.say("look")
        assert "requests []" in last(await person.hear(6))


@pytest.mark.parametrize(
    ("on", "at", "due"),
    [
        (date(2026, 11, 23), "2026-11-22T12:00", "2026-11-23T09:00"),
        (date(2026, 11, 22), "2026-11-22T08:59", "2026-11-22T09:00"),
        (date(2026, 11, 22), "2026-11-22T09:00", "2026-11-22T09:01"),
        (date(2026, 11, 20), "2026-11-22T12:00", "2026-11-22T12:01"),
    ],
)
def test_reminders_come_in_the_morning_of_kazakhstan(on: date, at: str, due: str) -> None:
    def seconds(text: str) -> float:
        return datetime.fromisoformat(text).replace(tzinfo=KAZAKHSTAN).timestamp()

    assert moment_of(on, seconds(at)) == seconds(due)
