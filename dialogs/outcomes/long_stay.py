"""Where the dialog about a long stay ends: the visa of each way with its papers, and what only an authority settles."""

from collections.abc import Sequence
from datetime import date

from dialogs.cards import advice_card
from dialogs.cards.answer import topic_button
from dialogs.cards.asking import ask_card
from dialogs.cards.category import CATEGORY_FACTS, issue_lines, stay_lines
from dialogs.cards.ending import Ending
from dialogs.cards.parts import document_text, fee_lines, titled, warning_lines
from dialogs.cards.room import LONGEST_CARD, length
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.notes import note_lines, note_proof
from dialogs.outcomes.ways_to_stay import DIGITAL_NOMAD, MINOR, RELATIVES, Way, way_of
from dialogs.says import Block, Folded, Heading, Line, Paragraph, Say
from dialogs.situation import Situation
from knowledge.advice import Advice
from knowledge.policy import advise
from knowledge.policy.mission import longest_stay
from knowledge.terms import plus_months
from knowledge.trip import Purpose, Trip

__all__ = [
    "digital_nomad_visa",
    "long_stay_visa",
    "official_passport",
    "residence_visa",
    "visa_for_a_minor",
    "visa_of_a_relative",
]

_FLOW = "long_stay"
_INSIDE = "residence_visa_inside"
_INSIDE_FEES = ("duty_single", "duty_multiple")
_PERMIT_FEE = "duty_residence"
# The form for several entries comes after the e-visa: it is told, with the paper that it asks for.
_AUDIENCES = {DIGITAL_NOMAD: "after_single_evisa"}


def advised(situation: Situation) -> tuple[Advice, Trip]:
    """The advice for the way, and the trip that it judges: never longer than its visa, which can be extended."""
    way, answers = way_of(situation), situation.answers
    longest = longest_stay(situation.knowledge.categories[way.rule.category], way.rule.audience)
    arrival, days = answers.get("when_do_you_arrive"), answers.get("how_many_days_will_you_stay")
    trip = Trip(
        citizenship=str(answers["which_passport_do_you_hold"]),
        purpose=Purpose(str(answers["what_is_the_trip_for"])),
        days=longest if days is None else min(int(str(days)), longest),
        arrival=None if arrival is None else date.fromisoformat(str(arrival)),
    )
    return advise(situation.knowledge, trip, situation.today, way.rule), trip


def long_stay_visa(situation: Situation, voice: Voice, run: int) -> Say:
    """The visa of the way: by an invitation or a petition, with its papers, days and fees."""
    way = way_of(situation)
    days = situation.answers.get("how_many_days_will_you_stay")
    _, trip = advised(situation)
    shorter = ("stay_is_shorter",) if days is not None and int(str(days)) > trip.days else ()
    return _advised_card(situation, way, (*shorter, *way.notes), voice, run)


def residence_visa(situation: Situation, voice: Voice, run: int) -> Say:
    """B8 or B9: from a mission, or inside Kazakhstan once in a while."""
    way = way_of(situation)
    inside = "when_was_last_residence_visa" in situation.answers
    again = _earliest_again(situation)
    notes = (*way.notes, *(("residence_visa_inside",) if inside else ()))
    lines: tuple[Line, ...] = ()
    if again is not None and again > situation.today:
        lines = ((voice.text("stay_note.residence_visa_again", date=voice.date(again)),),)
    paid = (*(_INSIDE_FEES if inside else ()), _PERMIT_FEE)
    fees = fee_lines((situation.knowledge.fees[name].on(situation.today) for name in paid), voice)
    return _advised_card(situation, way, notes, voice, run, (*lines, *fees))


def visa_for_a_minor(situation: Situation, voice: Voice, run: int) -> Say:
    """C11 is given inside Kazakhstan only; how the child enters first is for an authority."""
    notes = ("minor_inside", "minor_enters_first", "own_passport_of_a_child", "child_form_signed", "child_fingerprints")
    return _category_card(situation, MINOR, "visa_for_a_minor", notes, ("entry.children",), voice, run)


def digital_nomad_visa(situation: Situation, voice: Voice, run: int) -> Say:
    """B9-1: the rules contradict themselves about its channel, so the portal must be asked."""
    return _category_card(
        situation, DIGITAL_NOMAD, "digital_nomad_visa", ("nomad_channel",), ("work.nomad",), voice, run
    )


