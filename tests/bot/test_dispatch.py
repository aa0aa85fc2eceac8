"""The ways of stored rows: to our own lanes, with a hint to others, and what no hint told is found by a look."""

import asyncio
from collections.abc import Collection

import pytest

from bot.dispatch import CALLS, UPDATES, Dispatch
from bot.priority import Priority
from bot.storage.calls import Call, Placed
from bot.storage.inbox import Stored
from bot.storage.tables import InboxState, slot_of

OURS = frozenset({slot_of("7"), slot_of("8")})


class Taking:
    """Notes what it is given."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.woken: list[str] = []
        self.looks: list[tuple[Collection[int], bool]] = []
        self.looked = asyncio.Event()
        self.failures = 0

    def put(self, row: Placed | Stored) -> None:
        self.rows.append(row.id)

    def wake(self, lane: str) -> None:
        self.woken.append(lane)

    async def look(self, slots: Collection[int], *, idle: bool = False) -> None:
        await asyncio.sleep(0)
        if self.failures:
            self.failures -= 1
            raise RuntimeError("a secret of the look")
        self.looks.append((slots, idle))
        self.looked.set()


def update(row_id: int, chat: str) -> Stored:
    return Stored(row_id, chat, None, {}, InboxState.RECEIVED, 0, None, 1.0)


def call(row_id: int, lane: str) -> Placed:
    return Placed(row_id, Call("sendMessage", 7, lane, {}), Priority.REPLY, 1.0)


@pytest.fixture
def told() -> list[tuple[str, int]]:
    """The hints to other processes."""
    return []


@pytest.fixture
def dispatch(told: list[tuple[str, int]]) -> Dispatch:
    """The ways of a process."""
    return Dispatch(lambda kind, slot: told.append((kind, slot)))


def test_rows_in_our_slots_are_ours_in_order_and_the_others_are_told(
    dispatch: Dispatch, told: list[tuple[str, int]]
) -> None:
    updates, calls = Taking(), Taking()
    dispatch.add(UPDATES, updates, lambda: OURS)
    dispatch.add(CALLS, calls, lambda: OURS)
    assert slot_of("9") not in OURS
    dispatch.updates([update(1, "7"), update(2, "9"), update(3, "inline 8"), update(4, "7")], alone=True)
    dispatch.calls([call(1, "9"), call(2, "7"), call(3, "answer q 8")])
    assert (updates.rows, calls.rows) == ([1, 3, 4], [2, 3])
    assert updates.woken == calls.woken == []
    assert told == [(UPDATES, slot_of("9")), (CALLS, slot_of("9"))]


def test_where_others_may_have_stored_an_earlier_one_the_tables_tell(
    dispatch: Dispatch, told: list[tuple[str, int]]
) -> None:
    updates, calls = Taking(), Taking()
    dispatch.add(UPDATES, updates, lambda: OURS - {slot_of("8")})
    dispatch.add(CALLS, calls, lambda: OURS)
    dispatch.updates([update(1, "7"), update(2, "8")], alone=False)
    dispatch.calls([call(1, "7"), call(2, "8")])  # another process works on the updates of 8
    assert (updates.rows, updates.woken) == ([], ["7"])
    assert (calls.rows, calls.woken) == ([1], ["8"])
    assert told == [(UPDATES, slot_of("8"))]


def test_what_nobody_here_works_on_is_told(dispatch: Dispatch, told: list[tuple[str, int]]) -> None:
    calls = Taking()
    dispatch.add(CALLS, calls, lambda: OURS)
    dispatch.updates([update(1, "7"), update(2, "inline 7")], alone=True)
    dispatch.calls([call(1, "7")])
    assert (calls.rows, calls.woken) == ([], ["7"])
    assert told == [(UPDATES, slot_of("7"))] * 2


async def test_a_hint_leads_to_a_look_into_our_slots_only(dispatch: Dispatch) -> None:
    taking, nobody = Taking(), Taking()
    dispatch.add(UPDATES, taking, lambda: OURS)
    dispatch.add(CALLS, nobody, frozenset)
    dispatch.heard(CALLS, {slot_of("7")})
    dispatch.heard("poller", {0})
    dispatch.heard(UPDATES, {slot_of("9")})
    dispatch.heard(UPDATES, {slot_of("7"), slot_of("9")})
    await asyncio.wait_for(taking.looked.wait(), 5)
    assert taking.looks == [({slot_of("7")}, False)]
    assert nobody.looks == []


async def test_hints_that_come_during_a_look_are_followed_by_one_more(dispatch: Dispatch) -> None:
    taking = Taking()
    dispatch.add(UPDATES, taking, lambda: OURS)
    dispatch.heard(UPDATES, {slot_of("7")})
    await asyncio.sleep(0)
    for _ in range(5):
        dispatch.heard(UPDATES, {slot_of("7")})
        dispatch.heard(UPDATES, {slot_of("8")})
    await asyncio.wait_for(_looks(taking, 2), 5)
    for _ in range(5):
        await asyncio.sleep(0)
    assert taking.looks == [({slot_of("7")}, False), (OURS, False)]
    dispatch.heard(UPDATES, {slot_of("8")})
    await asyncio.wait_for(_looks(taking, 3), 5)


async def _looks(taking: Taking, count: int) -> None:
    while len(taking.looks) < count:  # noqa: ASYNC110 - who looks knows of nobody who waits
        await asyncio.sleep(0)


async def test_looks_find_what_no_hint_told_and_go_on_after_trouble(
    dispatch: Dispatch, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.dispatch._LOOK_SECONDS", 0.001)
    taking, nobody = Taking(), Taking()
    taking.failures = 2
    dispatch.add(UPDATES, taking, lambda: OURS)
    dispatch.add(CALLS, nobody, frozenset)
    running = asyncio.create_task(dispatch.run())
    await asyncio.wait_for(taking.looked.wait(), 5)
    running.cancel()
    await asyncio.wait((running,))
    assert taking.looks[0] == (OURS, True)
    assert nobody.looks == []
    assert caplog.text.count("look: RuntimeError") == 2
    assert "secret" not in caplog.text
