"""A button with the words of the catalogues and the data of a tap."""

from dialogs.formats import Voice
from dialogs.says import Button, PressButton
from dialogs.wire import Action, encoded

__all__ = ["tap"]


def tap(
    voice: Voice, key: str, run: int, action: Action, target: str = "", value: str = "", *, number: int | None = None
) -> Button:
    """A button with the text `key`, after its `number` where it is one of several answers."""
    label = voice.text(key) if number is None else f"{number}. {voice.text(key)}"
    return Button(label, PressButton(encoded(run, action, target, value)))
