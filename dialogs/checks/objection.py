"""What speaks against an answer that is well written but does not go with the others, the facts or the day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from dialogs.answer import Answer
from dialogs.situation import Situation

__all__ = ["Check", "Objection"]

_OF_GUEST = "_of_guest"


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason, as the text `key` with its values. A `final` one is refused; else the person may confirm."""

    key: str
    values: Mapping[str, str | int | date] = field(default_factory=lambda: MappingProxyType({}))
    final: bool = True

    def about(self, number: int) -> "Objection":
        """The same in words that name the guest by their place in the table."""
        return replace(self, key=f"{self.key}{_OF_GUEST}", values=MappingProxyType({**self.values, "number": number}))


Check = Callable[[Situation, str, Answer], Objection | None]
"""The other answers, the question and its new answer in; what speaks against it out. Never raises."""
