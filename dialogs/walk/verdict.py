"""What a person is told at the end of a way, in a few plain words that can be compared."""

from dialogs.formats import Voice
from dialogs.outcomes import OUTCOMES
from dialogs.says import Heading
from dialogs.situation import Situation
from dialogs.texts import Texts
from knowledge.advice import Advice, Outcome
from knowledge.language import Language
from knowledge.policy import advise, check_evisa
from knowledge.policy.entry import safe_days

__all__ = ["verdict_of"]

_ADVISED = "advice"
_CHECKED = "evisa"


def verdict_of(end: str, situation: Situation, texts: Texts) -> str:
    """The verdict, category, stay and confidence of an advice; of another outcome its name and its heading."""
    if end == _ADVISED:
        return _of_advice(advise(situation.knowledge, situation.trip(), situation.today))
    if end == _CHECKED:
        country = str(situation.answers["which_passport_do_you_hold"])
        check = check_evisa(situation.knowledge, country, situation.today)
        free = "" if check.visa_free is None else f", {safe_days(check.visa_free)} days without a visa"
        return f"e-visa {check.verdict.value}{free} ({check.confidence.value})"
    card = OUTCOMES[end](situation, Voice(texts, Language.EN), 1)
    heading = next((block.text for block in card.blocks if isinstance(block, Heading)), "")
    return f"{end}: {heading}" if heading else end


def _of_advice(advice: Advice) -> str:
    parts = [advice.outcome.value if advice.outcome is not Outcome.VISA else "visa at a mission"]
    if advice.category is not None:
        parts.append(advice.category)
    if advice.max_stay_days is not None:
        parts.append(f"{advice.max_stay_days} days")
    return f"{' '.join(parts)} ({advice.confidence.value})"
