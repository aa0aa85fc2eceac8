"""Who works on which slots: fair parts, what passes on, and what is given back only when nothing of it is at hand."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection

import pytest

from bot.shares import Part, Shares
from bot.storage.address import Address
from bot.storage.shares import Beat, Leases
from bot.storage.store import Store
from bot.storage.tables import SLOTS
from tests.bot.rig import rows, table, until

BOT = 42
ROLES = {"worker": SLOTS, "sender": SLOTS, "poller": 1}


async def beat(store: Store, name: str) -> dict[str, Beat]:
    """One beat of a process; it gives back what is too much at once."""
    leases = Leases(BOT, name)
    beats = await store.aside(lambda c: leases.beat(c, ROLES))
    for role, found in beats.items():
        if found.surplus:
            await store.aside(lambda c, role=role, found=found: leases.give_back(c, role, found.surplus))  # type: ignore[misc]
    return {role: Beat(found.held - found.surplus, found.surplus, found.renewed) for role, found in beats.items()}


async def settled(store: Store, *names: str) -> dict[str, dict[str, frozenset[int]]]:
    """What each process holds when everybody has beaten often enough."""
    held: dict[str, dict[str, frozenset[int]]] = {}
    for _ in range(4):
        for name in names:
            held[name] = {role: found.held for role, found in (await beat(store, name)).items()}
    return held


def die(database: Address, name: str) -> None:
    """Let the leases of a process run out, as time would."""
    table(database, f"UPDATE shares SET until = 0 WHERE owner = '{name}'")
    table(database, f"UPDATE replicas SET until = 0 WHERE name = '{name}'")


@pytest.fixture
async def dealt(store: Store) -> Store:
    """A store with all slots, which nobody has."""
    await store.aside(lambda c: Leases(BOT, "a").prepare(c, ROLES))
    await store.aside(lambda c: Leases(BOT, "b").prepare(c, ROLES))
    return store


@pytest.mark.postgresql
async def test_one_process_has_everything(dealt: Store) -> None:
    held = await settled(dealt, "a")
    assert held["a"] == {role: frozenset(range(count)) for role, count in ROLES.items()}


@pytest.mark.postgresql
async def test_three_processes_have_a_fair_part_each_and_nothing_twice(dealt: Store) -> None:
    await settled(dealt, "a")
    await settled(dealt, "a", "b")
    held = await settled(dealt, "a", "b", "c")
    for role, count in ROLES.items():
        parts = [held[name][role] for name in "abc"]
        assert sum(map(len, parts)) == len(frozenset().union(*parts)) == count
        assert max(map(len, parts)) <= -(-count // 3)
    assert min(len(held[name]["worker"]) for name in "abc") >= 20


@pytest.mark.postgresql
async def test_who_answers_a_chat_also_sends_to_it(dealt: Store) -> None:
    for names in ("a", "ab", "abc"):
        held = await settled(dealt, *names)
        for name in names:
            assert held[name]["worker"] == held[name]["sender"]


@pytest.mark.postgresql
async def test_the_slots_of_a_dead_process_pass_on_after_its_lease_and_not_before(
    dealt: Store, database: Address
) -> None:
    held = await settled(dealt, "a", "b", "c")
    assert (await settled(dealt, "b", "c")) == {name: held[name] for name in "bc"}
    die(database, "a")
    after = await settled(dealt, "b", "c")
    assert sorted(len(after[name]["worker"]) for name in "bc") == [32, 32]
    assert after["b"]["worker"] | after["c"]["worker"] == frozenset(range(SLOTS))


@pytest.mark.postgresql
async def test_a_process_that_comes_back_finds_its_slots_gone_and_gets_a_part_again(
    dealt: Store, database: Address
) -> None:
    await settled(dealt, "a", "b")
    die(database, "a")
    assert len((await settled(dealt, "b"))["b"]["worker"]) == SLOTS
    assert (await beat(dealt, "a"))["worker"].held == frozenset()
    held = await settled(dealt, "b", "a")
    assert [len(held[name]["worker"]) for name in "ab"] == [32, 32]


@pytest.mark.postgresql
async def test_who_leaves_makes_room_at_once(dealt: Store) -> None:
    await settled(dealt, "a", "b")
    await dealt.aside(Leases(BOT, "a").leave)
    assert len((await beat(dealt, "b"))["worker"].held) == SLOTS
    assert await rows(dealt, "SELECT DISTINCT name FROM replicas") == [("b",)]


@pytest.mark.postgresql
async def test_bots_have_slots_of_their_own(dealt: Store) -> None:
    other = Leases(BOT + 1, "a")
    await dealt.aside(lambda c: other.prepare(c, ROLES))
    await dealt.aside(lambda c: other.beat(c, ROLES))
    assert len((await beat(dealt, "b"))["worker"].held) == SLOTS


class Work:
    """A kind of work of one process; while `gate` is closed something is at hand."""

    def __init__(self, store: Store, name: str) -> None:
        self.gate = asyncio.Event()
        self.gate.set()
        self.leaving: set[int] = set()
        self.gained: set[int] = set()
        self.shares = Shares(store, BOT, name, [Part("worker", SLOTS, self._gain, self._lose)])
        self.running = asyncio.ensure_future(self._run())

    async def _run(self) -> None:
        await self.shares.begin()
        await self.shares.run()

    async def _gain(self, slots: Collection[int]) -> None:
        self.gained |= set(slots)

    async def _lose(self, slots: Collection[int]) -> None:
        self.leaving |= set(slots)
        await self.gate.wait()

    @property
    def held(self) -> frozenset[int]:
        """Its slots."""
        return self.shares.held("worker")

    async def end(self) -> None:
        """Stop without giving anything back."""
        self.gate.set()
        self.shares.stop()
        await self.running


@pytest.fixture
async def start(store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Callable[[str], Work]]:
    """Begins the work of a process, which beats all the time."""
    monkeypatch.setattr("bot.shares._BEAT_SECONDS", 0.01)
    begun: list[Work] = []

    def begin(name: str) -> Work:
        begun.append(Work(store, name))
        return begun[-1]

    yield begin
    for work in begun:
        await work.end()


async def reached(condition: Callable[[], bool]) -> None:
    """Wait for something in this process."""
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - who reaches it knows of nobody who waits
            await asyncio.sleep(0)


@pytest.mark.sqlite
async def test_on_a_file_one_process_has_everything_at_once(store: Store) -> None:
    work = Work(store, "a")
    await work.running
    assert work.held == work.gained == set(range(SLOTS))
    assert await rows(store, "SELECT count(*) FROM shares") == [(0,)]
    await work.shares.end()


@pytest.mark.postgresql
async def test_processes_share_without_anybody_telling_them(start: Callable[[str], Work]) -> None:
    first = start("a")
    await reached(lambda: len(first.held) == SLOTS)
    second = start("b")
    await reached(lambda: len(second.held) == 32)
    assert first.held | second.held == set(range(SLOTS))
    assert second.gained == second.held
    await second.end()
    await second.shares.end()
    await reached(lambda: len(first.held) == SLOTS)


@pytest.mark.postgresql
async def test_what_is_at_hand_is_not_given_away_and_the_leases_are_renewed_meanwhile(
    start: Callable[[str], Work], database: Address
) -> None:
    busy = start("a")
    await reached(lambda: len(busy.held) == SLOTS)
    busy.gate.clear()
    other = start("b")
    await reached(lambda: len(busy.leaving) == 32)
    assert busy.held == set(range(SLOTS)) - busy.leaving
    ((before,),) = table(database, "SELECT min(until) FROM shares")
    await until(lambda: table(database, "SELECT min(until) FROM shares")[0][0] > before)
    assert table(database, "SELECT DISTINCT owner FROM shares") == [("a",)]
    assert other.held == frozenset()
    busy.gate.set()
    await reached(lambda: other.held == busy.leaving)
    assert busy.held == set(range(SLOTS)) - other.held


@pytest.mark.postgresql
async def test_slots_that_went_to_another_process_are_left(start: Callable[[str], Work], database: Address) -> None:
    work = start("a")
    await reached(lambda: len(work.held) == SLOTS)
    table(database, "UPDATE shares SET owner = 'b', until = 4e9 WHERE slot < 10")
    await reached(lambda: work.leaving == set(range(10)))
    assert work.held == set(range(10, SLOTS))


@pytest.mark.postgresql
async def test_a_database_that_is_away_for_a_beat_takes_no_slots(
    start: Callable[[str], Work], database: Address, caplog: pytest.LogCaptureFixture
) -> None:
    work = start("a")
    await reached(lambda: len(work.held) == SLOTS)
    table(database, "ALTER TABLE shares RENAME TO shares_away")
    await reached(lambda: "trying again" in caplog.text)
    table(database, "ALTER TABLE shares_away RENAME TO shares")
    ((before,),) = table(database, "SELECT min(until) FROM shares")
    await until(lambda: table(database, "SELECT min(until) FROM shares")[0][0] > before)
    assert len(work.held) == SLOTS
    assert work.leaving == set()
