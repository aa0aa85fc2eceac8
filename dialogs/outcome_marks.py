"""What an outcome comes to, in a few values that can be kept and compared when the rules change."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from dialogs.answer import Answer
from dialogs.formats import Voice
from dialogs.replay import replay, situation_at
from dialogs.says import Line
from dialogs.situation import Situation
from dialogs.tree import Flow
from dialogs.world import World
from knowledge.advice import Advice
from knowledge.policy import advise, check_evisa

__all__ = ["Mark", "differences", "mark_of"]

Mark = Mapping[str, str]
"""Values of an outcome by name: `verdict` (a text id), `category`, `stay`, `invitation`, `papers`, `fees`."""


def mark_of(flow: Flow, answers: Mapping[str, Answer], world: World) -> Mark:
    """The mark of the outcome that `answers` lead to; of a question, only that there is none yet."""
    position = replay(flow, answers, world)
    values = {"end": position.end or ""}
    if position.end is not None and position.end in _MARKS:
        values |= _MARKS[position.end](situation_at(flow, answers, world))
    return values


def differences(before: Mark, now: Mark, voice: Voice) -> Iterator[Line]:
    """Each value that is another one, in words: what it was, and what it is."""
    for name in ("verdict", "category", "stay", "invitation", "papers", "fees"):
        was, became = before.get(name, ""), now.get(name, "")
        if was != became:
            yield (voice.text(f"mark.{name}", was=_shown(name, was, voice), now=_shown(name, became, voice)),)


def _advice(situation: Situation) -> Mark:
    return _of(advise(situation.knowledge, situation.trip(), situation.today))


def _of(advice: Advice) -> Mark:
    fees = ",".join(f"{fee.id} {'' if fee.amount is None else fee.amount}".strip() for fee in advice.fees)
    invitation = "" if advice.needs_invitation is None else ("needed" if advice.needs_invitation else "not_needed")
    return {
        "verdict": f"verdict.{advice.outcome}",
        "category": advice.category or "",
        "stay": "" if advice.max_stay_days is None else str(advice.max_stay_days),
        "invitation": invitation,
        "papers": ",".join(advice.documents),
        "fees": fees,
    }


def _evisa(situation: Situation) -> Mark:
    check = check_evisa(situation.knowledge, str(situation.answers["which_passport_do_you_hold"]), situation.today)
    return {"verdict": f"evisa_verdict.{check.verdict}", "category": ",".join(check.categories)}


def _shown(name: str, value: str, voice: Voice) -> str:
    if not value:
        return "–"
    match name:
        case "verdict":
            return voice.text(value)
        case "stay":
            return voice.days(int(value))
        case "invitation":
            return voice.text(f"answer.{value}")
        case "papers" | "fees":
            return voice.count("mark.items", len(value.split(",")))
    return value


_MARKS: Mapping[str, Callable[[Situation], Mark]] = MappingProxyType({"advice": _advice, "evisa": _evisa})
"""Outcomes that rest on dated rules; of the others only the name is compared."""
