"""How fast we send: no limit is passed in any span, nobody starves, and a clock that jumps does no lasting harm."""

from dataclasses import dataclass, field

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.priority import Priority
from bot.telegram.floods import Floods
from bot.telegram.pace import (
    LONGEST_STOP,
    WHOLE_BOT,
    Bucket,
    Level,
    Pause,
    RateRules,
    Want,
    reserve,
    stop,
    take,
)

NOON = 1_900_000_000.0
RULES = RateRules()
HUMAN, REPLY, ALERT, BROADCAST, TYPING = Priority

buckets = st.sampled_from([RULES.overall, RULES.chat, RULES.group, Bucket(1, 3), Bucket(30, 30)])
priorities = st.sampled_from(Priority)
steps = st.lists(st.tuples(st.floats(0, 30), priorities), max_size=150)


@dataclass
class Clocked:
    """One bucket and a clock; `sent` are the moments of calls by a clock that never jumps."""

    bucket: Bucket
    level: Level = field(default_factory=Level)
    now: float = NOON
    true: float = 0.0
    sent: list[float] = field(default_factory=list)

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.true += seconds

    def ask(self, priority: Priority = HUMAN) -> float:
        self.level, wait = take(self.level, self.bucket, priority, self.now)
        if wait == 0:
            self.sent.append(self.true)
        return wait

    def send(self, priority: Priority = HUMAN) -> float:
        """Wait as long as need be; gives how long that was."""
        start = self.true
        while wait := self.ask(priority):
            self.pass_time(wait)
        return self.true - start


def most_in_span(moments: list[float], span: float) -> int:
    return max((sum(0 <= other - moment < span for other in moments) for moment in moments), default=0)


def test_a_burst_passes_and_then_each_call_waits_its_turn() -> None:
    chat = Clocked(Bucket(3, 1))
    assert [chat.send() for _ in range(5)] == pytest.approx([0, 0, 0, 1, 1], abs=1e-3)


@pytest.mark.parametrize(
    ("bucket", "span", "most"),
    [(RULES.overall, 1, 30), (RULES.group, 60, 20), (RULES.chat, 60, 70)],
    ids=["the bot in a second", "a group in a minute", "a chat in a minute"],
)
def test_who_sends_all_the_time_stays_within_what_telegram_publishes(bucket: Bucket, span: float, most: int) -> None:
    peer = Clocked(bucket)
    for _ in range(200):
        peer.send()
    assert most - 1 <= most_in_span(peer.sent, span) <= most


def test_typing_stays_far_below_what_telegram_takes_of_it() -> None:
    chat = Clocked(RULES.chat)
    for _ in range(100):
        chat.send(TYPING)
    assert most_in_span(chat.sent, 5) <= 7
    assert most_in_span(chat.sent, 30) <= 32


@given(buckets, steps, st.floats(0.01, 100))
def test_never_more_than_the_limit_in_any_span(
    bucket: Bucket, moves: list[tuple[float, Priority]], span: float
) -> None:
    peer = Clocked(bucket)
    for seconds, priority in moves:
        peer.pass_time(seconds * bucket.interval)
        peer.ask(priority)
    assert most_in_span(peer.sent, span) <= bucket.burst + span * bucket.per_second + 1e-3


@given(buckets, steps)
def test_a_wait_spends_nothing_and_is_as_long_as_it_says(bucket: Bucket, moves: list[tuple[float, Priority]]) -> None:
    peer = Clocked(bucket)
    for seconds, priority in moves:
        peer.pass_time(seconds * bucket.interval)
        before = peer.level
        wait = peer.ask(priority)
        if wait:
            assert peer.level == before
            assert take(peer.level, bucket, priority, peer.now + wait * 0.9 - 1e-3)[1] > 0
            assert take(peer.level, bucket, priority, peer.now + wait)[1] == 0


@given(buckets, steps, priorities)
def test_who_is_alone_gets_the_whole_rate_whatever_the_priority(
    bucket: Bucket, moves: list[tuple[float, Priority]], lone: Priority
) -> None:
    peer = Clocked(bucket)
    for seconds, priority in moves:
        peer.pass_time(seconds * bucket.interval)
        peer.ask(priority)
    peer.send(lone)
    assert [peer.send(lone) for _ in range(20)][bucket.burst :] == pytest.approx(
        [bucket.interval] * (20 - bucket.burst), abs=1e-3
    )


def test_each_priority_leaves_room_to_those_above_it() -> None:
    assert [RULES.overall.room(priority) for priority in Priority] == [5, 4, 3, 2, 1]
    assert [RULES.chat.room(priority) for priority in Priority] == [10, 8, 6, 4, 2]
    assert [Bucket(1, 1).room(priority) for priority in Priority] == [1] * 5


@given(st.permutations(list(Priority) * 2))
def test_while_many_broadcast_a_person_goes_at_once(askers: list[Priority]) -> None:
    bot = Clocked(RULES.overall)
    for _ in range(100):
        bot.send(BROADCAST)
    assert bot.ask(BROADCAST) > 0
    assert [bot.ask(HUMAN) for _ in range(3)] == [0, 0, 0]
    for priority in askers:  # whoever asks in between
        bot.ask(priority)
    assert bot.ask(BROADCAST) > bot.ask(HUMAN)


