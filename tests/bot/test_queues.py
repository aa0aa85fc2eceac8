"""Lanes: order in a lane, lanes beside each other, and nothing lost in a flood."""

import asyncio
from collections import defaultdict

import pytest

from bot.queues import Lanes
from bot.storage.tables import slot_of


class Table:
    """Rows by lane, as the database would give them."""

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = defaultdict(list)
        self.done: dict[str, list[int]] = defaultdict(list)
        self.gates: dict[str, asyncio.Event] = {}
        self.reads = 0
        self.all_done = asyncio.Event()
        self.expected = 0

    async def handle(self, lane: str, row_id: int) -> None:
        if lane in self.gates:
            await self.gates[lane].wait()
        await asyncio.sleep(0)
        self.done[lane].append(row_id)
        if sum(map(len, self.done.values())) >= self.expected:
            self.all_done.set()

    async def waiting(self, lane: str, limit: int) -> list[int]:
        self.reads += 1
        await asyncio.sleep(0)
        return [row for row in self.rows[lane] if row not in self.done[lane]][:limit]

    def put(self, lanes: Lanes, lane: str, row_id: int) -> None:
        self.rows[lane].append(row_id)
        self.expected += 1
        self.all_done.clear()
        lanes.put(lane, row_id)


async def idle(lanes: Lanes, lane: str) -> None:
    """Wait until a lane has no work here any more."""
    async with asyncio.timeout(5):
        while lanes.at_hand(lane):  # noqa: ASYNC110 - a lane tells nobody that it is done
            await asyncio.sleep(0)


async def test_a_flood_keeps_its_order_and_loses_nothing() -> None:
    table = Table()
    lanes = Lanes(table.handle, table.waiting, limit=4)
    for row in range(1, 101):
        table.put(lanes, "a", row)
        if row % 7 == 0:
            await asyncio.sleep(0)
    await asyncio.wait_for(table.all_done.wait(), 5)
    assert table.done["a"] == list(range(1, 101))
    assert table.reads > 10


async def test_rows_that_arrive_while_the_tables_are_read_come_once() -> None:
    table = Table()
    lanes = Lanes(table.handle, table.waiting, limit=2)
    row = 0
    for _ in range(60):
        for _ in range(3):
            row += 1
            table.put(lanes, "a", row)
        for _ in range(row % 5):
            await asyncio.sleep(0)
    await asyncio.wait_for(table.all_done.wait(), 5)
    await lanes.stop()
    assert table.done["a"] == list(range(1, row + 1))


async def test_a_row_that_was_read_from_the_tables_before_it_is_put_comes_once() -> None:
    table, at_five, go_on = Table(), asyncio.Event(), asyncio.Event()

    async def handle(lane: str, row_id: int) -> None:
        if row_id == 5:
            at_five.set()
            await go_on.wait()
        await table.handle(lane, row_id)

    lanes = Lanes(handle, table.waiting, limit=4)
    table.rows["a"] = [1, 2, 3, 4, 5, 6, 7]  # committed, all of them
    table.expected = 7
    for row in (1, 2, 3, 4, 5):
        lanes.put("a", row)
    await asyncio.wait_for(at_five.wait(), 5)
    for row in (6, 7):
        lanes.put("a", row)
    go_on.set()
    await asyncio.wait_for(table.all_done.wait(), 5)
    await lanes.stop()
    assert table.done["a"] == [1, 2, 3, 4, 5, 6, 7]


async def test_a_slow_lane_does_not_hold_up_another() -> None:
    table = Table()
    table.gates["slow"] = asyncio.Event()
    lanes = Lanes(table.handle, table.waiting)
    table.put(lanes, "slow", 1)
    table.put(lanes, "fast", 2)
    table.expected = 1
    await asyncio.wait_for(table.all_done.wait(), 5)
    assert table.done == {"fast": [2]}
    table.gates["slow"].set()
    await lanes.stop()
    assert table.done["slow"] == [1]


async def test_stop_finishes_the_row_at_hand_and_leaves_the_rest() -> None:
    table = Table()
    table.gates["a"] = asyncio.Event()
    lanes = Lanes(table.handle, table.waiting)
    table.put(lanes, "a", 1)
    table.put(lanes, "a", 2)
    await asyncio.sleep(0)
    stopping = asyncio.create_task(lanes.stop())
    await asyncio.sleep(0)
    table.gates["a"].set()
    await stopping
    lanes.put("a", 3)
    assert table.done["a"] == [1]
    assert await lanes.pause("a", 1000)


