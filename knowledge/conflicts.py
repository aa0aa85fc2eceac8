"""Where sources disagree: what each says, which one is served, and why."""

from dataclasses import dataclass

__all__ = ["Claim", "Conflict"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What some of the sources say. `value` is the claim in short, in English, for staff and maintainers."""

    id: str
    value: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A disagreement, told to the traveller in the words of `conflict.<id>`.

    `served` is the id of the claim that answers rest on, None where none is safe and both are told.
    `why` gives the reason in English, for staff and maintainers.
    """

    id: str
    topic: str
    claims: tuple[Claim, ...]
    served: str | None
    why: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources of all claims, each once, in order."""
        return tuple(dict.fromkeys(source for claim in self.claims for source in claim.sources))
