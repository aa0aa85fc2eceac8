"""When our sources do not settle a trip: who does, and what is open meanwhile."""

from knowledge.advice import Advice, Alternative, Outcome
from knowledge.facts import Confidence
from knowledge.policy.case import Case
from knowledge.policy.draft import Draft
from knowledge.policy.mission import longest_stay

__all__ = ["ask_authority", "ask_with_category", "visa_of_purpose"]


def ask_authority(draft: Draft) -> Advice:
    """The verdict that we do not know: a mission or the contact centre does. However sure the facts, it is not."""
    draft.confidences.append(Confidence.MEDIUM)
    return draft.conclude(Outcome.ASK_AUTHORITY, steps=("ask_authority", "book_after_answer"))


def ask_with_category(case: Case, draft: Draft) -> Advice:
    """The same, naming the visa of the purpose as a way where it allows the stay."""
    draft.rest_on(case.category.sources, case.category.confidence)
    if longest_stay(case.category, case.rule.audience) >= case.trip.days:
        draft.offer(visa_of_purpose(case))
    return ask_authority(draft)


def visa_of_purpose(case: Case) -> Alternative:
    """A visa of the category that fits the purpose, with its longest stay."""
    return Alternative(
        Outcome.VISA, case.category.code, "visa_of_purpose", longest_stay(case.category, case.rule.audience)
    )
