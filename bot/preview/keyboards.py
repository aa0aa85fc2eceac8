"""Reply markup as a bot sends it: checked against Telegram's rules and kept in Telegram's form."""

from __future__ import annotations

from typing import Any

from bot.preview.limits import (
    BUTTONS_PER_MARKUP,
    BUTTONS_PER_ROW,
    CALLBACK_DATA_BYTES,
    COPY_TEXT_LENGTH,
    bad_request,
    checked_url,
    utf16_length,
)

__all__ = ["callback_data", "check_markup"]

_OTHER_MARKUP = ("keyboard", "remove_keyboard", "force_reply")
_SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat")
_STYLES = ("danger", "success", "primary")


def check_markup(markup: object, *, inline_only: bool) -> dict[str, Any] | None:
    """The markup as it is kept, or None where it is empty; `inline_only` for edits.

    Raises `RefusalError` for a markup or a button that Telegram refuses.
    """
    if markup is None or markup == {}:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        rows = markup["inline_keyboard"]
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise bad_request('can\'t parse inline keyboard: Field "inline_keyboard" must be an Array of Arrays')
        kept = [[_button(button) for button in row] for row in rows if row]
        if sum(map(len, kept)) > BUTTONS_PER_MARKUP or any(len(row) > BUTTONS_PER_ROW for row in kept):
            raise bad_request("reply markup is too long")
        return {"inline_keyboard": kept} if kept else None
    if inline_only:
        raise bad_request("inline keyboard expected")
    if not any(name in markup for name in _OTHER_MARKUP):
        return None
    return markup


def _button(button: object) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unparsed("InlineKeyboardButton must be an Object")
    text = button.get("text")
    if not isinstance(text, str):
        raise _unparsed('Can\'t find field "text"' if text is None else 'Field "text" must be of type String')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    kept: dict[str, Any] = {"text": text}
    if style := button.get("style"):
        if style not in _STYLES:
            raise _unparsed("Invalid button style specified")
        kept["style"] = style
    return kept | _action(button)


def _action(button: dict[str, Any]) -> dict[str, Any]:
    """Exactly one thing that the button does, in the order in which Telegram looks for it."""
    if url := button.get("url"):
        checked = checked_url(url) if isinstance(url, str) else None
        if checked is None:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return {"url": checked}
    if data := button.get("callback_data"):
        if not isinstance(data, str):
            raise _unparsed('Field "callback_data" must be of type String')
        if len(data.encode()) > CALLBACK_DATA_BYTES:
            raise bad_request("BUTTON_DATA_INVALID")
        return {"callback_data": data}
    for name in _SWITCHES:
        if name in button:
            if not isinstance(button[name], str):
                raise _unparsed(f'Field "{name}" must be of type String')
            return {name: button[name]}
    if "copy_text" in button:
        copied = button["copy_text"].get("text") if isinstance(button["copy_text"], dict) else None
        if not isinstance(copied, str) or not 1 <= utf16_length(copied) <= COPY_TEXT_LENGTH:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"copy_text": {"text": copied}}
    if "web_app" in button or "login_url" in button or "pay" in button:
        raise bad_request("BUTTON_TYPE_INVALID")
    raise _unparsed("Text buttons are unallowed in the inline keyboard")


def _unparsed(reason: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def callback_data(markup: dict[str, Any] | None) -> list[str]:
    """The callback data of all buttons, in reading order."""
    rows = (markup or {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]
