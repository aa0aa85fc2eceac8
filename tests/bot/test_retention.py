"""What was kept long enough goes, and only that: on real tables, with the real engine where it decides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from bot.clock import day_in_kazakhstan
from bot.effects import Hands
from bot.expiry import expires_at
from bot.handover import Desk
from bot.retention import Retention
from bot.service import Tuning
from bot.staff_chat import StaffChat
from bot.storage.address import Address
from bot.storage.calls import Call
from bot.storage.cases import Cases, NewCase
from bot.storage.chores import Chores
from bot.storage.connection import Connection
from bot.storage.guest_links import GuestLinks
from bot.storage.handovers import Handovers
from bot.storage.inbox import Inbox, Received
from bot.storage.outbox import Outbox
from bot.storage.retention import TRAFFIC_DAYS, strip_cases
from bot.storage.sessions import Kept, Sessions
from bot.storage.store import Store
from bot.storage.tables import InboxState
from bot.storage.timers import Timers
from bot.telegram.render import Target
from bot.turns import TurnFunction, Turns
from dialogs.engine import turn
from dialogs.events import Alarm, Event, Text
from dialogs.papers import Paper
from dialogs.promises import CASE_DAYS, KEPT_DAYS, LINK_DAYS
from dialogs.reminding import EXPIRE_RUNNING
from dialogs.requests import Change, Status
from dialogs.session import Session
from dialogs.world import World
from knowledge.language import Language
from knowledge.zone import KAZAKHSTAN
from tests.bot.rig import NOW, TOKEN, Counted, Later, Town, at_work, count_turn, table, until
from tests.bot.specimen import DAY, NUMBER, PAYLOAD, SURNAME

BOT = int(TOKEN.partition(":")[0])
DAY_SECONDS = 86_400.0
TODAY = day_in_kazakhstan(NOW)
ANSWERS = (("which_passport_do_you_hold", "IN"),)
DRAFT = Session(language=Language.KK, flow="which_visa", version=1, answers=ANSWERS, paper=1)

Run = Callable[..., Retention]


def resting(touched: date) -> Session:
    """Somebody with one paper."""
    return Session(language=Language.KK, papers=(Paper(1, "which_visa", 1, ANSWERS, touched),))


@pytest.fixture
def clock() -> Later:
    """The bot's."""
    return Later()


@pytest.fixture
def sessions(store: Store) -> Sessions:
    """The conversations."""
    return Sessions(BOT, store.vault)


@pytest.fixture
def turns(store: Store, stage: World, clock: Later) -> Callable[..., Turns]:
    """What takes turns of an engine."""

    def build(function: TurnFunction) -> Turns:
        desk = Desk(BOT, store.vault, StaffChat(BOT, None), stage.texts, "https://t.me/x")
        hands = Hands(BOT, store.vault, desk, "https://t.me/x", "facts")
        return Turns(BOT, store.vault, function, stage, hands, clock)

    return build


@pytest.fixture
def retention(store: Store, turns: Callable[..., Turns], clock: Later) -> Run:
    """What cleans up, with the real engine unless another one is given."""
    return lambda function=turn: Retention(store, BOT, turns(function), "https://t.me/x", clock, lambda _rows: None)


@pytest.fixture
def keep(store: Store, sessions: Sessions) -> Callable[..., Any]:
    """Stores a session that was last touched at a moment."""

    async def put(chat: str, session: Session, touched_at: float = NOW) -> None:
        end = expires_at(session, touched_at)
        await store.write(lambda c: sessions.put(c, chat, session.to_json(), Kept(), touched_at, end))

    return put


async def test_papers_go_on_the_day_after_their_last(
    store: Store, database: Address, sessions: Sessions, retention: Run, keep: Callable[..., Any], clock: Later
) -> None:
    await keep("7", resting(TODAY))
    await keep("8", resting(TODAY + timedelta(days=5)))
    before = await store.read(lambda c: sessions.get(c, "7"))
    clock.moved = KEPT_DAYS * DAY_SECONDS
    await retention().look()
    assert await store.read(lambda c: sessions.get(c, "7")) == before
    clock.moved += DAY_SECONDS
    await retention().look()
    after = await store.read(lambda c: sessions.get(c, "7"))
    assert after.session == replace(before.session, papers=())
    assert after.touched_at == NOW
    assert len((await store.read(lambda c: sessions.get(c, "8"))).session.papers) == 1
    assert table(database, "SELECT chat_key, expires_at IS NULL FROM sessions ORDER BY 1") == [("7", 1), ("8", 0)]
    assert table(database, "SELECT count(*) FROM outbox") == [(0,)]


