"""A button with the words of the catalogues and the data of a tap."""

from dialogs.formats import Voice
from dialogs.says import Button, PressButton
from dialogs.wire import Action, Tap

__all__ = ["tap"]


def tap(voice: Voice, key: str, run: int, action: Action, target: str = "", value: str = "") -> Button:
    """A button with the text `key`."""
    return Button(voice.text(key), PressButton(Tap(run, action, target, value).encode()))
