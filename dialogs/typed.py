"""Typed messages: a word for a button, a correction, an answer to the question that waits, or free words."""

from dataclasses import replace

from dialogs.button_names import button_named
from dialogs.corrections import correction_in
from dialogs.forms.zone import looks_like_zone
from dialogs.free_text import free_text, side_answer
from dialogs.keys import bare
from dialogs.masking import masked_text
from dialogs.moves import answered, settle
from dialogs.own_taps import called
from dialogs.paper_taps import named_paper
from dialogs.passport_zone import takes_a_zone, zone_read
from dialogs.promises import LONGEST_NAME
from dialogs.questions import KINDS, Reading, Refused
from dialogs.questions.choice import ChoiceKind
from dialogs.reading.words import LONGEST_TEXT, clip, fold, is_question, words
from dialogs.says import SayMode
from dialogs.session import Session, View
from dialogs.showing import Turn, show, voice_of
from dialogs.spoken import command_word
from dialogs.stance import asking, current_key, flow_of
from dialogs.taps import chosen_language, press
from dialogs.tree import Flow, Kind, Question
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language

__all__ = ["read_text"]

# On these screens a text is no answer to the question that waits behind them.
_AWAY = frozenset(
    {
        View.MENU,
        View.COUNTRY,
        View.CANCELLED,
        View.ANSWER,
        View.TOPICS,
        View.PAPERS,
        View.PAPER,
        View.REQUESTS,
        View.REQUEST,
    }
)
_NO_NAMES = frozenset({"cancel", "back", "menu", "help"})
"""Words that lead away from naming a paper."""
_FREE_FORMS = frozenset({"line", "latin_name", "address"})
"""Forms that take almost any words: a correction of another answer is looked for first."""
_FEWEST_CORRECTING = 2
"""A word alone corrects nothing."""
_MOST_NAMES = 3
"""A text of more words is hardly a name: it may be a question."""
_DEEDS = frozenset({Kind.PEOPLE, Kind.HANDOVER, Kind.REVIEW})
"""Kinds where a mere yes does something: it counts only while the question itself is on the screen."""


def read_text(session: Session, text: str, world: World) -> Turn:
    """What a typed message does. The session has a language."""
    said = clip(text)
    naming = session.offer[:1] == ("name",) and session.view is View.PAPER
    if naming and said and words().commands.get(fold(said)) not in _NO_NAMES and not button_named(session, said, world):
        return named_paper(session, said[:LONGEST_NAME], world)
    key, flow = current_key(session, world), flow_of(session, world)
    if key is not None and flow is not None and takes_a_zone(flow, key) and looks_like_zone(text[: 4 * LONGEST_TEXT]):
        return zone_read(session, key, flow, text[: 4 * LONGEST_TEXT], world)
    agreement = _agreement(session, key, said)
    if agreement is not None:
        return press(session, agreement, world, pressed=False)
    word = words().commands.get(fold(said))
    if word is not None and not _names_an_option(session, key, flow, said, world):
        found = command_word(session, word, world)
        if found is not None:
            return found
    data = button_named(session, said, world)
    if data is not None:
        return press(session, data, world, pressed=False)
    if session.offer[:1] == ("call",) and session.view is View.PERSON and said:
        return called(session, masked_text(said), world)
    language = words().languages.get(fold(said))
    waits = key is not None and flow is not None
    if language is not None and (not waits or session.view is not View.FLOW):
        return chosen_language(session, Language(language), world, SayMode.SEND)
    if flow is not None and session.view is View.FLOW and session.offer[:1] == ("sure",):
        return _undecided(session, text, world)
    if flow is not None and session.view in (View.FLOW, View.CHANGES):
        corrected = _corrected(session, flow, said, key, world)
        if corrected is not None:
            return corrected
    if key is not None and flow is not None and _is_answerable(session, flow.questions[bare(key)]):
        return _answer_or_aside(session, key, flow.questions[bare(key)], text, world)
    return _asked(said, free_text(session, text, world))


def _names_an_option(session: Session, key: str | None, flow: Flow | None, said: str, world: World) -> bool:
    """Whether a word that is a command elsewhere is what an option of the waiting question is called ("person")."""
    if key is None or flow is None or session.view is not View.FLOW:
        return False
    question = flow.questions[bare(key)]
    asked = asking(session, key, question, world, voice_of(session, world).language)
    return question.kind is Kind.CHOICE and ChoiceKind.is_named(asked, said)


