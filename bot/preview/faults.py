"""Faults on order: what a drill makes the Bot API do instead of, or around, a call."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Literal

__all__ = ["Fault", "Faults"]

_NONE = type(None)
_KINDS: dict[str, tuple[type, ...]] = {
    "method": (str,),
    "times": (int, _NONE),
    "when": (str,),
    "delay": (int, float),
    "status": (int, _NONE),
    "description": (str,),
    "retry_after": (int, _NONE),
    "drop": (bool,),
    "reset": (bool,),
    "body": (str, _NONE),
    "parameters": (dict,),
    "chat_id": (int, _NONE),
    "chance": (int, float),
    "seed": (int,),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """The next `times` calls of `method` (`*`: any) go wrong; 0 or None: all of them, until the orders are cleared.

    With `chat_id` only calls about this chat do; with `chance` below 1 each such call does with that probability, the
    dice thrown from `seed`, so that a storm can be repeated.

    The call waits `delay` seconds. Then one of these happens, the first that is ordered: the connection is reset
    (`reset`), an answer is begun and never finished (`drop`), `body` is sent as it stands with `status` (200 without),
    or `status` is answered in the words of the Bot API with `description`, `parameters` and `retry_after`. Where none
    is ordered the call is only slow. With `when = "after"` the call first takes effect: the caller cannot know whether
    it did.
    """

    method: str
    times: int | None = 1
    when: Literal["before", "after"] = "before"
    delay: float = 0.0
    status: int | None = None
    description: str = "Internal Server Error"
    retry_after: int | None = None
    drop: bool = False
    reset: bool = False
    body: str | None = None
    parameters: Mapping[str, int] = field(default_factory=dict)
    chat_id: int | None = None
    chance: float = 1.0
    seed: int = 0

    @classmethod
    def from_json(cls, order: object) -> Fault:
        """A fault from its JSON object; raises ValueError that names the wrong field."""
        if not isinstance(order, dict):
            raise ValueError("a fault is a JSON object")
        if not isinstance(order.get("method"), str):
            raise ValueError("field method: name a Bot API method, or * for any")
        for name, value in order.items():
            if name not in _KINDS:
                raise ValueError(f"field {name}: unknown; known are {', '.join(f.name for f in fields(cls))}")
            if not isinstance(value, _KINDS[name]):
                raise ValueError(f"field {name}: {value!r} is not {_KINDS[name][0].__name__}")
        if order.get("when", "before") not in ("before", "after"):
            raise ValueError(f"field when: {order['when']!r} is neither before nor after")
        if not 0 < order.get("chance", 1) <= 1:
            raise ValueError(f"field chance: {order['chance']!r} is not above 0 and at most 1")
        if any(not isinstance(value, int) for value in order.get("parameters", {}).values()):
            raise ValueError(f"field parameters: {order['parameters']!r} holds other things than whole numbers")
        return cls(**order)

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Whether this is such a call."""
        return self.method.lower() in ("*", method.lower()) and self.chat_id in (None, chat_id)


@dataclass(slots=True)
class _Order:
    fault: Fault
    met: int = 0
    dice: random.Random = field(default_factory=random.Random)


class Faults:
    """The orders that are still open, first in, first out."""

    def __init__(self) -> None:
        self._orders: list[_Order] = []

    def add(self, fault: Fault) -> None:
        """Order a fault for the calls to come."""
        dice = random.Random(fault.seed)  # noqa: S311 - a storm must come again as it was
        self._orders.append(_Order(fault, dice=dice))

    def clear(self) -> None:
        """Drop all orders."""
        self._orders.clear()

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that meets this call, if any; one of its times is used up."""
        for order in self._orders:
            fault = order.fault
            if not fault.meets(method, chat_id) or (fault.chance < 1 and order.dice.random() >= fault.chance):
                continue
            order.met += 1
            if fault.times and order.met >= fault.times:
                self._orders.remove(order)
            return fault
        return None
