"""The card of an advice: the verdict first, then what follows from it, the proof folded below."""

from collections.abc import Iterable, Sequence

from dialogs.buttons import tap
from dialogs.cards.days import day_text
from dialogs.cards.parts import (
    deadline_text,
    document_text,
    fee_lines,
    note_text,
    reason_text,
    share_button,
    sources,
    titled,
    warning_lines,
    window_text,
)
from dialogs.cards.room import fitted
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.says import Block, Button, Fact, Facts, Folded, Heading, Line, Paragraph, Say
from dialogs.wire import Action
from knowledge.advice import Advice, Alternative, Outcome
from knowledge.base import KnowledgeBase
from knowledge.facts import Source
from knowledge.trip import Trip

__all__ = ["advice_card", "verdict_key"]

_TOO_LONG = "longer_than_category"
_DECISION_EXPECTED, _DECIDED_LATEST = "decision_expected", "decision_latest"
_EVISA_WORTH_A_LOOK = frozenset({Outcome.EVISA, Outcome.VISA, Outcome.ASK_AUTHORITY})


def advice_card(
    advice: Advice,
    trip: Trip,
    knowledge: KnowledgeBase,
    voice: Voice,
    run: int = 0,
    *,
    whole: bool = False,
    special: Sequence[Block] = (),
    more: Sequence[Folded] = (),
    cited: Iterable[Source] = (),
    further: tuple[tuple[Button, ...], ...] = (),
    flow: str = "which_visa",
) -> Say:
    """What the assistant advises for `trip`. `run` marks the buttons; it matters in a conversation only.

    `special` is what else is told of this traveller, `more` what gives way where there is no room, and `cited` the
    documents behind both; `further` are buttons before those of every advice. `flow` is the dialog that begins anew.

    `whole` is for a place without the limits of a messenger.
    """
    citizen = advice.outcome is Outcome.CITIZEN
    blocks: tuple[Block, ...] = (
        Heading(voice.text(verdict_key(advice))),
        *(() if citizen else (Paragraph((_trip_line(trip, voice),)),)),
        *_facts(advice, voice),
        *special,
        *titled(voice.text("card.alternatives"), [_alternative(way, voice) for way in advice.alternatives]),
        *titled(voice.text("card.documents"), [(document_text(name, knowledge, voice),) for name in advice.documents]),
        *titled(voice.text("card.steps"), [(voice.text(f"step.{step}"),) for step in advice.steps], numbered=True),
        *_deadlines(advice, voice),
        *titled(voice.text("card.fees"), fee_lines(advice.fees, voice)),
        *titled(voice.text("card.warnings"), _warnings(advice, knowledge, voice)),
        *_who_answers(advice, knowledge, voice),
        Paragraph((voice.text("card.not_official"),)),
    )
    why = Folded(voice.text("card.why"), tuple((reason_text(reason, voice),) for reason in advice.path))
    documents = sources(dict.fromkeys((*advice.sources, *cited)), knowledge, voice)
    shown = fitted(blocks, (*more, why), documents, voice, whole=whole)
    return Say(shown, (*further, *_buttons(advice, voice, run, flow)))


def _who_answers(advice: Advice, knowledge: KnowledgeBase, voice: Voice) -> tuple[Block, ...]:
    """Whom to ask, where the assistant cannot settle it."""
    if advice.outcome is not Outcome.ASK_AUTHORITY:
        return ()
    return titled(voice.text("person.title"), contact_lines(knowledge, voice))


def verdict_key(advice: Advice) -> str:
    """The text id of the verdict. A trip that is too long for every visa of its purpose is no riddle: it says so."""
    too_long = any(reason.id == _TOO_LONG for reason in advice.path)
    return "verdict.too_long" if too_long and advice.outcome is Outcome.ASK_AUTHORITY else f"verdict.{advice.outcome}"


def _trip_line(trip: Trip, voice: Voice) -> str:
    parts = [voice.country(trip.citizenship), voice.text(f"purpose.{trip.purpose}"), voice.days(trip.days)]
    if trip.arrival is not None:
        parts.append(voice.text("card.arrival", date=voice.date(trip.arrival)))
    return " · ".join(parts)


def _facts(advice: Advice, voice: Voice) -> tuple[Block, ...]:
    rows: list[Fact] = []
    if advice.category is not None:
        rows.append(Fact(voice.text("card.category"), (_category(advice.category, voice),)))
    if advice.max_stay_days is not None:
        rows.append(Fact(voice.text("card.stay"), (voice.days(advice.max_stay_days),)))
    rows += [Fact(voice.text("card.window"), (window_text(window, voice),)) for window in advice.windows]
    if advice.needs_invitation is not None:
        answer = voice.text("answer.needed" if advice.needs_invitation else "answer.not_needed")
        rows.append(Fact(voice.text("card.invitation"), (answer,)))
    return (Facts(tuple(rows)),) if rows else ()


def _category(code: str, voice: Voice) -> str:
    return f"{code} – {voice.text(f'category.{code}')}"


def _alternative(way: Alternative, voice: Voice) -> Line:
    name = voice.text(f"way.{way.outcome}")
    code = "" if way.category is None else f" {way.category}"
    stay = "" if way.max_stay_days is None else f" ({voice.days(way.max_stay_days)})"
    return (f"{name}{code}{stay} – ", voice.text(f"alternative.{way.condition}"))


def _deadlines(advice: Advice, voice: Voice) -> tuple[Block, ...]:
    """The days in order; the decision on the invitation is one line with both its days, which saves room."""
    named = {deadline.what: deadline for deadline in advice.deadlines}
    latest = named.get(_DECIDED_LATEST)
    lines: list[Line] = []
    for deadline in advice.deadlines:
        if deadline.what == _DECIDED_LATEST:
            continue
        if deadline.what == _DECISION_EXPECTED and latest is not None:
            label = voice.text("timeline.decision", start=voice.date(deadline.counted_from))
            lines.append((f"{label}: ", *day_text(deadline, voice), " – ", *day_text(latest, voice)))
        else:
            lines.append((f"{deadline_text(deadline, voice)}: ", *day_text(deadline, voice)))
    return titled(voice.text("card.deadlines"), lines)


def _warnings(advice: Advice, knowledge: KnowledgeBase, voice: Voice) -> tuple[Line, ...]:
    notes = tuple((note_text(note, knowledge, voice),) for note in advice.notes)
    return (*warning_lines(advice.warnings, advice.conflicts, voice), *notes)


def _buttons(advice: Advice, voice: Voice, run: int, flow: str) -> tuple[tuple[Button, ...], ...]:
    check = ((tap(voice, "flow.evisa_check.title", run, Action.GO, "evisa_check"),),)
    keep = ((tap(voice, "button.calendar", run, Action.CALENDAR),),)
    return (
        *(check if advice.outcome in _EVISA_WORTH_A_LOOK else ()),
        *(keep if any(not deadline.past for deadline in advice.deadlines) else ()),
        (tap(voice, "button.change_something", run, Action.CHANGES),),
        (
            tap(voice, "button.ask_a_person", run, Action.PERSON),
            share_button(voice, "share.which_visa", "visa"),
        ),
        (
            tap(voice, "button.restart", run, Action.START, flow),
            tap(voice, "button.menu", run, Action.MENU),
            tap(voice, "button.language", run, Action.LANGUAGES),
        ),
    )
