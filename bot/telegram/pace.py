"""How fast we send: pure rules over a small state that all processes share.

Telegram publishes about 30 calls a second in all, one a second in a chat with short bursts, and 20 a minute in a group
(https://core.telegram.org/bots/faq); a forum is one group, whatever the number of its topics. The rules are kept by the
generic cell rate algorithm: all that is stored of a bucket is the moment when it will be full again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.priority import Priority

__all__ = [
    "LONGEST_STOP",
    "WHOLE_BOT",
    "Bucket",
    "Level",
    "Pause",
    "RateRules",
    "Want",
    "reserve",
    "stop",
    "take",
]

WHOLE_BOT = 0
"""The peer whose level is that of the whole bot; no chat has this id."""

LONGEST_STOP = 24 * 3600.0
"""Seconds. Telegram has asked for hours; what lies further ahead was written by a clock that was wrong."""

_GRAIN = 1e-6
"""Seconds since the epoch are kept no finer than this."""

_CLOCK_SLACK = 1.0
"""Seconds by which the clocks of two processes may differ before one of them is taken to have jumped."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """`burst` calls at once, then `per_second`: in any span of t seconds no more than burst + t * per_second."""

    burst: int
    per_second: float

    @property
    def interval(self) -> float:
        """Seconds for one call."""
        return 1 / self.per_second

    def room(self, priority: Priority) -> int:
        """How many calls at once a priority may make: each leaves a fifth of the bucket to those above it."""
        return max(1, self.burst * (len(Priority) - priority) // len(Priority))


@dataclass(frozen=True, slots=True)
class RateRules:
    """The buckets of the whole bot, of a private chat and of a group.

    With bursts none of them passes Telegram's figures: 30 in any second, 20 a minute in a group. A private chat gets a
    short burst, which Telegram allows. Typing signs draw on the same buckets and so stay far below 20 in 5 seconds.
    """

    overall: Bucket = Bucket(5, 25)
    chat: Bucket = Bucket(10, 1)
    group: Bucket = Bucket(5, 0.25)

    def of(self, peer: int) -> Bucket:
        """The bucket of a chat, a group (their ids are negative) or the whole bot."""
        if peer == WHOLE_BOT:
            return self.overall
        return self.group if peer < 0 else self.chat


@dataclass(frozen=True, slots=True)
class Level:
    """The state of a bucket, in seconds since the epoch: when it is full again, and until when nothing may go."""

    free_at: float = 0.0
    stopped_until: float = 0.0


_UNUSED = Level()


def take(level: Level, bucket: Bucket, priority: Priority, now: float) -> tuple[Level, float]:
    """Spend one call and give 0, or give the seconds to wait and spend nothing.

    Keep the level that comes back in both cases: it is repaired where the clock had jumped. A wait is how long it takes
    if nobody else comes first.
    """
    level = _healed(level, bucket, now)
    wait = _wait(level, bucket, priority, now)
    return (level, wait) if wait > 0 else (_spent(level, bucket, now), 0.0)


def stop(level: Level, bucket: Bucket, seconds: float, now: float) -> Level:
    """Telegram asks to wait. A longer stop that is known stays; after it there is room for one call, no burst."""
    level = _healed(level, bucket, now)
    until = now + min(seconds, LONGEST_STOP)
    # `free_at` moves up to the moment of the stop: it is by `free_at` that a jump of the clock is seen and measured.
    return Level(max(level.free_at, now), max(level.stopped_until, until))


@dataclass(frozen=True, slots=True)
class Want:
    """A call that asks to go."""

    chat_id: int
    priority: Priority


@dataclass(frozen=True, slots=True)
class Pause:
    """Seconds to wait for room in the chat and for room of the whole bot; the call may go when both are 0."""

    chat: float
    bot: float

    @property
    def over(self) -> bool:
        """Whether the call may go: it has been counted."""
        return self.chat <= 0 and self.bot <= 0


def reserve(
    levels: Mapping[int, Level], rules: RateRules, wants: Sequence[Want], now: float
) -> tuple[dict[int, Level], list[Pause]]:
    """Spend for each call that may go, in the order given, in its chat and for the whole bot: both or none.

    `levels` holds what is stored of `WHOLE_BOT` and of the chats. Gives the levels that are to be stored (some were
    only repaired), and what became of each call.
    """
    after: dict[int, Level] = {}
    pauses: list[Pause] = []
    for want in wants:
        peers = (want.chat_id, WHOLE_BOT)
        for peer in peers:
            if peer not in after:
                after[peer] = _healed(levels.get(peer, _UNUSED), rules.of(peer), now)
        chat, bot = (_wait(after[peer], rules.of(peer), want.priority, now) for peer in peers)
        pauses.append(Pause(chat, bot))
        if pauses[-1].over:
            for peer in peers:
                after[peer] = _spent(after[peer], rules.of(peer), now)
    return {peer: level for peer, level in after.items() if level != levels.get(peer, _UNUSED)}, pauses


def _wait(level: Level, bucket: Bucket, priority: Priority, now: float) -> float:
    room = (bucket.room(priority) - 1) * bucket.interval
    wait = max(level.stopped_until - now, level.free_at - now - room)
    return wait if wait > _GRAIN else 0.0


def _spent(level: Level, bucket: Bucket, now: float) -> Level:
    """One call fewer. The first one after a stop finds the bucket as if all else had been spent when the stop ended."""
    emptied = level.stopped_until + (bucket.burst - 1) * bucket.interval if level.stopped_until else 0.0
    return replace(level, free_at=max(level.free_at, emptied, now) + bucket.interval)


def _healed(level: Level, bucket: Bucket, now: float) -> Level:
    """The level as a right clock would have left it.

    Nothing that we do puts `free_at` further ahead than a whole bucket. Where it is, the clock has gone back since, and
    the stop is moved back with it. After a jump forward the bucket is merely full too early.
    """
    ahead = level.free_at - now - bucket.burst * bucket.interval
    if ahead > _CLOCK_SLACK:
        level = Level(level.free_at - ahead, max(0.0, level.stopped_until - ahead))
    if level.stopped_until - now > LONGEST_STOP + _CLOCK_SLACK:
        level = replace(level, stopped_until=0.0)
    return level
