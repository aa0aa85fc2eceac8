"""One invitation as its inviting party sees it."""

from dataclasses import dataclass
from datetime import date

from dialogs.requests.status import Status

__all__ = ["Change", "Request"]


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the way. `detail` is the number of an issued invitation, the ground of a refusal, or what to mend."""

    status: Status
    on: date
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """An invitation by its reference, with its way so far, oldest first. It holds no personal data."""

    reference: str
    category: str
    guests: int
    first_day: date
    history: tuple[Change, ...]

    @property
    def now(self) -> Change:
        """The last step."""
        return self.history[-1]
