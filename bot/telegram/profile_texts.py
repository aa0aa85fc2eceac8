"""What Telegram shows about the bot, in words: which texts they are, and whether they fit."""

from collections.abc import Iterator

from bot.telegram.html import utf16_length
from dialogs.menu import COMMANDS
from dialogs.texts import Texts
from knowledge.language import Language

__all__ = ["profile_problems"]

_LONGEST = {
    "bot.description": 512,
    "bot.short_description": 120,
    **{f"command.{name}": 256 for name in COMMANDS},
}
"""UTF-16 units (https://core.telegram.org/bots/api#setmydescription, #setmyshortdescription, #botcommand)."""


def profile_problems(texts: Texts) -> Iterator[str]:
    """What Telegram would refuse, with its repair."""
    for key, longest in _LONGEST.items():
        if key not in texts:
            yield f"locales: {key}: the text is missing; write it in all languages"
            continue
        for language in Language:
            length = utf16_length(texts.get(language, key))
            if length > longest:
                yield f"locales/{language}: {key}: has {length} characters; use at most {longest}"
