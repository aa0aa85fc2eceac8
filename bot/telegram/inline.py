"""The cards for any chat, as one Bot API call."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.storage.calls import Call, answer_lane
from bot.telegram.html import as_html
from bot.telegram.keyboard import keyboard
from dialogs.inline import InlineCard
from knowledge.language import Language

__all__ = ["InlineAsked", "inline_answer"]

_log = logging.getLogger(__name__)

_CACHE_SECONDS = 60
"""How long Telegram may show the same cards again: they carry the rules of a day."""

_BACK = "lang"
"""The argument of `/start` that opens the assistant as it stands."""


@dataclass(frozen=True, slots=True)
class InlineAsked:
    """What somebody types after the bot's name; `language` is that of their Telegram."""

    query_id: str
    user_id: int
    text: str
    language: Language


def inline_answer(cards: Sequence[InlineCard], asked: InlineAsked, open_label: str, bot_link: str) -> Call:
    """The call that shows `cards` above a button to the assistant; in a lane of its own, as answers to taps are."""
    payload: dict[str, Any] = {
        "inline_query_id": asked.query_id,
        "results": list(_articles(cards, bot_link)),
        "cache_time": _CACHE_SECONDS,
        "is_personal": True,
        "button": {"text": open_label, "start_parameter": _BACK},
    }
    return Call("answerInlineQuery", asked.user_id, answer_lane(asked.query_id, asked.user_id), payload)


def _articles(cards: Sequence[InlineCard], bot_link: str) -> Iterator[dict[str, Any]]:
    for card in cards:
        messages = as_html(card.say.blocks)
        if len(messages) != 1:
            _log.error("inline card %s: %d messages, an article holds one; shorten the answer", card.id, len(messages))
            continue
        content = {
            "message_text": messages[0],
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
        yield {
            "type": "article",
            "id": card.id,
            "title": card.title,
            "description": card.description,
            "input_message_content": content,
            "reply_markup": keyboard(card.say.buttons, bot_link),
        }
