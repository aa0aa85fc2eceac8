"""Faults on order: what a drill makes the Bot API do instead of, or around, a call."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Literal

__all__ = ["Fault", "Faults"]


@dataclass(frozen=True, slots=True)
class Fault:
    """The next `times` calls of `method` (`*`: any) go wrong.

    They wait `delay` seconds, then answer `status` with `description` (and `retry_after`), or lose the connection
    (`drop`). With `when = "after"` the call first takes effect: the caller cannot know whether it did. A fault that
    names neither status nor drop only delays.
    """

    method: str
    times: int = 1
    when: Literal["before", "after"] = "before"
    delay: float = 0.0
    status: int | None = None
    description: str = "Internal Server Error"
    retry_after: int | None = None
    drop: bool = False

    @classmethod
    def from_json(cls, order: object) -> Fault:
        """A fault from its JSON object; raises ValueError that names the wrong field."""
        kinds: dict[str, tuple[type, ...]] = {
            "method": (str,),
            "times": (int,),
            "when": (str,),
            "delay": (int, float),
            "status": (int,),
            "description": (str,),
            "retry_after": (int,),
            "drop": (bool,),
        }
        if not isinstance(order, dict):
            raise ValueError("a fault is a JSON object")
        if not isinstance(order.get("method"), str):
            raise ValueError("field method: name a Bot API method, or * for any")
        for name, value in order.items():
            if name not in kinds:
                raise ValueError(f"field {name}: unknown; known are {', '.join(f.name for f in fields(cls))}")
            if not isinstance(value, kinds[name]):
                raise ValueError(f"field {name}: {value!r} is not {kinds[name][0].__name__}")
        if order.get("when", "before") not in ("before", "after"):
            raise ValueError(f"field when: {order['when']!r} is neither before nor after")
        return cls(**order)


@dataclass(slots=True)
class Faults:
    """The orders that are still open, first in, first out."""

    _orders: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Order a fault for the calls to come."""
        self._orders.append(fault)

    def clear(self) -> None:
        """Drop all orders."""
        self._orders.clear()

    def take(self, method: str) -> Fault | None:
        """The fault that meets this call, if any; one of its times is used up."""
        for place, fault in enumerate(self._orders):
            if fault.method.lower() in ("*", method.lower()):
                if fault.times > 1:
                    self._orders[place] = replace(fault, times=fault.times - 1)
                else:
                    del self._orders[place]
                return fault
        return None
