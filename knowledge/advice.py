"""What the assistant advises for a trip: a conclusion with its proof."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.deadlines import Deadline
from knowledge.facts import Confidence, Source
from knowledge.fees import Fee
from knowledge.regimes import Window
from knowledge.timeline import Arrival

__all__ = ["Advice", "Alternative", "Outcome", "Reason"]


class Outcome(StrEnum):
    """The verdict. `ask_authority` means that our sources do not settle it."""

    CITIZEN = "citizen"
    VISA_FREE = "visa_free"
    EVISA = "evisa"
    VISA = "visa"
    ASK_AUTHORITY = "ask_authority"


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way that the facts leave open. `condition` is a catalogue id (`alternative.<condition>`)."""

    outcome: Outcome
    category: str | None
    condition: str
    max_stay_days: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the way to the verdict: a catalogue id (`reason.<id>`) and its values, already plain."""

    id: str
    values: tuple[tuple[str, str | int], ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer to a trip.

    `category` is the visa category that fits the purpose, None for citizens and visa-free stays.
    `max_stay_days` is the longest stay of the advised way, None where unknown or unlimited (citizens).
    `windows` are the rolling limits of a visa-free stay. `needs_invitation` is None where no visa is involved.
    `documents`, `steps` and `warnings` are ids of catalogue texts (`document.*`, `step.*`, `warning.*`), in order.
    `path` tells why, in order; it is never empty, and neither is `sources`.
    `arrival` is what the days were counted from: the timeline goes on from it when more becomes known.
    `notes` (`regime_note.*`) and `conflicts` (`conflict.*`) are what must be told about the facts behind it.
    """

    outcome: Outcome
    category: str | None
    max_stay_days: int | None
    windows: tuple[Window, ...]
    needs_invitation: bool | None
    alternatives: tuple[Alternative, ...]
    documents: tuple[str, ...]
    steps: tuple[str, ...]
    deadlines: tuple[Deadline, ...]
    fees: tuple[Fee, ...]
    warnings: tuple[str, ...]
    confidence: Confidence
    sources: tuple[Source, ...]
    path: tuple[Reason, ...]
    notes: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    arrival: Arrival | None = None
