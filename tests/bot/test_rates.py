"""How fast we send."""

import pytest

from bot.telegram.rates import Bucket, RateRules, Rates

RULES = RateRules(Bucket(4, 2), Bucket(2, 1), Bucket(1, 0.25))


class Time:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_and_then_a_chat_waits_its_turn() -> None:
    rates = Rates(RULES, Time())
    assert [rates.reserve(1) for _ in range(4)] == [0, 0, 1, 2]


def test_groups_are_slower() -> None:
    rates = Rates(RULES, Time())
    assert [rates.reserve(-1) for _ in range(3)] == [0, 4, 8]


def test_all_chats_share_one_bucket() -> None:
    rates = Rates(RULES, Time())
    assert [rates.reserve(chat) for chat in range(1, 7)] == [0, 0, 0, 0, 0.5, 1.0]


def test_tokens_come_back_with_time() -> None:
    time = Time()
    rates = Rates(RULES, time)
    for _ in range(3):
        rates.reserve(1)
    time.now += 10
    assert [rates.reserve(1) for _ in range(3)] == [0, 0, 1]


def test_no_rules_means_no_waiting_but_a_429_is_kept() -> None:
    time = Time()
    rates = Rates(None, time)
    assert sum(rates.reserve(1) for _ in range(100)) == 0
    rates.stop(1, 30)
    assert (rates.reserve(1), rates.reserve(2)) == (30, 0)
    time.now += 31
    assert rates.reserve(1) == 0


def test_when_several_chats_must_wait_all_wait() -> None:
    rates = Rates(None, Time())
    for chat, seconds in ((1, 30.0), (2, 20.0), (3, 25.0)):
        assert rates.reserve(9) == 0
        rates.stop(chat, seconds)
    assert rates.reserve(9) == pytest.approx(20)
