"""The ways on from an advice: what its papers are, and the dialog about a stay that is longer than a visit."""

from dialogs.buttons import tap
from dialogs.formats import Voice
from dialogs.says import Button
from dialogs.wire import Action
from knowledge.advice import Advice, Outcome
from knowledge.policy.purposes import PURPOSE_RULES, PurposeClass
from knowledge.trip import Purpose, Trip

__all__ = ["needs_rows"]

_TOO_LONG = frozenset({"longer_than_visa_free", "longer_than_category", "visa_free_days_disputed"})
_LONGER_THAN_A_VISIT = frozenset({PurposeClass.STAY, PurposeClass.PAID_WORK})
_BY_VISA = frozenset({Outcome.EVISA, Outcome.VISA})


def needs_rows(advice: Advice, trip: Trip, voice: Voice, run: int) -> tuple[tuple[Button, ...], ...]:
    """Answers on what a visa asks for, transit where it is the purpose, and the dialog about a long stay."""
    return (
        *(_about_the_visa(advice, voice, run) if advice.outcome in _BY_VISA else ()),
        *(((_topic(voice, "transit", run, "entry", "transit"),),) if trip.purpose is Purpose.TRANSIT else ()),
        *(
            ((tap(voice, "flow.long_stay.title", run, Action.GO, "long_stay"),),)
            if _is_long(advice, trip) and advice.outcome is not Outcome.CITIZEN
            else ()
        ),
    )


def _about_the_visa(advice: Advice, voice: Voice, run: int) -> tuple[tuple[Button, ...], ...]:
    electronic = advice.outcome is Outcome.EVISA
    invitation = (_topic(voice, "invitation", run, "invitation", "what-is"),) if advice.needs_invitation else ()
    return (
        (*invitation, _topic(voice, "photo", run, "visa", "photo")),
        (
            _topic(voice, "passport", run, *(("evisa", "passport") if electronic else ("visa", "documents"))),
            _topic(voice, "fee", run, *(("evisa", "fees") if electronic else ("visa", "fees"))),
            _topic(voice, "child", run, "entry", "children"),
        ),
    )


def _topic(voice: Voice, name: str, run: int, group: str, answer: str) -> Button:
    return tap(voice, f"button.about_{name}", run, Action.TOPIC, group, answer)


def _is_long(advice: Advice, trip: Trip) -> bool:
    """Whether the trip is for work, study or life here, or too long for a visit."""
    kind = PURPOSE_RULES[trip.purpose].kind
    return kind in _LONGER_THAN_A_VISIT or any(reason.id in _TOO_LONG for reason in advice.path)
