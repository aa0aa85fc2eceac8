"""Typed messages: a word for a button, an answer to the question that waits, or free words."""

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from dialogs.free_text import free_text, side_answer
from dialogs.moves import Turn, cancelled, open_view, settle, show, started, stepped_back, voice_of
from dialogs.questions import KINDS, Refused
from dialogs.reading.words import Words, clip, fold, words
from dialogs.says import Button, PressButton, SayMode
from dialogs.screens import Screen, screen
from dialogs.session import Session, View
from dialogs.stance import asking, current_question
from dialogs.taps import chosen_language, press
from dialogs.tree import Question
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language

__all__ = ["command_word", "read_text"]

_NUMBERED = re.compile(r"(\d{1,2})\. (.*)")
# On these screens a text is no answer to the question that waits behind them.
_AWAY = frozenset({View.MENU, View.COUNTRY, View.CANCELLED, View.ANSWER, View.TOPICS})
_SIDE_VIEWS = {
    "menu": View.MENU,
    "help": View.HELP,
    "lang": View.LANGUAGE,
    "person": View.PERSON,
    "privacy": View.PRIVACY,
}


def read_text(session: Session, text: str, world: World) -> Turn:
    """What a typed message does. The session has a language."""
    said = clip(text)
    word = words().commands.get(fold(said))
    if word is not None and (found := command_word(session, word, world)) is not None:
        return found
    data = _button(session, said, world)
    if data is not None:
        return press(session, data, world, pressed=False)
    language = words().languages.get(fold(said))
    question = current_question(session, world)
    if language is not None and (question is None or session.view is not View.FLOW):
        return chosen_language(session, Language(language), world, SayMode.SEND)
    if question is not None and session.view not in _AWAY:
        return _answer_or_aside(session, question, text, world)
    return free_text(session, text, world)


def _answer_or_aside(session: Session, question: Question, text: str, world: World) -> Turn:
    """The answer to the waiting question; a question of the person is answered, then ours comes again."""
    voice = voice_of(session, world)
    reading = KINDS[question.kind].read(asking(session, question, world, voice.language), clip(text))
    if isinstance(reading, Refused) and (aside := side_answer(text, world, voice)) is not None:
        again = show(session, world)
        return Turn(again.session, (aside, *again.says))
    return settle(session, question, reading, world, pressed=False)


def command_word(session: Session, word: str, world: World) -> Turn | None:
    """What a word such as "back" or "отмена" does; None where it means nothing now."""
    if word in _SIDE_VIEWS:
        return open_view(session, _SIDE_VIEWS[word], world, SayMode.SEND)
    move = _MOVES.get(word)
    return None if move is None else move(session, world)


def _skip(session: Session, world: World) -> Turn | None:
    question = current_question(session, world)
    if question is None or session.view is not View.FLOW:
        return None
    if question.optional:
        return press(session, Tap(session.run, Action.SKIP, question.id).encode(), world, pressed=False)
    return show(session, world, first=(voice_of(session, world).text("error.cannot_skip"),))


def _changes(session: Session, world: World) -> Turn | None:
    return open_view(session, View.CHANGES, world, SayMode.SEND) if session.flow is not None else None


def _continue(session: Session, world: World) -> Turn | None:
    return open_view(session, View.FLOW, world, SayMode.SEND) if session.flow is not None else None


def _start(flow: str) -> Callable[[Session, World], Turn | None]:
    """A flow by its name; not while a question waits, where the word would drop answers."""

    def move(session: Session, world: World) -> Turn | None:
        waits = session.view is View.FLOW and current_question(session, world) is not None
        return None if waits or flow not in world.flows else started(session, world.flows[flow], world)

    return move


def _restart(session: Session, world: World) -> Turn | None:
    offered = session.offer[1] if session.offer[:1] == ("flow",) else None
    flow = world.flows.get(session.flow or offered or "")
    return None if flow is None else started(session, flow, world)


_MOVES: Mapping[str, Callable[[Session, World], Turn | None]] = MappingProxyType(
    {
        "back": lambda session, world: stepped_back(session, world, SayMode.SEND),
        "cancel": lambda session, world: cancelled(session, world, SayMode.SEND),
        "skip": _skip,
        "changes": _changes,
        "continue": _continue,
        "restart": _restart,
        "visa": _start("which_visa"),
        "evisa": _start("evisa_check"),
    }
)


def _button(session: Session, said: str, world: World) -> str | None:
    """The data of the button on the screen that the text names: by its words in any language, or by its number."""
    seen = [screen(session, world, language) for language in Language]
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
