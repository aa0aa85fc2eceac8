"""How fast a bot may send, after Telegram's published guidance (https://core.telegram.org/bots/faq)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from bot.preview.limits import RefusalError

__all__ = ["Bucket", "RateRules", "Rates"]


@dataclass(frozen=True, slots=True)
class Bucket:
    """A token bucket: `burst` calls at once, then `per_second`."""

    burst: float
    per_second: float


@dataclass(frozen=True, slots=True)
class RateRules:
    """The limits of a bot: about 30 messages a second in all, 1 a second in a chat, 20 a minute in a group."""

    overall: Bucket = Bucket(30, 30)
    chat: Bucket = Bucket(20, 1)
    group: Bucket = Bucket(20, 20 / 60)


@dataclass(slots=True)
class Rates:
    """The buckets in use; `rules = None` lets everything pass."""

    rules: RateRules | None = field(default_factory=RateRules)
    _levels: dict[int | None, tuple[float, float]] = field(default_factory=dict)

    def spend(self, chat_id: int, now: float) -> None:
        """Count one message to a chat at `now` (seconds); raises a 429 `RefusalError` where there is no room."""
        if self.rules is None:
            return
        in_chat = self.rules.group if chat_id < 0 else self.rules.chat
        levels = {None: self._level(None, self.rules.overall, now), chat_id: self._level(chat_id, in_chat, now)}
        waits = [
            (1 - levels[key]) / bucket.per_second
            for key, bucket in ((None, self.rules.overall), (chat_id, in_chat))
            if levels[key] < 1
        ]
        if waits:
            seconds = max(1, math.ceil(max(waits)))
            raise RefusalError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        for key, level in levels.items():
            self._levels[key] = (level - 1, now)

    def _level(self, key: int | None, bucket: Bucket, now: float) -> float:
        level, then = self._levels.get(key, (bucket.burst, now))
        return min(bucket.burst, level + max(0.0, now - then) * bucket.per_second)
