"""What a check has to say: one finding a thing, errors first."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Finding", "Severity", "in_order"]


class Severity(StrEnum):
    """How much a finding matters: an error must be repaired, a warning looked at, a notice known."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the maintainers should know. `thing` is the fact or the answer, such as `special_rule.pk_b3`."""

    severity: Severity
    thing: str
    message: str
    repair: str

    def __str__(self) -> str:
        return f"{self.severity.value}: {self.thing}: {self.message}; {self.repair}"


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors first, then by thing; findings about one thing stay in the order in which they were found."""
    return tuple(sorted(findings, key=lambda finding: (_ORDER.index(finding.severity), finding.thing)))