async def test_what_waits_in_the_tables_is_read_when_its_lane_is_woken() -> None:
    table = Table()
    lanes = Lanes(table.handle, table.waiting, limit=2)
    table.rows["a"] = [1, 2, 3, 4, 5]
    table.expected = 5
    lanes.wake("a")
    lanes.wake("a")
    assert lanes.at_hand("a")
    await asyncio.wait_for(table.all_done.wait(), 5)
    await idle(lanes, "a")
    assert table.done["a"] == [1, 2, 3, 4, 5]
    lanes.wake("a")
    await idle(lanes, "a")
    assert table.done["a"] == [1, 2, 3, 4, 5]


async def test_a_row_at_hand_is_not_taken_again_by_a_look() -> None:
    table = Table()
    table.gates["a"] = asyncio.Event()
    lanes = Lanes(table.handle, table.waiting)
    table.put(lanes, "a", 1)
    await asyncio.sleep(0)
    table.rows["a"].append(2)
    table.expected = 2
    for _ in range(3):
        lanes.wake("a")
        await asyncio.sleep(0)
    table.gates["a"].set()
    await asyncio.wait_for(table.all_done.wait(), 5)
    await idle(lanes, "a")
    assert table.done["a"] == [1, 2]


async def test_leaving_ends_the_lanes_of_these_slots_and_no_others() -> None:
    table = Table()
    lanes = Lanes(table.handle, table.waiting)
    gone, beside, stays = "7", "answer q 7", "8"
    assert slot_of(stays) != slot_of(gone)
    for lane in (gone, beside, stays):
        table.gates[lane] = asyncio.Event()
        table.put(lanes, lane, 1)
        table.put(lanes, lane, 2)
    await asyncio.sleep(0)
    leaving = asyncio.create_task(lanes.leave({slot_of(gone)}))
    await asyncio.sleep(0)
    for gate in table.gates.values():
        gate.set()
    await leaving
    await idle(lanes, stays)
    assert table.done == {gone: [1], beside: [1], stays: [1, 2]}
    lanes.wake(gone)  # the slot has come back
    await idle(lanes, gone)
    assert table.done[gone] == [1, 2]


async def test_a_wait_ends_when_its_lane_is_left() -> None:
    told: list[object] = []

    async def handle(lane: str, row_id: int) -> None:
        if row_id == 1:
            told.append(await lanes.pause(lane, 0.0))
            told.append(await lanes.unless_left(lane, asyncio.sleep(0, "done")))
            at_hand.set()
            told.append(await lanes.unless_left(lane, forever.wait()))
            told.append(await lanes.unless_left(lane, forever.wait()))
            told.append(await lanes.pause(lane, 1000.0))

    at_hand, forever = asyncio.Event(), asyncio.Event()
    lanes = Lanes(handle, Table().waiting)
    lanes.put("7", 1)
    await at_hand.wait()
    await lanes.leave({slot_of("7")})
    assert told == [False, "done", None, None, True]
    assert await lanes.unless_left("7", asyncio.sleep(0, "done")) is None


async def test_a_row_that_fails_does_not_end_its_lane_and_waits_for_the_next_look(
    caplog: pytest.LogCaptureFixture,
) -> None:
    table, broken = Table(), True

    async def handle(lane: str, row_id: int) -> None:
        if row_id == 1 and broken:
            raise RuntimeError("a secret of the row")
        await table.handle(lane, row_id)

    lanes = Lanes(handle, table.waiting, limit=2)
    for row in (1, 2, 3, 4, 5):
        table.put(lanes, "a", row)
    await idle(lanes, "a")
    assert 1 not in table.done["a"]
    assert caplog.text.count("row 1: RuntimeError") == 1
    assert "secret" not in caplog.text
    broken = False
    while len(table.done["a"]) < 5:
        lanes.wake("a")
        await idle(lanes, "a")
    assert sorted(table.done["a"]) == [1, 2, 3, 4, 5]


async def test_tables_that_cannot_be_read_are_read_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.queues._RETRY_SECONDS", 0.001)
    table, failures = Table(), 3

    async def waiting(lane: str, limit: int) -> list[int]:
        nonlocal failures
        failures -= 1
        if failures >= 0:
            raise ConnectionError
        return await table.waiting(lane, limit)

    lanes = Lanes(table.handle, waiting)
    table.rows["a"] = [1]
    table.expected = 1
    lanes.wake("a")
    await asyncio.wait_for(table.all_done.wait(), 5)
    await idle(lanes, "a")
    assert caplog.text.count("cannot read on") == 3
