"""Every button can be typed: by its words in any language, or by its number."""

import re
from collections.abc import Iterator

from dialogs.reading.words import Words, fold
from dialogs.says import Button, PressButton
from dialogs.screens import Screen, screen
from dialogs.session import Session, View
from dialogs.showing import voice_of
from dialogs.wire import is_idle
from dialogs.world import World
from knowledge.language import Language

__all__ = ["button_named"]

_NUMBERED = re.compile(r"(\d{1,2})\. (.*)")


def button_named(session: Session, said: str, world: World) -> str | None:
    """The data of the button on the screen that the text names; the person's own language is looked at first."""
    own = voice_of(session, world).language
    folded = fold(said)
    names: dict[str, str] = {}
    for language in (own, *(language for language in Language if language is not own)):
        shown = screen(session, world, language, only_buttons=True)
        named = dict(_names(shown))
        if folded in named:
            return named[folded]
        if language is own and shown.by_number and folded.isdecimal() and len(folded) <= 2:
            return _by_number(shown, int(folded))
        names = {**named, **names}
    near = Words.nearest(said, names) if session.view is not View.FLOW else None
    return None if near is None else names[near]


def _names(shown: Screen) -> Iterator[tuple[str, str]]:
    """What each button is called, folded and without its number, and its data."""
    for label, data in _buttons(shown):
        match = _NUMBERED.fullmatch(label) if label[:1].isdecimal() else None
        name = fold(label if match is None else match[2])
        if name:
            yield name, data


def _by_number(shown: Screen, number: int) -> str | None:
    """Where labels carry numbers those count, else the place of the button."""
    buttons = list(_buttons(shown))
    numbered = {int(match[1]): data for label, data in buttons if (match := _NUMBERED.fullmatch(label)) is not None}
    return (numbered or {place: data for place, (_, data) in enumerate(buttons, 1)}).get(number)


def _buttons(shown: Screen) -> Iterator[tuple[str, str]]:
    """The labels and the data of those that do something here."""
    for row in shown.rows:
        for button in row:
            match button:
                case Button(label, PressButton(data)) if not is_idle(data):
                    yield label, data