def test_a_stop_holds_up_everybody_and_no_burst_follows_it() -> None:
    chat = Clocked(RULES.chat)
    chat.ask()
    chat.level = stop(chat.level, chat.bucket, 35, chat.now)
    assert [chat.ask(priority) for priority in (HUMAN, REPLY)] == pytest.approx([35, 35])
    assert chat.send(REPLY) == pytest.approx(35)
    assert (chat.ask(), chat.ask(REPLY)) == pytest.approx((1, 3), abs=1e-3)


def test_a_longer_stop_that_is_known_stays() -> None:
    level = stop(stop(Level(), RULES.chat, 60, NOON), RULES.chat, 5, NOON + 1)
    assert level.stopped_until == NOON + 60


@given(buckets, steps, st.floats(-1e7, 1e7), st.sampled_from([0.0, 1.0, 35.0, 10_072.0]), priorities)
@example(RULES.group, [], -3600.0, 35.0, TYPING)
def test_a_clock_that_jumps_costs_no_more_than_a_bucket(
    bucket: Bucket, moves: list[tuple[float, Priority]], jump: float, stopped: float, priority: Priority
) -> None:
    peer = Clocked(bucket)
    for seconds, mover in moves:
        peer.pass_time(seconds * bucket.interval)
        peer.ask(mover)
    if stopped:
        peer.level = stop(peer.level, bucket, stopped, peer.now)
    peer.now += jump
    whole = bucket.burst * bucket.interval
    assert peer.send(priority) <= stopped + 2 * whole + 1.1
    start = peer.true
    for _ in range(bucket.burst + 10):
        peer.send(priority)
    assert peer.true - start == pytest.approx((bucket.burst + 10) * bucket.interval, abs=2 * whole + 1.1)


@given(st.lists(st.floats(-5000, 5000), max_size=8))
def test_jumps_forward_and_back_let_no_more_pass_than_a_bucket_each(jumps: list[float]) -> None:
    peer = Clocked(RULES.chat)
    for jump in jumps:
        for _ in range(3):
            peer.send()
        peer.now += jump
    most = RULES.chat.burst * (1 + len(jumps)) + peer.true * RULES.chat.per_second + 1
    assert len(peer.sent) <= most


def test_a_stop_that_no_right_clock_can_have_written_is_forgotten() -> None:
    level, wait = take(Level(NOON, NOON + 400 * LONGEST_STOP), RULES.chat, HUMAN, NOON)
    assert (level.stopped_until, wait) == (0, 0)


def test_both_buckets_are_spent_or_none() -> None:
    levels: dict[int, Level] = {}
    wants = [Want(-7, HUMAN)] * 6
    levels, pauses = reserve(levels, RULES, wants, NOON)
    assert [pause.over for pause in pauses] == [True] * 5 + [False]
    assert (pauses[5].chat, pauses[5].bot) == pytest.approx((4, 0.04), abs=1e-3)
    assert levels[WHOLE_BOT].free_at == pytest.approx(NOON + 5 / 25)
    changed, (pause,) = reserve(levels, RULES, [Want(8, HUMAN)], NOON)
    assert (changed, pause.chat, pause.over) == ({}, 0, False)
    again, (pause,) = reserve(levels, RULES, [Want(-7, HUMAN)], NOON + 2)
    assert again == {}
    assert (pause.chat, pause.bot) == pytest.approx((2, 0), abs=1e-3)


def waits(pauses: list[Pause]) -> list[tuple[float, float]]:
    return [(round(pause.chat, 3), round(pause.bot, 3)) for pause in pauses]


def test_chats_stop_one_by_one_and_the_bot_for_all() -> None:
    levels = {1: stop(Level(), RULES.chat, 30, NOON)}
    after, pauses = reserve(levels, RULES, [Want(1, HUMAN), Want(2, HUMAN)], NOON)
    assert waits(pauses) == [(30, 0), (0, 0)]
    assert 1 not in after
    levels[WHOLE_BOT] = stop(Level(), RULES.overall, 20, NOON)
    _, pauses = reserve(levels, RULES, [Want(1, HUMAN), Want(2, TYPING)], NOON)
    assert waits(pauses) == [(30, 20), (0, 20)]


def test_three_chats_that_must_wait_at_once_mean_the_bot() -> None:
    floods, answers = Floods(), []
    for chat, seconds, now in ((1, 30.0, 0.0), (1, 29.0, 1.0), (2, 20.0, 2.0), (3, 25.0, 3.0), (4, 60.0, 4.0)):
        floods, everybody = floods.hear(chat, seconds, now)
        answers.append(everybody)
    assert answers == [None, None, None, 19, 18]


def test_long_stops_of_chats_that_were_told_one_after_the_other_do_not_add_up() -> None:
    floods = Floods()
    for chat in range(10):
        floods, everybody = floods.hear(chat, 10_072.0, chat * 60.0)
        assert everybody is None
    assert len(floods.told) == 1
