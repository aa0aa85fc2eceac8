"""Results of an inline query, as a bot answers them and as a person posts one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.preview.autolink import detect
from bot.preview.forms import Arguments
from bot.preview.keyboards import check_markup
from bot.preview.limits import (
    INLINE_OFFSET_BYTES,
    INLINE_RESULT_ID_BYTES,
    INLINE_RESULTS,
    START_PARAMETER,
    TEXT_LENGTH,
    bad_request,
    check_length,
)
from bot.preview.markup import parse_html

__all__ = ["InlineAnswer", "check_answer", "posted"]


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What a bot answered to an inline query: results to choose from, and the button above them, if any."""

    results: list[dict[str, Any]]
    button: dict[str, Any] | None


def check_answer(arguments: Arguments) -> InlineAnswer:
    """The arguments of `answerInlineQuery`, articles read in depth; raises `RefusalError` where Telegram refuses."""
    return InlineAnswer(_check_results(arguments), _check_button(arguments))


def posted(result: dict[str, Any]) -> dict[str, Any]:
    """What stands in the chat when a person chooses an article: its text, its entities and its buttons."""
    content = result["input_message_content"]
    text, entities = str(content["message_text"]), list[Any]()
    if str(content.get("parse_mode", "")).lower() == "html":
        read = parse_html(text)
        text, entities = read.text, read.entities
    body: dict[str, Any] = {"text": text}
    if found := detect(text, entities):
        body["entities"] = found
    if markup := check_markup(result.get("reply_markup"), inline_only=True):
        body["reply_markup"] = markup
    return body


def _check_button(arguments: Arguments) -> dict[str, Any] | None:
    button = arguments.structure("button", "inline query results button")
    if button is None:
        return None
    text = button.get("text") if isinstance(button, dict) else None
    if not isinstance(text, str):
        raise bad_request("can't parse inline query results button: Can't find field \"text\"")
    if not text.strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    start = button.get("start_parameter")
    if not isinstance(start, str) or not START_PARAMETER.fullmatch(start):
        raise bad_request("START_PARAM_INVALID")
    return {"text": text, "start_parameter": start}


def _check_results(arguments: Arguments) -> list[dict[str, Any]]:
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