def visa_of_a_relative(situation: Situation, voice: Voice, run: int) -> Say:
    """Relatives may get the category of the one who works, studies or invests; their own papers are not known."""
    code = RELATIVES[str(situation.answers["what_visa_has_the_relative"])]
    notes = ("aifc_simplified",) if code in ("C3", "A5") else ()
    return _category_card(situation, code, "visa_of_a_relative", notes, ("visa.extension",), voice, run, papers=False)


def official_passport(situation: Situation, voice: Voice, run: int) -> Say:
    """A diplomatic or service passport: we hold only a part of the agreements on them."""
    return ask_card(voice.text("warning.official_passport_rules_differ"), (), _FLOW, situation, voice, run)


def _advised_card(
    situation: Situation, way: Way, notes: Sequence[str], voice: Voice, run: int, more: Sequence[Line] = ()
) -> Say:
    """The advice with what the visa gives and what is special; in a long card they are folded, in this order."""
    knowledge, today = situation.knowledge, situation.today
    advice, trip = advised(situation)
    code, audience = way.rule.category, way.rule.audience
    title = voice.text("visa_about.title", category=code)
    stays = stay_lines(knowledge.categories[code], audience, knowledge, voice, today)
    issue = Folded(
        voice.text("visa_about.issue", category=code), issue_lines(knowledge.categories[code], knowledge, voice, today)
    )
    case, told = voice.text("visa_about.special"), (*note_lines(notes, situation, voice), *more)
    special = (Folded(case, told),) if told else ()

    def card(shown: tuple[Block, ...], folded: tuple[Folded, ...]) -> Say:
        return advice_card(
            advice,
            trip,
            knowledge,
            voice,
            run,
            special=shown,
            more=folded,
            cited=note_proof(notes, situation, f"category.{code}", *CATEGORY_FACTS),
            further=tuple((topic_button(knowledge.answers[topic], voice, run),) for topic in way.topics),
            flow=_FLOW,
        )

    say = card((*titled(title, stays), *titled(case, told)), (issue,))
    if _is_too_long(say):
        say = card(titled(case, told), (Folded(title, stays), issue))
    return card((), (*special, Folded(title, stays), issue)) if _is_too_long(say) else say


def _is_too_long(say: Say) -> bool:
    return sum(map(length, say.blocks)) > LONGEST_CARD


def _category_card(
    situation: Situation,
    code: str,
    outcome: str,
    notes: Sequence[str],
    topics: Sequence[str],
    voice: Voice,
    run: int,
    *,
    papers: bool = True,
) -> Say:
    """The card of a category that our facts describe without settling whether this traveller gets it."""
    knowledge = situation.knowledge
    category = knowledge.categories[code]
    named = (*knowledge.general_documents, *category.documents) if papers else knowledge.general_documents
    fees = (knowledge.fees[name].on(situation.today) for name in _INSIDE_FEES)
    blocks: tuple[Block, ...] = (
        Heading(voice.text(f"outcome.{outcome}.verdict", category=code)),
        Paragraph((voice.text(f"outcome.{outcome}.text"),)),
        *titled(
            voice.text("visa_about.title", category=code),
            (
                *stay_lines(category, _AUDIENCES.get(code), knowledge, voice, situation.today),
                *issue_lines(category, knowledge, voice, situation.today),
            ),
        ),
        *titled(voice.text("card.documents"), [(document_text(name, knowledge, voice),) for name in named]),
        *titled(voice.text("card.fees"), fee_lines(fees, voice)),
        *titled(
            voice.text("card.warnings"),
            (
                *note_lines(notes, situation, voice),
                *warning_lines(("unofficial_copy", "consular_fee_unknown"), category.conflicts, voice),
            ),
        ),
        *titled(voice.text("person.title"), contact_lines(knowledge, voice)),
    )
    found = note_proof(notes, situation, f"category.{code}", *CATEGORY_FACTS)
    return Ending(_FLOW, situation, voice, run).say(blocks, found, topics)


def _earliest_again(situation: Situation) -> date | None:
    """The day from which B8 or B9 is given inside Kazakhstan again; None for somebody who never had one."""
    last = situation.answers.get("when_was_last_residence_visa")
    if last is None:
        return None
    months = dict(situation.knowledge.special_rules[_INSIDE].figures)["once_in_months"]
    return plus_months(date.fromisoformat(str(last)), int(months))
