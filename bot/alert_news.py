"""When alerts are told: at most so often, and once when it is over."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from bot.alerts import Alert, AlertKind
from dialogs.formats import Voice
from dialogs.says import Paragraph, Say

__all__ = ["Memory", "News", "news_of", "say_news"]

_HOUR = 3600.0
_DAY = 24 * _HOUR
_SETTLED = 600.0
"""Seconds that a trouble must have been away before it is called over: one that comes and goes is one trouble."""
_REPEAT = {
    AlertKind.UPDATES_WAIT: _HOUR,
    AlertKind.CALLS_WAIT: _HOUR,
    AlertKind.WEBHOOK: _HOUR,
    AlertKind.OVERDUE: 3 * _DAY,
    AlertKind.QUARANTINED: _HOUR,
    AlertKind.UNDELIVERED: _HOUR,
    AlertKind.DUE: 7 * _DAY,
}
"""Seconds after which the same may be told again. A choice of ours."""
_COUNTED = (AlertKind.QUARANTINED, AlertKind.UNDELIVERED)


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of a trouble between two looks; moments in seconds since the epoch.

    `told` is when staff heard of it last, None when they did not yet; `seen` when it was last there; `believed` whether
    they think it lasts. What was counted and not told yet stands in the `n` of its alert.
    """

    alert: Alert
    told: float | None
    seen: float
    believed: bool

    def to_json(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, stored: str) -> "Memory":
        """What `to_json` gave."""
        values = json.loads(stored)
        alert = values.pop("alert")
        return cls(alert=Alert(**{**alert, "kind": AlertKind(alert["kind"])}), **values)


@dataclass(frozen=True, slots=True)
class News:
    """An alert to be told, or that it is `over`."""

    alert: Alert
    over: bool = False


def news_of(
    found: Iterable[Alert], known: Mapping[str, Memory], now: float
) -> tuple[tuple[News, ...], dict[str, Memory]]:
    """What to tell at this look, and what to keep for the next; `known` is what the look before kept, by key.

    Both belong into one transaction: news that are stored are told, and those that are not come again.
    """
    here = {alert.key: alert for alert in found}
    news: list[News] = []
    kept: dict[str, Memory] = {}
    for key in (*here, *(key for key in known if key not in here)):
        told, memory = _weigh(here.get(key), known.get(key), now)
        news += told
        if memory is not None:
            kept[key] = memory
    return tuple(news), kept


def say_news(voice: Voice, news: News) -> Say:
    """The words for the staff chat."""
    alert = news.alert
    values = {"about": alert.about, "day": voice.dated(alert.day)}
    key = f"alert.{alert.kind}"
    words = voice.text(f"{key}_over", **values) if news.over else voice.count(key, alert.n, **values)
    return Say((Paragraph((words,)),))


def _weigh(alert: Alert | None, known: Memory | None, now: float) -> tuple[list[News], Memory | None]:
    """What to tell of one trouble and what to keep of it; `alert` is None when it is not there."""
    if alert is None and known is None:
        return [], None
    kind = alert.kind if alert is not None else known.alert.kind if known is not None else None
    told = None if known is None else known.told
    may_tell = told is None or kind is None or now - told >= _REPEAT[kind]
    if kind in _COUNTED:
        return _count(alert, known, may_tell, now)
    if alert is not None:
        believed = may_tell or (known is not None and known.believed)
        return [News(alert)] if may_tell else [], Memory(alert, now if may_tell else told, now, believed)
    if known is None:
        return [], None
    if known.believed and now - known.seen < _SETTLED:
        return [], known
    over = [News(known.alert, over=True)] if known.believed and kind is not AlertKind.DUE else []
    return over, None if may_tell else replace(known, believed=False)


def _count(alert: Alert | None, known: Memory | None, may_tell: bool, now: float) -> tuple[list[News], Memory | None]:
    """Something that happens: what may not be told yet is added up and told later."""
    first = alert or (known.alert if known is not None else None)
    if first is None:
        return [], None
    n = (0 if alert is None else alert.n) + (0 if known is None else known.alert.n)
    if n and may_tell:
        return [News(replace(first, n=n))], Memory(replace(first, n=0), now, now, believed=False)
    if n == 0 and may_tell:
        return [], None
    return [], Memory(replace(first, n=n), None if known is None else known.told, now, believed=False)
