"""Results of an inline query, as a bot answers them."""

from __future__ import annotations

from typing import Any

from bot.preview.forms import Arguments
from bot.preview.keyboards import check_markup
from bot.preview.limits import (
    INLINE_OFFSET_BYTES,
    INLINE_RESULT_ID_BYTES,
    INLINE_RESULTS,
    TEXT_LENGTH,
    bad_request,
    check_length,
)
from bot.preview.markup import parse_html

__all__ = ["check_results"]


def check_results(arguments: Arguments) -> list[dict[str, Any]]:
    """The results of `answerInlineQuery`, articles read in depth; raises `RefusalError` where Telegram refuses."""
    results = arguments.structure("results", "inline query results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: Expected an Array of inline query results")
    if len(results) > INLINE_RESULTS:
        raise bad_request("can't parse inline query results: Too many inline query results specified")
    if len(arguments.text("next_offset").encode()) > INLINE_OFFSET_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    arguments.integer("cache_time", 300)
    seen: set[str] = set()
    for result in results:
        if not isinstance(result, dict):
            raise bad_request("can't parse inline query result: Inline query result must be an object")
        number = result.get("id")
        if not isinstance(number, str) or not 1 <= len(number.encode()) <= INLINE_RESULT_ID_BYTES:
            raise bad_request("RESULT_ID_INVALID")
        if number in seen:
            raise bad_request("RESULT_ID_DUPLICATE")
        seen.add(number)
        if result.get("type") == "article":
            _check_article(result)
    return results


def _check_article(result: dict[str, Any]) -> None:
    if not str(result.get("title", "")).strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise bad_request("can't parse inline query result: Input message content is not specified")
    text = str(content.get("message_text", ""))
    if str(content.get("parse_mode", "")).lower() == "html":
        text = parse_html(text).text
    if not text.strip():
        raise bad_request("message text is empty")
    check_length(text, TEXT_LENGTH, "message is too long")
    check_markup(result.get("reply_markup"), inline_only=True)
