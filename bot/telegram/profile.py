"""What Telegram shows about the bot before the first message: commands and descriptions, by language."""

import logging
from typing import Any

from bot.telegram.transport import ApiAnswerError, BotApi, MaybeSentError, NotSentError
from dialogs.menu import COMMANDS
from dialogs.texts import Texts
from knowledge.language import Language

__all__ = ["write_profile"]

_log = logging.getLogger(__name__)


async def write_profile(api: BotApi, texts: Texts) -> int:
    """Set what differs from the catalogues; gives the number of changes. Trouble is logged, not raised.

    Every language has its own profile, and readers of other languages see the English one.
    """
    changes = 0
    for code, language in (("", Language.EN), *((language.value, language) for language in Language)):
        commands = [{"command": name, "description": texts.get(language, f"command.{name}")} for name in COMMANDS]
        wanted: tuple[tuple[str, str, Any], ...] = (
            ("MyCommands", "commands", commands),
            ("MyDescription", "description", texts.get(language, "bot.description")),
            ("MyShortDescription", "short_description", texts.get(language, "bot.short_description")),
        )
        for name, field, value in wanted:
            try:
                changes += await _set(api, name, field, value, code)
            except (ApiAnswerError, NotSentError, MaybeSentError) as error:
                _log.warning("profile: set%s (%s): %s; the old one stays", name, code or "default", error)
    return changes


async def _set(api: BotApi, name: str, field: str, value: Any, code: str) -> bool:
    """Ask first: setting is limited to a few times a day, and reading is not."""
    found = await api.call(f"get{name}", {"language_code": code})
    known = found if field == "commands" else found.get(field)
    if known == value:
        return False
    await api.call(f"set{name}", {"language_code": code, field: value})
    return True
