"""Lanes: order in a lane, lanes beside each other, and nothing lost in a flood."""

import asyncio
from collections import defaultdict

from bot.queues import Lanes


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

    async def waiting(self, lane: str, after: int, limit: int) -> list[int]:
        self.reads += 1
        await asyncio.sleep(0)
        return [row for row in self.rows[lane] if row > after and row not in self.done[lane]][:limit]

    def put(self, lanes: Lanes, lane: str, row_id: int) -> None:
        self.rows[lane].append(row_id)
        self.expected += 1
        self.all_done.clear()
        lanes.put(lane, row_id)


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
    assert await lanes.pause(1000)


async def test_a_row_that_fails_does_not_end_its_lane() -> None:
    done: list[int] = []
    finished = asyncio.Event()

    async def handle(_lane: str, row_id: int) -> None:
        if row_id == 1:
            raise RuntimeError("boom")
        done.append(row_id)
        finished.set()

    async def waiting(_lane: str, _after: int, _limit: int) -> list[int]:
        return []

    lanes = Lanes(handle, waiting)
    lanes.put("a", 1)
    lanes.put("a", 2)
    await asyncio.wait_for(finished.wait(), 5)
    assert done == [2]
