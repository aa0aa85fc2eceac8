"""How the holder of an ordinary passport enters for a short stay, in one word."""

from knowledge.advice import Outcome
from knowledge.evisa import EvisaCheck, EvisaVerdict
from knowledge.policy.visa import passport_in_hand_decides
from knowledge.regimes import Regime, RegimeKind

__all__ = ["way_in"]


def way_in(check: EvisaCheck, regime: Regime | None) -> Outcome:
    """The way in by the check and the `regime` of the same passport and day; None where no rule covers the day."""
    if check.citizen:
        return Outcome.CITIZEN
    if check.visa_free is not None:
        return Outcome.VISA_FREE
    if regime is None or not regime.sources or regime.kind is RegimeKind.VISA_FREE:
        return Outcome.ASK_AUTHORITY  # no source, or a visa-free stay of unknown length
    if passport_in_hand_decides(regime):
        return Outcome.ASK_AUTHORITY
    if check.verdict is EvisaVerdict.UNKNOWN:
        return Outcome.ASK_AUTHORITY
    return Outcome.EVISA if check.verdict in (EvisaVerdict.YES, EvisaVerdict.LIMITED) else Outcome.VISA
