"""Where the dialog about a visa inside Kazakhstan ends: who asks for what, by when, with which papers and duty."""

from collections.abc import Iterator

from dialogs.cards.category import ASK_THEMSELVES
from dialogs.cards.days import day_lines
from dialogs.cards.ending import Ending
from dialogs.cards.inside import doubts, duties, longest_extension, told
from dialogs.cards.parts import document_text, titled, warning_lines
from dialogs.cited import proof
from dialogs.formats import Voice
from dialogs.inside import category_held, extension_days, visa_end
from dialogs.says import Block, Fact, Facts, Heading, Line, Paragraph, Say
from dialogs.situation import Situation
from dialogs.wire import Action
from knowledge.categories import Category, Extension, Issuer
from knowledge.deadlines import Deadline
from knowledge.timeline import Events, timeline

__all__ = [
    "evisa_not_extended",
    "extension_not_known",
    "extension_now",
    "extension_too_early",
    "extension_too_late",
]

_FLOW = "visa_inside"
_PAPERS = ("application_form", "passport", "fee_receipt")
_DAYS = frozenset({"extension_earliest", "extension_latest", "leave_by_visa"})
_SERVICE = ("statement.egov_how", "statement.eds_requests", "statement.egov_who", "deadline.visa_issue")
_EXTENSION = ("statement.extension_asked_by", "deadline.extension_earliest", "deadline.extension_latest", *_SERVICE)
_DUTIES = ("duty_single", "duty_multiple")


def extension_now(situation: Situation, voice: Voice, run: int) -> Say:
    """The days for asking are here."""
    return _extension("extension_now", situation, voice, run)


def extension_too_early(situation: Situation, voice: Voice, run: int) -> Say:
    """The first day for asking is still to come."""
    return _extension("extension_too_early", situation, voice, run)


def extension_too_late(situation: Situation, voice: Voice, run: int) -> Say:
    """The last day for asking has passed, the visa has not."""
    return _extension("extension_too_late", situation, voice, run)


def evisa_not_extended(situation: Situation, voice: Voice, run: int) -> Say:
    """An e-visa is not extended, as far as one page of an embassy goes."""
    return _no_extension("evisa_not_extended", ("special_rule.evisa_not_extendable",), situation, voice, run)


def extension_not_known(situation: Situation, voice: Voice, run: int) -> Say:
    """The order as read gives no extension for the category; another reading of it may."""
    facts = ("category.B3", "category.B10", "category.B12", "statement.extension_asked_by")
    return _no_extension("extension_not_known", facts, situation, voice, run)


def _extension(name: str, situation: Situation, voice: Voice, run: int) -> Say:
    """How the visa is extended; `name` tells whether the days for asking are ahead, here or over."""
    ending, category = Ending(_FLOW, situation, voice, run), category_held(situation)
    if category is None or category.extension is None:
        return extension_not_known(situation, voice, run)
    alone = category.code in ASK_THEMSELVES
    of_ministry = Issuer.MFA in category.issuers and Issuer.MIGRATION_SERVICE not in category.issuers
    who = "you_ask" if alone else "inviter_asks"
    steps = (who, *(("at_the_ministry",) if of_ministry else ("online", "or_at_the_counter", "pay_the_duty")), "wait")
    first = ("ask_at_once",) if name == "extension_too_late" else ()
    blocks: tuple[Block, ...] = (
        Heading(voice.text(f"outcome.{name}.title")),
        Facts(tuple(_of_extension(category, category.extension, situation, voice, alone=alone))),
        *titled(voice.text("card.deadlines"), day_lines(_days(situation), voice)),
        *titled(voice.text("card.steps"), told("extension", (*first, *steps), situation, voice), numbered=True),
        *titled(voice.text("outcome.extension.papers"), list(_papers(category, situation, voice))),
        *titled(voice.text("card.fees"), () if of_ministry else duties(_DUTIES, situation, voice)),
        *titled(
            voice.text("card.warnings"),
            doubts(tuple(_extension_notes(category)), (*category.conflicts, "visa_issue_time"), situation, voice),
        ),
    )
    facts = (*_EXTENSION, f"category.{category.code}", *(f"fee.{duty}" for duty in _DUTIES))
    found = proof(facts, situation.knowledge, situation.today)
    return ending.say(blocks, found, ("visa.extension", "service.eds"))


def _no_extension(name: str, facts: tuple[str, ...], situation: Situation, voice: Voice, run: int) -> Say:
    ending = Ending(_FLOW, situation, voice, run)
    blocks: tuple[Block, ...] = (
        Heading(voice.text(f"outcome.{name}.title")),
        Paragraph((voice.text(f"outcome.{name}.text"),)),
        *titled(voice.text("card.steps"), told("no_extension", ("confirm", "leave", "new_visa"), situation, voice)),
        *titled(voice.text("card.warnings"), warning_lines(("unofficial_copy",), (), voice)),
    )
    which_visa = ending.button("flow.which_visa.title", Action.GO, "which_visa")
    found = proof((*facts, "contact.contact_centre_short"), situation.knowledge, situation.today)
    return ending.say(blocks, found, ("visa.extension",), which_visa)


def _of_extension(
    category: Category, extension: Extension, situation: Situation, voice: Voice, *, alone: bool
) -> Iterator[Fact]:
    until = visa_end(situation)
    yield Fact(voice.text("card.category"), (f"{category.code} – {voice.text(f'category.{category.code}')}",))
    if until is not None:
        yield Fact(voice.text("question.when_does_your_visa_end.label"), (voice.date(until),))
    yield longest_extension(extension, voice)
    yield Fact(voice.text("outcome.extension.who"), (voice.text("who.traveller" if alone else "who.inviter"),))


def _days(situation: Situation) -> tuple[Deadline, ...]:
    """The first and the last day for asking, and the day to leave by if it is not granted."""
    known = extension_days(situation)
    if known is None:
        return ()
    found = timeline(situation.knowledge, Events(visa_until=visa_end(situation)), situation.today)
    return tuple(day for day in found if day.what in _DAYS)


def _papers(category: Category, situation: Situation, voice: Voice) -> Iterator[Line]:
    for name in (*_PAPERS, *category.documents):
        yield (document_text(name, situation.knowledge, voice),)


def _extension_notes(category: Category) -> Iterator[str]:
    yield "extension.who_on_egov"
    if "extension_single_only" in category.notes:
        yield "extension.single_only"
