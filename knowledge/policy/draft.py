"""An advice in the making: what was used and said on the way to the verdict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from knowledge.advice import Advice, Alternative, Outcome, Reason
from knowledge.base import KnowledgeBase
from knowledge.deadlines import Deadline
from knowledge.facts import Confidence, weakest
from knowledge.fees import Fee
from knowledge.regimes import Regime, Window
from knowledge.timeline import Arrival

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """Gathers proof and warnings; `conclude` seals it. Ids keep the order in which they were added, without repeats."""

    kb: KnowledgeBase
    path: list[Reason] = field(default_factory=list)
    warnings: dict[str, None] = field(default_factory=dict)
    alternatives: list[Alternative] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
    conflicts: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    confidences: list[Confidence] = field(default_factory=list)
    arrival: Arrival | None = None

    def because(self, reason: str, **values: str | int) -> None:
        """Add a step of the way: `reason.<id>` and its values."""
        self.path.append(Reason(reason, tuple(values.items())))

    def warn(self, *ids: str) -> None:
        """Add warnings the traveller must see."""
        self.warnings.update(dict.fromkeys(ids))

    def offer(self, *alternatives: Alternative) -> None:
        """Add other ways that the facts leave open, each once."""
        self.alternatives.extend(way for way in alternatives if way not in self.alternatives)

    def cite(self, sources: Iterable[str]) -> None:
        """Name documents behind what is said; the first ones are the most important."""
        self.sources.update(dict.fromkeys(sources))

    def lead_with(self, sources: Iterable[str]) -> None:
        """Name these documents before all others."""
        self.sources = {**dict.fromkeys(sources), **self.sources}

    def rest_on(self, sources: Iterable[str], confidence: Confidence) -> None:
        """Use a fact: the verdict is no surer than it."""
        self.cite(sources)
        self.confidences.append(confidence)

    def dispute(self, conflict: str) -> None:
        """Tell that sources disagree here, naming the documents of every side; the verdict is not sure then."""
        self.conflicts[conflict] = None
        self.rest_on(self.kb.conflicts[conflict].sources, Confidence.MEDIUM)

    def rest_on_regime(self, regime: Regime) -> None:
        """Use the entry regime, with what must be told about it."""
        self.rest_on(regime.sources, regime.confidence)
        self.notes.update(dict.fromkeys(regime.notes))
        if regime.conflict is not None:
            self.conflicts[regime.conflict] = None

    def conclude(
        self,
        outcome: Outcome,
        *,
        category: str | None = None,
        max_stay_days: int | None = None,
        windows: tuple[Window, ...] = (),
        needs_invitation: bool | None = None,
        documents: Sequence[str] = (),
        steps: Sequence[str] = (),
        deadlines: Sequence[Deadline] = (),
        fees: Sequence[Fee] = (),
    ) -> Advice:
        """Seal the draft. Its confidence is that of the weakest fact; doubt is said in the first warnings.

        Notes of the regime are about entry without a visa: with a visa they would mislead.
        """
        confidence = weakest(self.confidences)
        doubts = ["low_confidence"] if confidence is Confidence.LOW else []
        if self.conflicts:
            doubts.append("sources_disagree")
        return Advice(
            outcome=outcome,
            category=category,
            max_stay_days=max_stay_days,
            windows=windows,
            needs_invitation=needs_invitation,
            alternatives=tuple(self.alternatives),
            documents=tuple(documents),
            steps=tuple(steps),
            deadlines=tuple(deadlines),
            fees=tuple(fees),
            warnings=(*doubts, *self.warnings),
            confidence=confidence,
            sources=tuple(self.kb.sources[source] for source in self.sources),
            path=tuple(self.path),
            notes=() if outcome in (Outcome.EVISA, Outcome.VISA) else tuple(self.notes),
            conflicts=tuple(self.conflicts),
            arrival=self.arrival,
        )
