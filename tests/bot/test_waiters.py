"""Who waits for room: in hours of a clock that is not waited for."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.priority import Priority
from bot.telegram.pace import LONGEST_STOP, WHOLE_BOT, Bucket, Level, Pause, RateRules, Want, reserve, stop
from bot.telegram.waiters import RETRY_SECONDS, Waiters
from tests.bot.virtual_time import run

HUMAN, REPLY, ALERT, BROADCAST, TYPING = Priority
EPOCH = 1_900_000_000.0


class Table:
    """The levels that all processes share, and what passed: moment, chat, priority."""

    def __init__(self, rules: RateRules = RateRules()) -> None:  # noqa: B008 - frozen
        self.rules = rules
        self.levels: dict[int, Level] = {}
        self.passed: list[tuple[float, int, Priority]] = []
        self.asked = 0
        self.down = 0

    def now(self) -> float:
        return EPOCH + asyncio.get_running_loop().time()

    def stop(self, peer: int, seconds: float) -> None:
        self.levels[peer] = stop(self.levels.get(peer, Level()), self.rules.of(peer), seconds, self.now())

    async def reserve(self, wants: Sequence[Want]) -> list[Pause]:
        await asyncio.sleep(0.001)  # by the clock of the test
        self.asked += 1
        if self.down:
            self.down -= 1
            raise OSError("the database is away")
        changed, pauses = reserve(self.levels, self.rules, wants, self.now())
        self.levels |= changed
        return pauses

    async def send(self, waiters: Waiters, chat_id: int, priority: Priority, calls: int = 1) -> float:
        """A lane that makes its calls one after the other; gives when the last one passed."""
        for _ in range(calls):
            if await waiters.pass_(chat_id, priority):
                self.passed.append((self.now() - EPOCH, chat_id, priority))
        return self.now() - EPOCH

    def count(self, priority: Priority) -> int:
        return sum(passed[2] is priority for passed in self.passed)


def test_who_finds_room_passes_and_no_task_stays_behind() -> None:
    async def story() -> int:
        table = Table()
        waiters = Waiters(table.reserve)
        await asyncio.gather(*(table.send(waiters, chat, REPLY) for chat in range(1, 5)))
        assert table.passed[-1][0] < 0.1
        return len(asyncio.all_tasks())

    assert run(story()) == 1


def test_a_chat_without_room_holds_up_no_other() -> None:
    async def story() -> None:
        table = Table()
        waiters = Waiters(table.reserve)
        table.stop(1, 3600)
        stopped = asyncio.create_task(table.send(waiters, 1, HUMAN))
        slow = asyncio.create_task(table.send(waiters, -2, HUMAN, calls=15))
        quick = await asyncio.gather(*(table.send(waiters, chat, BROADCAST, calls=3) for chat in range(3, 13)))
        assert max(quick) < 2.5
        assert 39 < await slow < 42
        assert 3600 <= await stopped < 3601

    run(story())


def test_the_urgent_pass_before_the_others() -> None:
    async def story() -> list[Priority]:
        table = Table(RateRules(overall=Bucket(1, 1)))
        waiters = Waiters(table.reserve)
        await table.send(waiters, 99, REPLY)  # nobody goes at once now
        order = (BROADCAST, ALERT, HUMAN, REPLY, BROADCAST, HUMAN)
        await asyncio.gather(*(table.send(waiters, chat, one) for chat, one in enumerate(order, 1)))
        return [priority for _, _, priority in table.passed[1:]]

    assert run(story()) == [HUMAN, HUMAN, REPLY, ALERT, BROADCAST, BROADCAST]


def test_a_broadcast_that_waits_for_the_bot_does_not_hold_up_a_person() -> None:
    async def story() -> None:
        table = Table(RateRules(overall=Bucket(5, 0.1)))
        waiters = Waiters(table.reserve)
        mass = asyncio.create_task(table.send(waiters, 1, BROADCAST, calls=4))
        await asyncio.sleep(1)
        assert await table.send(waiters, 2, HUMAN) < 1.1
        assert await mass > 25

    run(story())


def test_equals_pass_in_the_order_they_came() -> None:
    async def story() -> list[int]:
        table = Table(RateRules(overall=Bucket(1, 1)))
        waiters = Waiters(table.reserve)
        await asyncio.gather(*(table.send(waiters, chat, ALERT) for chat in range(1, 41)))
        return [chat for _, chat, _ in table.passed]

    assert run(story()) == list(range(1, 41))


def test_during_a_broadcast_of_two_processes_people_hardly_wait_and_nothing_starves() -> None:
    async def story() -> None:
        table = Table()
        processes = [Waiters(table.reserve), Waiters(table.reserve)]
        mass = [asyncio.create_task(table.send(processes[n % 2], 1000 + n, BROADCAST)) for n in range(1500)]
        delays = []
        for chat in range(1, 101):
            await asyncio.sleep(0.3)
            asked = table.now() - EPOCH
            delays.append(await table.send(processes[chat % 2], chat, HUMAN) - asked)
        await asyncio.gather(*mass)
        assert max(delays) < 0.1
        assert (table.count(HUMAN), table.count(BROADCAST)) == (100, 1500)
        moments = [moment for moment, _, _ in table.passed]
        assert max(sum(0 <= other - moment < 1 for other in moments) for moment in moments[::10]) <= 30
        assert 63 < moments[-1] < 67  # 1,600 calls at 25 a second
        assert table.asked < 3 * len(moments)

    run(story())


def test_a_typing_sign_that_cannot_go_at_once_is_dropped() -> None:
    async def story() -> list[bool]:
        table = Table()
        waiters = Waiters(table.reserve)
        at_once = [await waiters.pass_(1, TYPING) for _ in range(2)]
        await asyncio.sleep(0.1)
        table.stop(2, 5)
        return [*at_once, await waiters.pass_(2, TYPING), await waiters.pass_(1, TYPING)]

    assert run(story()) == [True, False, False, True]


def test_a_stop_of_the_bot_holds_for_all_and_ends() -> None:
    async def story() -> None:
        table = Table()
        waiters = Waiters(table.reserve)
        table.stop(WHOLE_BOT, 35)
        await asyncio.gather(*(table.send(waiters, chat, priority) for chat, priority in enumerate((HUMAN, ALERT), 1)))
        assert all(35 <= moment < 36 for moment, _, _ in table.passed)
        assert table.asked < 8

    run(story())


def test_who_gives_up_is_forgotten_and_the_others_pass() -> None:
    async def story() -> None:
        table = Table()
        waiters = Waiters(table.reserve)
        table.stop(1, LONGEST_STOP)
        table.stop(WHOLE_BOT, 10)
        tasks = [asyncio.create_task(table.send(waiters, chat, REPLY)) for chat in (1, 1, 2)]
        await asyncio.sleep(1)
        for task in tasks[:2]:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(result) for result in results] == [asyncio.CancelledError, asyncio.CancelledError, float]
        await asyncio.sleep(0.01)
        assert len(asyncio.all_tasks()) == 1

    run(story())


def test_a_database_that_is_away_is_asked_again() -> None:
    async def story() -> None:
        table = Table()
        table.down = 2
        waiters = Waiters(table.reserve)
        assert 2 * RETRY_SECONDS < await table.send(waiters, 1, REPLY) < 3 * RETRY_SECONDS

    run(story())


def test_stop_turns_everybody_away() -> None:
    async def story() -> None:
        table = Table()
        waiters = Waiters(table.reserve)
        table.stop(1, 3600)
        waiting = [asyncio.create_task(waiters.pass_(chat, REPLY)) for chat in (1, 1)]
        await asyncio.sleep(1)
        waiting.append(asyncio.create_task(waiters.pass_(2, REPLY)))  # its question is on the way
        await asyncio.sleep(0.0005)
        await waiters.stop()
        assert [await waiting[0], await waiting[1]] == [False, False]
        assert await waiting[2]
        assert not await waiters.pass_(3, HUMAN)
        assert table.now() - EPOCH < 2

    run(story())


lanes = st.lists(
    st.tuples(st.sampled_from([1, 2, 3, -1, -2]), st.sampled_from(list(Priority)[:4]), st.integers(1, 8)), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(lanes)
def test_whatever_comes_all_of_it_passes_and_no_limit_does(work: list[tuple[int, Priority, int]]) -> None:
    async def story() -> None:
        table = Table()
        waiters = Waiters(table.reserve)
        await asyncio.gather(*(table.send(waiters, chat, priority, calls) for chat, priority, calls in work))
        by_peer: dict[int, list[float]] = defaultdict(list)
        for moment, chat, _ in table.passed:
            by_peer[chat].append(moment)
            by_peer[WHOLE_BOT].append(moment)
        assert len(by_peer[WHOLE_BOT]) == sum(calls for _, _, calls in work)
        for peer, moments in by_peer.items():
            bucket = table.rules.of(peer)
            for span in (0.5, 1, 5, 60):
                most = max((sum(0 <= other - moment < span for other in moments) for moment in moments), default=0)
                assert most <= bucket.burst + span * bucket.per_second + 1e-3

    run(story())
