"""Policy: facts and a trip in, a verdict with its proof out. Pure functions; today is an argument."""

from knowledge.policy.advise import advise
from knowledge.policy.case import UnknownCountryError
from knowledge.policy.evisa_check import check_evisa

__all__ = ["UnknownCountryError", "advise", "check_evisa"]