def taking(alarms: list[str], *, cleans: bool) -> Any:
    """An engine that notes what it is woken for, and forgets the draft or does not."""

    def woken(session: Session, event: Event, _world: World) -> Counted:
        assert isinstance(event, Alarm)
        alarms.append(event.key)
        return Counted(replace(session, flow=None, answers=(), paper=0) if cleans else session, ())

    return woken


async def test_a_draft_that_was_left_alone_is_told_to_the_engine(
    database: Address, retention: Run, keep: Callable[..., Any], clock: Later
) -> None:
    alarms: list[str] = []
    await keep("7", DRAFT)
    both = replace(DRAFT, papers=(replace(resting(TODAY).papers[0], id=2, touched=TODAY - timedelta(days=10)),))
    await keep("8", both)
    clock.moved = KEPT_DAYS * DAY_SECONDS
    await retention(taking(alarms, cleans=True)).look()
    assert alarms == ["expire"]
    clock.moved += DAY_SECONDS
    await retention(taking(alarms, cleans=True)).look()
    assert alarms == ["expire", EXPIRE_RUNNING, EXPIRE_RUNNING]
    assert table(database, "SELECT chat_key FROM sessions WHERE expires_at IS NULL") == [("7",)]


async def test_what_the_engine_does_not_drop_is_looked_at_once_a_day(
    retention: Run, keep: Callable[..., Any], clock: Later
) -> None:
    alarms: list[str] = []
    await keep("7", DRAFT)
    clock.moved = (KEPT_DAYS + 1) * DAY_SECONDS
    work = retention(taking(alarms, cleans=False))
    for _ in range(3):
        await work.look()
    assert alarms == [EXPIRE_RUNNING]
    clock.moved += DAY_SECONDS + 60
    await work.look()
    assert alarms == [EXPIRE_RUNNING] * 2


async def test_a_reminder_makes_no_draft_younger(
    store: Store, database: Address, turns: Callable[..., Turns], keep: Callable[..., Any], clock: Later
) -> None:
    await keep("7", DRAFT)
    before = table(database, "SELECT updated_at, expires_at FROM sessions")
    clock.moved = 3 * DAY_SECONDS
    alarm, target = Alarm("arrival", "2026-12-01"), Target(7, "https://t.me/x")
    await store.write(lambda c: turns(taking([], cleans=False)).take(c, "7", alarm, target))
    assert table(database, "SELECT updated_at, expires_at FROM sessions") == before
    await store.write(lambda c: turns(count_turn).take(c, "7", Text("hello"), target))
    ((touched, end),) = table(database, "SELECT updated_at, expires_at FROM sessions")
    assert (touched > before[0][0], end > before[0][1]) == (True, True)


async def test_a_block_stays(
    store: Store, sessions: Sessions, retention: Run, keep: Callable[..., Any], clock: Later
) -> None:
    await keep("7", resting(TODAY))
    await store.write(lambda c: sessions.note_block(c, "7", True, NOW + 5))
    clock.moved = (KEPT_DAYS + 1) * DAY_SECONDS
    await retention().look()
    kept = await store.read(lambda c: sessions.get(c, "7"))
    assert (kept.session.papers, kept.blocked, kept.touched_at) == ((), True, NOW)


async def test_who_never_chose_a_language_is_forgotten(
    database: Address, retention: Run, keep: Callable[..., Any], clock: Later
) -> None:
    await keep("7", Session(waiting=Text("my name is Ainur")))
    await retention().look()
    assert table(database, "SELECT count(*) FROM sessions") == [(1,)]
    clock.moved = (KEPT_DAYS + 1) * DAY_SECONDS
    await retention().look()
    assert table(database, "SELECT count(*) FROM sessions") == [(0,)]


async def test_a_session_that_cannot_be_opened_is_left_for_a_day_and_others_are_not(
    database: Address, retention: Run, keep: Callable[..., Any], clock: Later
) -> None:
    for chat in ("7", "8"):
        await keep(chat, resting(TODAY))
    table(database, "UPDATE sessions SET data = 'gAAAAA' WHERE chat_key = '7'")
    clock.moved = (KEPT_DAYS + 1) * DAY_SECONDS
    await retention().look()
    ((left,),) = table(database, "SELECT expires_at FROM sessions WHERE chat_key = '7'")
    assert left > clock() + DAY_SECONDS - 60
    assert table(database, "SELECT expires_at FROM sessions WHERE chat_key = '8'") == [(None,)]


