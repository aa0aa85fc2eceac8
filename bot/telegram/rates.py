"""How fast we send: rules after Telegram's published guidance (https://core.telegram.org/bots/faq), and 429 answers."""

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Bucket", "RateRules", "Rates"]

_CHATS_REMEMBERED = 10_000
_CHATS_FOR_ALL = 3
"""When so many chats are told to wait at once, the whole bot is meant."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A token bucket: `burst` calls at once, then `per_second`."""

    burst: float
    per_second: float


@dataclass(frozen=True, slots=True)
class RateRules:
    """About 30 calls a second in all, one a second in a chat after a short burst, 20 a minute in a group."""

    overall: Bucket = Bucket(30, 30)
    chat: Bucket = Bucket(10, 1)
    group: Bucket = Bucket(5, 0.25)


@dataclass(slots=True)
class _Level:
    tokens: float
    at: float

    def take(self, bucket: Bucket, now: float) -> float:
        """Take a token, on credit if need be; gives the seconds until it is there."""
        self.tokens = min(bucket.burst, self.tokens + (now - self.at) * bucket.per_second) - 1
        self.at = now
        return max(0.0, -self.tokens / bucket.per_second)


class Rates:
    """The buckets in use. Tokens are promised in the order they are asked for."""

    def __init__(self, rules: RateRules | None, monotonic: Callable[[], float]) -> None:
        self._rules = rules
        self._monotonic = monotonic
        self._overall = _Level(rules.overall.burst if rules else 0, monotonic())
        self._chats: dict[int, _Level] = {}
        self._stops: dict[int, float] = {}
        self._stop_all = 0.0

    def reserve(self, chat_id: int) -> float:
        """Promise one call to a chat; gives the seconds to wait before making it."""
        now = self._monotonic()
        wait = max(self._stop_all, self._stops.get(chat_id, 0.0)) - now
        if self._rules is None:
            return max(0.0, wait)
        bucket = self._rules.group if chat_id < 0 else self._rules.chat
        level = self._chats.setdefault(chat_id, _Level(bucket.burst, now))
        if len(self._chats) > _CHATS_REMEMBERED:
            self._forget(now)
        return max(0.0, wait, self._overall.take(self._rules.overall, now), level.take(bucket, now))

    def stop(self, chat_id: int, seconds: float) -> None:
        """Telegram told us to wait with this chat; when it tells so for several chats at once, all of them wait."""
        now = self._monotonic()
        self._stops = {chat: until for chat, until in self._stops.items() if until > now}
        self._stops[chat_id] = now + seconds
        if len(self._stops) >= _CHATS_FOR_ALL:
            self._stop_all = max(self._stop_all, min(self._stops.values()))

    def _forget(self, now: float) -> None:
        """Drop chats that have been quiet for so long that their bucket is full again."""
        self._chats = {chat: level for chat, level in self._chats.items() if now - level.at < 60}
