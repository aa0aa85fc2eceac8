"""How fast a bot may send, after Telegram's published guidance (https://core.telegram.org/bots/faq)."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal

from bot.preview.limits import RefusalError

__all__ = ["Bucket", "Kind", "RateRules", "Rates"]

Kind = Literal["message", "action"]
_Key = tuple[Literal["message", "action", "webhook"], int | None]
_ALL: _Key = ("message", None)
_SET_WEBHOOK: _Key = ("webhook", None)


@dataclass(frozen=True, slots=True)
class Bucket:
    """A token bucket: `burst` calls at once, then `per_second`."""

    burst: float
    per_second: float


@dataclass(frozen=True, slots=True)
class RateRules:
    """The limits of a bot: about 30 messages a second in all, 1 a second in a chat, 20 a minute in a group.

    A group is one peer, whatever the number of its topics. "Typing" and the like have a bucket of their own, about 20
    in 5 seconds in each chat; the webhook may be set once a second.
    """

    overall: Bucket = Bucket(30, 30)
    chat: Bucket = Bucket(20, 1)
    group: Bucket = Bucket(20, 20 / 60)
    action: Bucket = Bucket(20, 4)
    webhook: Bucket = Bucket(1, 1)


@dataclass(slots=True)
class Rates:
    """The buckets in use; `rules = None` lets everything pass that no `stop` holds back.

    Who was told to wait is refused until that time has passed, as at Telegram, even where the bucket has room before.
    """

    rules: RateRules | None = field(default_factory=RateRules)
    _levels: dict[_Key, tuple[float, float]] = field(default_factory=dict)
    _waits: dict[_Key, float] = field(default_factory=dict)
    _stops: dict[int | None, float] = field(default_factory=dict)

    def spend(self, chat_id: int, now: float, kind: Kind = "message") -> None:
        """Count one message or action in a chat at `now` (seconds); raises a 429 `RefusalError` without room."""
        stopped = max(self._stops.get(None, now), self._stops.get(chat_id, now))
        if stopped > now:
            raise _too_many(stopped - now)
        if self.rules is None:
            return
        if kind == "action":
            self._spend({("action", chat_id): self.rules.action}, now)
        else:
            in_chat = self.rules.group if chat_id < 0 else self.rules.chat
            self._spend({_ALL: self.rules.overall, ("message", chat_id): in_chat}, now)

    def spend_set_webhook(self, now: float) -> None:
        """Count one `setWebhook` at `now`; raises a 429 `RefusalError` where the last is less than a second ago."""
        if self.rules is not None:
            self._spend({_SET_WEBHOOK: self.rules.webhook}, now)

    def stop(self, chat_id: int | None, seconds: float, now: float) -> None:
        """Refuse all that is sent to a chat, or with None to any chat, for some seconds; 0 ends it."""
        self._stops[chat_id] = now + seconds

    def _spend(self, buckets: dict[_Key, Bucket], now: float) -> None:
        levels = {key: self._level(key, bucket, now) for key, bucket in buckets.items()}
        for key, bucket in buckets.items():
            if levels[key] < 1 and self._waits.get(key, now) <= now:
                self._waits[key] = now + max(1, math.ceil((1 - levels[key]) / bucket.per_second))
        until = max(self._waits.get(key, now) for key in buckets)
        if until > now:
            raise _too_many(until - now)
        for key, level in levels.items():
            self._levels[key] = (level - 1, now)

    def _level(self, key: _Key, bucket: Bucket, now: float) -> float:
        level, then = self._levels.get(key, (bucket.burst, now))
        return min(bucket.burst, level + max(0.0, now - then) * bucket.per_second)


def _too_many(wait: float) -> RefusalError:
    seconds = math.ceil(wait)
    return RefusalError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
