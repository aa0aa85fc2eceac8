"""Typed messages: a word for a button, a correction, an answer to the question that waits, or free words."""

import re
from collections.abc import Iterator
from dataclasses import replace

from dialogs.corrections import correction_in
from dialogs.forms.zone import looks_like_zone
from dialogs.free_text import free_text, side_answer
from dialogs.keys import bare
from dialogs.masking import masked_text
from dialogs.moves import answered, settle
from dialogs.own_taps import called
from dialogs.paper_taps import named_paper
from dialogs.passport_zone import takes_a_zone, zone_read
from dialogs.questions import KINDS, Reading, Refused
from dialogs.questions.choice import ChoiceKind
from dialogs.reading.words import LONGEST_TEXT, Words, clip, fold, is_question, words
from dialogs.says import Button, PressButton, SayMode
from dialogs.screens import Screen, screen
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

_NUMBERED = re.compile(r"(\d{1,2})\. (.*)")
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
_LONGEST_NAME = 40
_NO_NAMES = frozenset({"cancel", "back", "menu", "help"})
"""Words that lead away from naming a paper."""
_FREE_FORMS = frozenset({"line", "latin_name", "address"})
"""Forms that take almost any words: a correction of another answer is looked for first."""
_MOST_NAMES = 3
"""A text of more words is hardly a name: it may be a question."""
_DEEDS = frozenset({Kind.PEOPLE, Kind.HANDOVER, Kind.REVIEW})
"""Kinds where a mere yes does something: it counts only while the question itself is on the screen."""


def read_text(session: Session, text: str, world: World) -> Turn:
    """What a typed message does. The session has a language."""
    said = clip(text)
    naming = session.offer[:1] == ("name",) and session.view is View.PAPER
    if naming and said and words().commands.get(fold(said)) not in _NO_NAMES and not _button(session, said, world):
        return named_paper(session, said[:_LONGEST_NAME], world)
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
    data = _button(session, said, world)
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
        return _answer_or_aside(session, key, flow, text, world)
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
    aside = side_answer(text, world, voice_of(session, world))
    again = show(session, world, first=() if aside else (voice_of(session, world).text("change.decide"),))
    return again if aside is None else replace(again, says=(aside, *again.says))


def _corrected(session: Session, flow: Flow, said: str, key: str | None, world: World) -> Turn | None:
    """An earlier answer that the text corrects: changed where the new one is told, else asked again."""
    takes_words = key is not None and flow.questions[bare(key)].form in _FREE_FORMS
    if key is not None and not takes_words and not isinstance(_reading(session, key, flow, said, world), Refused):
        return None
    reviewing = key is not None and flow.questions[bare(key)].kind is Kind.REVIEW
    correction = correction_in(session, said, world, any_words=reviewing) if len(said.split()) > 1 else None
    if correction is None:
        return None
    if correction.is_told:
        return answered(session, correction.key, correction.value, world, pressed=False)
    return show(replace(session, view=View.FLOW, editing=correction.key, offer=(), misses=0), world)


def _answer_or_aside(session: Session, key: str, flow: Flow, text: str, world: World) -> Turn:
    """The answer to the waiting question; a question of the person is answered, then ours comes again."""
    voice = voice_of(session, world)
    kind = flow.questions[bare(key)].kind
    if kind is Kind.CHECKLIST and is_question(text):
        aside = side_answer(text, world, voice)
        again = show(session, world, first=() if aside else (voice.text("ask.none"),))
        return again if aside is None else replace(again, says=(aside, *again.says))
    reading = _reading(session, key, flow, text, world)
    doubtful = flow.questions[bare(key)].form == "latin_name" and len(text.split()) > _MOST_NAMES
    if (doubtful or isinstance(reading, Refused)) and (
        aside := side_answer(text, world, voice_of(session, world))
    ) is not None:
        again = show(session, world)
        return Turn(again.session, (aside, *again.says))
    return settle(session, key, reading, world, pressed=False)


def _reading(session: Session, key: str, flow: Flow, text: str, world: World) -> Reading:
    question = flow.questions[bare(key)]
    return KINDS[question.kind].read(
        asking(session, key, question, world, voice_of(session, world).language), clip(text)
    )


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


def _button(session: Session, said: str, world: World) -> str | None:
    """The data of the button on the screen that the text names: by its words in any language, or by its number."""
    seen = [screen(session, world, language, only_buttons=True) for language in Language]
    names = {name: button.data for name, button in _names(seen)}
    folded = fold(said)
    if folded in names:
        return names[folded]
    if seen[0].by_number and folded.isdecimal() and len(folded) <= 2:
        return _by_number(seen[0], int(folded))
    near = Words.nearest(said, names) if session.view is not View.FLOW else None
    return None if near is None else names[near]


def _names(seen: list[Screen]) -> Iterator[tuple[str, PressButton]]:
    for shown in seen:
        for button in _buttons(shown):
            match = _NUMBERED.fullmatch(button.label)
            name = fold(match[2] if match is not None else button.label)
            if name and isinstance(button.action, PressButton):
                yield name, button.action


def _by_number(shown: Screen, number: int) -> str | None:
    """Where labels carry numbers those count, else the place of the button."""
    buttons = list(_buttons(shown))
    numbered = {int(match[1]): button for button in buttons if (match := _NUMBERED.fullmatch(button.label)) is not None}
    found = numbered.get(number) if numbered else dict(enumerate(buttons, 1)).get(number)
    return found.action.data if found is not None and isinstance(found.action, PressButton) else None


def _buttons(shown: Screen) -> Iterator[Button]:
    for row in shown.rows:
        for button in row:
            action = button.action
            tap = Tap.decode(action.data) if isinstance(action, PressButton) else None
            if tap is not None and tap.action is not Action.NOTHING:
                yield button
