"""The card of an invitation that was just handed over: its reference, what happens next, papers, duty, days."""

from collections.abc import Iterator, Sequence
from datetime import date

from dialogs.buttons import tap
from dialogs.cards.ahead import ahead_blocks, request_facts
from dialogs.cards.answer import topic_button
from dialogs.cards.parts import document_text, fee_lines, sources, titled
from dialogs.cards.room import fitted
from dialogs.formats import Voice
from dialogs.requests import Request
from dialogs.requests.dates import Step, sources_behind, steps_ahead
from dialogs.says import Block, Bold, Button, CopyText, Heading, Line, Paragraph, Say
from dialogs.wire import Action
from knowledge.base import KnowledgeBase
from knowledge.documents import Document

__all__ = ["handed_over_card"]

_STEPS = ("checked", "to_the_portal", "told")
_DUTY = "duty_invitation"
_COMPANY = "legal_entity"
_TOPICS = ("invitation.status", "invitation.fee")
_WHO_MAY = "who_may_invite"
_INVITERS = "portal_inviters"


def handed_over_card(
    request: Request,
    objections: Sequence[str],
    knowledge: KnowledgeBase,
    voice: Voice,
    run: int,
    today: date,
    *,
    company: bool,
) -> Say:
    """What was handed over and what comes of it. `objections` are doubts that the person has confirmed, in words."""
    steps = steps_ahead(request, knowledge, today)
    papers = tuple(_papers(request, knowledge, company=company))
    fee = knowledge.fees[_DUTY].on(today)
    warnings: tuple[Line, ...] = (
        *((words,) for words in objections),
        *_notes(request, knowledge, voice),
        (voice.text(f"conflict.{_INVITERS}"),),
    )
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.invitation_handed_over.verdict")),
        Paragraph((Bold(request.reference),)),
        request_facts(request, voice),
        *titled(voice.text("card.steps"), [(voice.text(f"next_step.{step}"),) for step in _STEPS], numbered=True),
        *titled(voice.text("request.papers"), [(document_text(paper.id, knowledge, voice),) for paper in papers]),
        *titled(voice.text("card.fees"), [*fee_lines((fee,), voice), (voice.text("request.duty_later"),)]),
        *ahead_blocks(request, steps, knowledge, voice, today, warnings),
        Paragraph((voice.text("card.not_official"),)),
    )
    cited = _cited(steps, papers, knowledge)
    documents = sources((knowledge.sources[source] for source in cited), knowledge, voice)
    return Say(fitted(blocks, (), documents, voice), _rows(request, knowledge, voice, run))


def _notes(request: Request, kb: KnowledgeBase, voice: Voice) -> Iterator[Line]:
    """What an inviting party must know of the category; most notes are for the traveller and have no words here."""
    for note in kb.categories[request.category].notes:
        if voice.knows(f"request_note.{note}"):
            yield (voice.text(f"request_note.{note}"),)


def _papers(request: Request, kb: KnowledgeBase, *, company: bool) -> Iterator[Document]:
    """What the inviting party hands in, then what the category asks for."""
    for name in kb.invitation_documents:
        if company or kb.documents[name].case != _COMPANY:
            yield kb.documents[name]
    for name in kb.categories[request.category].documents:
        document = kb.documents[name]
        if document.case is None and not document.countries and document.entries is None:
            yield document


def _cited(steps: tuple[Step, ...], papers: tuple[Document, ...], kb: KnowledgeBase) -> tuple[str, ...]:
    of_papers = (source for paper in papers for source in paper.sources)
    found = (*sources_behind(steps, kb), *of_papers, *kb.fees[_DUTY].sources, *kb.statements[_WHO_MAY].sources)
    return tuple(dict.fromkeys(found))


def _rows(request: Request, kb: KnowledgeBase, voice: Voice, run: int) -> tuple[tuple[Button, ...], ...]:
    return (
        (Button(voice.text("button.copy_number"), CopyText(request.reference)),),
        *((topic_button(kb.answers[topic], voice, run),) for topic in _TOPICS),
        (
            tap(voice, "button.my_requests", run, Action.REQUESTS),
            tap(voice, "button.another_invitation", run, Action.START, "invitation"),
        ),
        (tap(voice, "button.menu", run, Action.MENU), tap(voice, "button.language", run, Action.LANGUAGES)),
    )