async def test_sessions_of_an_older_version_are_looked_at_once(
    database: Address, retention: Run, keep: Callable[..., Any]
) -> None:
    await keep("7", resting(TODAY))
    await keep("8", Session(language=Language.RU))
    rightly = table(database, "SELECT expires_at FROM sessions ORDER BY chat_key")
    table(database, "UPDATE sessions SET expires_at = updated_at")
    await retention().look()
    assert table(database, "SELECT expires_at FROM sessions ORDER BY chat_key") == rightly
    assert table(database, "SELECT DISTINCT version FROM sessions") == [(1,)]


@pytest.mark.parametrize(
    ("way", "stripped"),
    [
        ((Status.CLOSED,), True),
        ((Status.WITHDRAWN,), True),
        ((Status.IN_CHECK, Status.SENT, Status.REFUSED), True),
        ((Status.IN_CHECK, Status.SENT, Status.ISSUED, Status.CLOSED), True),
        ((Status.IN_CHECK, Status.SENT, Status.ISSUED), True),
        ((Status.RETURNED,), False),
        ((), False),
    ],
)
async def test_data_of_invitations_go_90_days_after_their_end(
    store: Store, database: Address, way: tuple[Status, ...], stripped: bool
) -> None:
    cases, vault = Cases(store.vault), store.vault
    new = NewCase("KZ-1", PAYLOAD, "B12", 1, DAY, (("1.what_is_the_surname", SURNAME),))
    await store.write(lambda c: cases.add(c, BOT, "7", new, date(2026, 1, 1), 1.0))
    for step, status in enumerate(way):
        case = await store.read(lambda c: cases.get(c, "KZ-1"))
        assert case is not None
        change = Change(status, TODAY - timedelta(days=len(way) - 1 - step), NUMBER)
        await store.write(lambda c, case=case, change=change: cases.change(c, case, change, "staff", 1.0))  # type: ignore[misc]
    columns = "reference, chat_key, category, guests, first_day, status, payload = '{}', answers = '{}'"
    seen = table(database, f"SELECT {columns} FROM cases")
    end = TODAY + timedelta(days=CASE_DAYS)
    assert CASE_DAYS == 90
    assert await store.write(lambda c: strip_cases(c, vault, BOT, end - timedelta(days=1), 9)) == 0
    assert await store.write(lambda c: strip_cases(c, vault, BOT + 1, end, 9)) == 0
    assert await store.write(lambda c: strip_cases(c, vault, BOT, end, 9)) == stripped
    assert await store.write(lambda c: strip_cases(c, vault, BOT, end, 9)) == 0
    assert table(database, f"SELECT {columns} FROM cases") == [(*seen[0][:-2], int(stripped), int(stripped))]
    case = await store.read(lambda c: cases.get(c, "KZ-1"))
    assert case is not None
    assert [change.status for change in case.request.history] == [Status.RECEIVED, *way]
    assert {change.detail for change in case.request.history[1:]} <= {"" if stripped else NUMBER}


async def test_links_of_guests_go_when_they_run_out(
    store: Store, database: Address, retention: Run, clock: Later
) -> None:
    links = GuestLinks(BOT, store.vault)
    await store.write(lambda c: links.open(c, "one", "7", 1, 1, NOW))
    await store.write(lambda c: links.open(c, "two", "7", 1, 2, NOW))
    filled_at = NOW + (LINK_DAYS - 1) * DAY_SECONDS
    await store.write(lambda c: links.fill(c, "two", (("what_is_the_surname", SURNAME),), filled_at))
    clock.moved = (LINK_DAYS + 1) * DAY_SECONDS
    await retention().look()
    assert table(database, "SELECT person, state FROM guest_links") == [(2, "filled")]
    clock.moved = (LINK_DAYS + KEPT_DAYS) * DAY_SECONDS
    await retention().look()
    assert table(database, "SELECT count(*) FROM guest_links") == [(0,)]
    assert await store.read(lambda c: links.filled(c, "7")) == ()


