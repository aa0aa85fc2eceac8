"""The card of an e-visa check: whether this passport can get one, by which list, on which conditions."""

from dialogs.buttons import tap
from dialogs.cards.parts import condition_text, fee_lines, share_button, sources, titled, warning_lines
from dialogs.cards.room import fitted
from dialogs.deeplink import country_start
from dialogs.formats import Voice
from dialogs.says import Block, Bold, Button, Fact, Facts, Folded, Heading, Line, Paragraph, Say
from dialogs.wire import Action
from knowledge.base import KnowledgeBase
from knowledge.evisa import EvisaCheck, EvisaVerdict
from knowledge.regimes import SpecialRule

__all__ = ["evisa_card", "evisa_verdict", "list_facts"]

# Conditions come with the decisive ones first: the invitation, one entry, airports.
_CONDITIONS_FIRST = 3


def evisa_card(check: EvisaCheck, knowledge: KnowledgeBase, voice: Voice, run: int = 0, *, whole: bool = False) -> Say:
    """What the lists say about a passport. `run` marks the buttons; it matters in a conversation only.

    `whole` is for a place without the limits of a messenger.
    """
    categories = tuple((Bold(code), f" – {voice.text(f'category.{code}')}") for code in check.categories)
    conditions: list[Line] = [(condition_text(name, knowledge, voice),) for name in check.conditions]
    first, others = conditions[:_CONDITIONS_FIRST], conditions[_CONDITIONS_FIRST:]
    blocks: tuple[Block, ...] = (
        Heading(voice.text(f"evisa_verdict.{evisa_verdict(check, knowledge)}")),
        Facts((*_passport(check, voice), *list_facts(check, knowledge, voice))),
        *titled(voice.text("card.conditions"), first),
        *titled(voice.text("card.fees"), fee_lines(check.fees, voice)),
        *titled(voice.text("card.warnings"), warning_lines(check.warnings, check.conflicts, voice)),
        Paragraph((voice.text("card.not_official"),)),
    )
    folded = (
        Folded(voice.text("card.more_conditions"), tuple(others)),
        Folded(voice.text("card.evisa_categories"), categories),
    )
    lists = tuple(part for part in folded if part.lines)
    shown = fitted(blocks, lists, sources(check.sources, knowledge, voice), voice, whole=whole)
    return Say(shown, _buttons(check, voice, run))


def evisa_verdict(check: EvisaCheck, knowledge: KnowledgeBase) -> str:
    """What the check comes to, by the name of its text: the verdict of the lists, or why they do not matter."""
    if check.citizen:
        return "citizen"
    if check.visa_free is not None and check.visa_free.days is not None:
        return "visa_free"
    if check.verdict is EvisaVerdict.NO and _listed_until(check, knowledge) is not None:
        return "ended"
    return check.verdict.value


def _passport(check: EvisaCheck, voice: Voice) -> tuple[Fact, ...]:
    passport = Fact(voice.text("question.which_passport_do_you_hold.label"), (voice.country(check.country),))
    if check.visa_free is None or check.visa_free.days is None:
        return (passport,)
    return passport, Fact(voice.text("card.visa_free_stay"), (voice.days(check.visa_free.days),))


def _listed_until(check: EvisaCheck, knowledge: KnowledgeBase) -> SpecialRule | None:
    """The rule that opens the e-visa for some categories and a time, where the newest list has the passport by it."""
    newest = _newest(check)
    limited = next((edition.limited for edition in knowledge.evisa_editions if edition.id == newest), ())
    rule = dict(limited).get(check.country)
    return None if rule is None else knowledge.special_rules[rule]


def _newest(check: EvisaCheck) -> str | None:
    """The id of the newest list known on the day of the check."""
    return check.listed[-1][0] if check.listed else None


def list_facts(check: EvisaCheck, knowledge: KnowledgeBase, voice: Voice) -> tuple[Fact, ...]:
    """What each list says of the passport, and the last day of a rule that opens the e-visa for a time."""
    if check.citizen:
        return ()
    rows: list[Fact] = []
    if check.limit is not None and check.limit.validity.end is not None:
        rows.append(Fact(voice.text("card.last_day"), (voice.date(check.limit.validity.end),)))
    editions = {edition.id: edition for edition in knowledge.evisa_editions}
    for id_, named in check.listed:
        label = voice.text("card.evisa_list", date=voice.date(editions[id_].as_of))
        rows.append(Fact(label, (_standing(id_, named, check, knowledge, voice),)))
    return tuple(rows)


def _standing(edition: str, named: bool, check: EvisaCheck, knowledge: KnowledgeBase, voice: Voice) -> str:
    """What one edition says of the passport; a row that holds for a time is not called "on the list" without it."""
    rule = _listed_until(check, knowledge)
    if named and rule is not None and rule.validity.end and edition == _newest(check):
        day = voice.date(rule.validity.end)
        return voice.text("answer.listed_until", categories=", ".join(rule.categories), date=day)
    return voice.text("answer.listed" if named else "answer.not_listed")


def _buttons(check: EvisaCheck, voice: Voice, run: int) -> tuple[tuple[Button, ...], ...]:
    guide = ((tap(voice, "flow.evisa_guide.title", run, Action.GO, "evisa_guide"),),)
    return (
        *(guide if check.verdict is EvisaVerdict.YES and check.visa_free is None else ()),
        (tap(voice, "flow.which_visa.title", run, Action.GO, "which_visa"),),
        (tap(voice, "button.another_country", run, Action.EDIT, "which_passport_do_you_hold"),),
        (
            tap(voice, "button.ask_a_person", run, Action.PERSON),
            share_button(voice, "share.evisa_check", country_start(check.country)),
        ),
        (tap(voice, "button.menu", run, Action.MENU), tap(voice, "button.language", run, Action.LANGUAGES)),
    )