def _is_answerable(session: Session, question: Question) -> bool:
    """Whether a text may answer the waiting question from the screen that is shown."""
    if session.view is View.FLOW:
        return True
    return session.view not in _AWAY and session.view is not View.ERASE and question.kind not in _DEEDS


def _asked(said: str, turn: Turn) -> Turn:
    """What found no sure answer is remembered, masked, so that it can be handed to a person."""
    sure = turn.session.view in (View.ANSWER, View.FLOW, View.COUNTRY)
    asked = "" if sure else masked_text(said)
    return replace(turn, session=replace(turn.session, asked=asked))


def _undecided(session: Session, text: str, world: World) -> Turn:
    """A change waits for a yes or a no: a question is answered, then the change stands there again."""
    return _aside(session, text, world) or show(session, world, first=(voice_of(session, world).text("change.decide"),))


def _aside(session: Session, text: str, world: World) -> Turn | None:
    """A question of the person is answered, then the screen comes again; None where it is no sure question of ours."""
    answer = side_answer(text, world, voice_of(session, world))
    if answer is None:
        return None
    again = show(session, world)
    return replace(again, says=(answer, *again.says))


def _corrected(session: Session, flow: Flow, said: str, key: str | None, world: World) -> Turn | None:
    """An earlier answer that the text corrects: changed where the new one is told, else asked again."""
    question = None if key is None else flow.questions[bare(key)]
    if len(said.split()) < _FEWEST_CORRECTING:
        return None
    if key is not None and question is not None and _is_answered_by(session, key, question, said, world):
        return None
    reviewing = question is not None and question.kind is Kind.REVIEW and not is_question(said)
    correction = correction_in(session, said, world, any_words=reviewing)
    if correction is None:
        return None
    if correction.is_told:
        return answered(session, correction.key, correction.value, world, pressed=False)
    return show(replace(session, view=View.FLOW, editing=correction.key, offer=(), misses=0), world)


def _is_answered_by(session: Session, key: str, question: Question, said: str, world: World) -> bool:
    """Whether the text answers the waiting question, and not merely because that takes almost any words."""
    if question.form in _FREE_FORMS:
        return False
    return not isinstance(_reading(session, key, question, said, world), Refused)


def _answer_or_aside(session: Session, key: str, question: Question, text: str, world: World) -> Turn:
    """The answer to the waiting question; a question of the person is answered, then ours comes again."""
    if question.kind is Kind.CHECKLIST and is_question(text):
        # Words of a question about a step are those of the step: no tick must come of it.
        told = voice_of(session, world).text("ask.none")
        return _aside(session, text, world) or show(session, world, first=(told,))
    reading = _reading(session, key, question, text, world)
    doubtful = question.form == "latin_name" and len(text.split()) > _MOST_NAMES
    aside = _aside(session, text, world) if doubtful or isinstance(reading, Refused) else None
    return aside or settle(session, key, reading, world, pressed=False)


def _reading(session: Session, key: str, question: Question, text: str, world: World) -> Reading:
    asked = asking(session, key, question, world, voice_of(session, world).language)
    return KINDS[question.kind].read(asked, clip(text))


def _agreement(session: Session, key: str | None, said: str) -> str | None:
    """What a typed yes or no does where the screen asks for one: the button that it stands for."""
    answer = words().answers.get(fold(said))
    if answer is None:
        return None
    run, consent = session.run, answer == "yes"
    if session.view is View.ERASE:
        return (Tap(run, Action.ERASE, "all", "yes") if consent else Tap(run, Action.PRIVACY)).encode()
    match session.offer:
        case ("sure", wanted, _):
            return Tap(run, Action.EFFECT, wanted, answer).encode()
        case ("zone", _) if key is not None:
            return Tap(run, Action.ZONE, key, answer).encode()
        case ("cancel",):
            return (Tap(run, Action.CANCEL, "sure") if consent else Tap(run, Action.CONTINUE)).encode()
        case ("remove", number) if key is not None:
            return (Tap(run, Action.REMOVE, key, number) if consent else Tap(run, Action.CONTINUE)).encode()
    return None