async def traffic(store: Store, at: float) -> None:
    """One update and its answer, done with; one of each that waits; one that could not be dealt with."""
    inbox, outbox = Inbox(BOT, store.vault), Outbox(BOT, store.vault)

    async def job(connection: Connection) -> None:
        number = int(at) * 10
        batch = [Received(number + place, "7", None, {"text": NUMBER}) for place in range(3)]
        rows = await inbox.receive(connection, batch, at)
        await inbox.finish(connection, rows[0][1].id)
        await inbox.finish(connection, rows[1][1].id, "a fault", InboxState.QUARANTINED)
        calls = [Call("sendMessage", 7, "7", {"text": "hello"})] * 2
        sent = await outbox.add(connection, calls, rows[0][1].id, at)
        await outbox.sent(connection, sent[0].id, 5)

    await store.write(job)


async def test_old_traffic_that_is_done_with_goes_once_a_night(
    store: Store, database: Address, retention: Run, clock: Later
) -> None:
    def left() -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        return (
            table(database, "SELECT state, received_at FROM inbox ORDER BY id"),
            table(database, "SELECT state, created_at FROM outbox ORDER BY id"),
        )

    young = NOW + DAY_SECONDS
    await traffic(store, NOW)
    await traffic(store, young)
    clock.moved = TRAFFIC_DAYS * DAY_SECONDS + 60
    await retention().look()
    new = [("done", young), ("quarantined", young), ("received", young)], [("sent", young), ("queued", young)]
    assert left() == ([("received", NOW), *new[0]], [("queued", NOW), *new[1]])
    await traffic(store, NOW + 1)
    await retention().look()
    assert len(left()[0]) == 7
    clock.moved += DAY_SECONDS
    await retention().look()
    assert left() == ([("received", NOW), ("received", young), ("received", NOW + 1)],
                      [("queued", NOW), ("queued", young), ("queued", NOW + 1)])  # fmt: skip


async def test_a_chore_belongs_to_one_process_and_comes_back_after_a_kill(store: Store) -> None:
    chores, other = Chores(BOT), Chores(BOT + 1)
    assert await store.write(lambda c: chores.take(c, "sweep", 10.0))
    assert not await store.write(lambda c: chores.take(c, "sweep", 3609.0))
    assert await store.write(lambda c: other.take(c, "sweep", 10.0))
    assert await store.write(lambda c: chores.take(c, "sweep", 3610.0))
    await store.write(lambda c: chores.finish(c, "sweep", 90_000.0))
    assert not await store.write(lambda c: chores.take(c, "sweep", 89_999.0))
    assert await store.write(lambda c: chores.take(c, "sweep", 90_000.0))


async def test_the_running_bot_cleans_up(town: Town, database: Address, stage: World) -> None:
    clock = Later()
    quick = Tuning(rates=None, first_wait=0.01, look=0.02)
    async with at_work(town.base, database, stage, turn, clock, quick):
        person = await town.person()
        await person.say("/start")
        await person.hear(1)
        night = datetime.combine(TODAY + timedelta(days=1), time(3), KAZAKHSTAN).timestamp()
        await until(lambda: table(database, f"SELECT not_before FROM chores WHERE bot_id = {BOT}") == [(night,)])
        await until(lambda: table(database, "SELECT DISTINCT state FROM outbox") == [("sent",)])
        clock.moved = (TRAFFIC_DAYS + 1) * DAY_SECONDS
        await until(lambda: table(database, "SELECT count(*) FROM outbox") == [(0,)])
        await until(lambda: table(database, "SELECT count(*) FROM inbox") == [(0,)])
        await person.say("/start")
        await person.hear(2)


async def test_timers_that_rang_and_talks_that_ended_go_too(
    store: Store, database: Address, retention: Run, clock: Later
) -> None:
    timers, handovers = Timers(BOT), Handovers(BOT, store.vault)

    async def job(connection: Connection) -> None:
        for key in ("rung", "waits"):
            await timers.set(connection, "7", "arrival", key, NOW)
        await timers.end(connection, (await timers.due(connection, NOW, 1))[0])
        for chat in ("7", "8"):
            await handovers.open(connection, chat, "?", Language.KK, NOW, NOW)
        await handovers.release(connection, 1)

    await store.write(job)
    clock.moved = TRAFFIC_DAYS * DAY_SECONDS - 60
    await retention().look()
    assert table(database, "SELECT (SELECT count(*) FROM timers), (SELECT count(*) FROM handovers)") == [(2, 2)]
    clock.moved += DAY_SECONDS
    await retention().look()
    assert table(database, "SELECT key FROM timers") == [("waits",)]
    assert table(database, "SELECT chat_key FROM handovers") == [("8",)]
