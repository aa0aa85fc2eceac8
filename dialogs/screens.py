"""What stands before the person, as a pure function of the session: so a button can be found again from its words."""

from dialogs.buttons import tap
from dialogs.cards.answer import answer_card, no_answer_card, topic_button
from dialogs.cards.request import requests_card, status_card
from dialogs.formats import Voice
from dialogs.menu import language_rows, menu_blocks, menu_rows, side_rows
from dialogs.paper_screens import paper_screen, papers_screen
from dialogs.question_screens import changes_screen, outcome_screen, question_screen
from dialogs.says import Bold, Button, Heading, Paragraph, PressButton
from dialogs.screen import Rows, Screen
from dialogs.session import Session, View
from dialogs.side_screens import erase_screen, side_screen
from dialogs.stance import flow_of, is_unfinished
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language
from knowledge.serving import serve

__all__ = ["Screen", "screen"]


def screen(session: Session, world: World, language: Language, *, only_buttons: bool = False) -> Screen:
    """The screen of `session` in `language`; with `only_buttons` its words may be fewer."""
    voice = Voice(world.texts, language)
    flow = flow_of(session, world)
    match session.view:
        case View.LANGUAGE:
            return Screen((Paragraph((voice.text("language.ask"),)),), language_rows(voice, session.run))
        case View.HELP | View.PRIVACY | View.PERSON:
            return side_screen(session, voice, world)
        case View.ERASE:
            return erase_screen(session, voice)
        case View.COUNTRY:
            return _country(session, voice)
        case View.ANSWER if session.offer[1:]:
            return _answer(session, voice, world)
        case View.TOPICS:
            return _topics(session, voice, world)
        case View.CANCELLED:
            return _cancelled(session, voice)
        case View.PAPERS:
            return papers_screen(session, voice, world)
        case View.PAPER if (found := paper_screen(session, voice, world)) is not None:
            return found
        case View.REQUESTS | View.REQUEST:
            return _requests(session, voice, world)
        case View.CHANGES if flow is not None:
            return changes_screen(session, flow, voice, world)
        case View.FLOW if flow is not None:
            found = question_screen(session, flow, voice, world, only_buttons=only_buttons)
            return found or outcome_screen(session, flow, voice, world)
    return Screen(menu_blocks(voice), menu_rows(voice, session, world, unfinished=is_unfinished(session, world)))


def _cancelled(session: Session, voice: Voice) -> Screen:
    flow = session.offer[1] if session.offer[:1] == ("flow",) and len(session.offer) == 2 else "which_visa"
    again = tap(voice, "button.restart", session.run, Action.START, flow)
    return Screen((Heading(voice.text("cancel.title")),), ((again,), *side_rows(voice, session, in_flow=False)))


def _country(session: Session, voice: Voice) -> Screen:
    codes = session.offer[1:]
    if len(codes) != 1:
        rows = tuple(
            (Button(f"{n}. {voice.country(code)}", PressButton(Tap(session.run, Action.COUNTRY, value=code).encode())),)
            for n, code in enumerate(codes, 1)
        )
        return Screen(
            (Paragraph((Bold(voice.text("country.which_one")),)),), (*rows, *side_rows(voice, session, in_flow=False))
        )
    code = codes[0]
    ways = (
        (tap(voice, "flow.evisa_check.title", session.run, Action.GO, "evisa_check", code),),
        (tap(voice, "flow.which_visa.title", session.run, Action.GO, "which_visa", code),),
    )
    return Screen(
        (Paragraph((Bold(voice.country(code)),)), Paragraph((voice.text("country.what_to_do"),))),
        (*ways, *side_rows(voice, session, in_flow=session.flow is not None)),
    )


def _answer(session: Session, voice: Voice, world: World) -> Screen:
    answer = world.knowledge.answers.get(session.offer[1])
    if answer is None:
        return Screen(menu_blocks(voice), menu_rows(voice, session, world, unfinished=is_unfinished(session, world)))
    served = serve(world.knowledge, answer, world.today)
    if served is None:
        say = no_answer_card(answer, world.knowledge, voice, session.run)
    else:
        say = answer_card(served, world.knowledge, voice, session.run)
    return Screen(say.blocks, (*_going_on(session, voice, world), *say.buttons))


def _topics(session: Session, voice: Voice, world: World) -> Screen:
    """Did you mean: the answers that may fit, and a person where none does."""
    answers = (world.knowledge.answers[topic] for topic in session.offer[1:] if topic in world.knowledge.answers)
    rows = tuple((topic_button(answer, voice, session.run),) for answer in answers)
    person = ((tap(voice, "button.ask_a_person", session.run, Action.PERSON),),)
    side = side_rows(voice, session, in_flow=is_unfinished(session, world))
    return Screen((Paragraph((Bold(voice.text("ask.did_you_mean")),)),), (*rows, *person, *side))


def _requests(session: Session, voice: Voice, world: World) -> Screen:
    """The invitations handed over, or one of them."""
    wanted = session.offer[1] if session.offer[:1] == ("request",) and len(session.offer) > 1 else None
    request = next((item for item in world.requests if item.reference == wanted), None)
    if session.view is View.REQUEST and request is not None:
        say = status_card(request, world.knowledge, voice, session.run, world.today)
    else:
        say = requests_card(world.requests, world.knowledge, voice, session.run, world.today)
    return Screen(say.blocks, (*say.buttons, *side_rows(voice, session, in_flow=is_unfinished(session, world))))


def _going_on(session: Session, voice: Voice, world: World) -> Rows:
    """The way back to a question that waits."""
    return ((tap(voice, "button.continue", session.run, Action.CONTINUE),),) if is_unfinished(session, world) else ()
