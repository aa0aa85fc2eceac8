"""Papers: dialogs at rest that a person comes back to, unfinished or with a saved outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from dialogs.answer import Answer
from dialogs.promises import KEPT_DAYS

__all__ = ["Paper"]


@dataclass(frozen=True, slots=True)
class Paper:
    """One dialog at rest. `touched` is the day it was last worked on, `name` what the person called it.

    `link` is the token of the guest link that it answers, `correcting` the reference of the returned invitation that
    it mends. `told` is the outcome as it was saved, as JSON; empty while the dialog is unfinished. With `notify` the
    person is told when a change of rules makes the outcome another one.
    """

    id: int
    flow: str
    version: int
    answers: tuple[tuple[str, Answer], ...]
    touched: date
    old: tuple[tuple[str, Answer], ...] = ()
    name: str = ""
    told: str = ""
    notify: bool = False
    correcting: str | None = None
    link: str | None = None

    @property
    def kept_until(self) -> date:
        """The last day on which it is there."""
        return self.touched + timedelta(days=KEPT_DAYS)

    def to_data(self) -> dict[str, Any]:
        """The paper as JSON values."""
        return {
            "id": self.id,
            "flow": self.flow,
            "version": self.version,
            "answers": dict(self.answers),
            "touched": self.touched.isoformat(),
            "old": dict(self.old),
            "name": self.name,
            "told": self.told,
            "notify": self.notify,
            "correcting": self.correcting,
            "link": self.link,
        }

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Paper":
        """Read what `to_data` gave. Raises LookupError, TypeError or ValueError when it is something else."""
        return cls(
            id=int(data["id"]),
            flow=str(data["flow"]),
            version=int(data["version"]),
            answers=tuple((str(key), value) for key, value in data["answers"].items()),
            touched=date.fromisoformat(data["touched"]),
            old=tuple((str(key), value) for key, value in data.get("old", {}).items()),
            name=str(data.get("name", "")),
            told=str(data.get("told", "")),
            notify=bool(data.get("notify", False)),
            correcting=data.get("correcting"),
            link=data.get("link"),
        )
