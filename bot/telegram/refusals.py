"""What an answer of the Bot API, or none, means for a call that was made.

The words are those of Telegram's own servers (https://github.com/tdlib/telegram-bot-api, https://github.com/tdlib/td),
and the errors of its network behind them, which they pass on in capitals. They are looked for without regard to case.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.storage.calls import Call, most_attempts
from bot.telegram.plain import as_plain_text
from bot.telegram.render import as_new_message
from bot.telegram.splitting import split
from bot.telegram.transport import ApiAnswerError, MaybeSentError, NotSentError
from bot.telegram.verdicts import (
    Arrived,
    Conflict,
    Failed,
    MovedGroup,
    NewMessage,
    NotAllowed,
    PlainText,
    Split,
    TokenRefused,
    TryLater,
    Uncertain,
    Unreachable,
    Verdict,
    WaitForChat,
    WithoutTopic,
)

__all__ = ["backoff", "judge"]

_TYPING = "sendChatAction"
_INLINE = "answerInlineQuery"

_LONGEST_WAIT = 60.0
_UNNAMED_WAIT = 5.0
"""Seconds to wait where a 429 does not say how long: a server between us and Telegram sent it."""


def judge(call: Call, outcome: ApiAnswerError | NotSentError | MaybeSentError, tries: int) -> Verdict:
    """What to do about `call` after `outcome`; `tries` attempts before this one may have taken effect."""
    match outcome:
        case NotSentError() | MaybeSentError() if call.method == _TYPING:
            return Failed(_unquoted(str(outcome)), quiet=True)
        case NotSentError():
            return TryLater(_unquoted(str(outcome)))
        case MaybeSentError():
            return Uncertain(tries + 1 < most_attempts(call.method), f"uncertain: {_unquoted(str(outcome))}")
        case ApiAnswerError():
            return _refusal(call, outcome)


def backoff(misses: int, chance: float, first: float = 0.5) -> float:
    """Seconds to wait after `misses` attempts in a row that came to nothing (at least 1): doubling, a minute at most.

    `chance` (0 to 1) takes up to half of it away, so that many calls do not come back together.
    """
    return min(first * 2.0 ** min(misses - 1, 30), _LONGEST_WAIT) * (1 - chance / 2)


def _refusal(call: Call, error: ApiAnswerError) -> Verdict:
    note = f"{error.code} {_unquoted(error.description)}"
    words = error.description.casefold()
    if error.code == 429 or error.retry_after is not None:
        return WaitForChat(_seconds(error), note)
    if error.migrate_to is not None and error.migrate_to != call.chat_id:
        return MovedGroup(error.migrate_to, note)
    if error.code in (401, 421) or (error.code == 404 and "method not found" not in words):
        return TokenRefused(note)
    if error.code == 409:
        return Conflict(note)
    for sign, decide in _TABLE:
        if sign.search(words):
            return decide(call, note) or Failed(note)
    return Failed(note)


def _seconds(error: ApiAnswerError) -> float:
    said = re.search(r"retry after (\d+)", error.description)
    if error.retry_after is not None:
        return max(0.0, float(error.retry_after))
    return float(said[1]) if said else _UNNAMED_WAIT


def _unquoted(description: str) -> str:
    """The error without what it quotes: a piece of the message, or an address."""
    return re.sub(r"\"(?:.*\"|.*$)|(?<!\w)'.*'", "…", description, flags=re.DOTALL)


def _in_plain_text(call: Call, note: str) -> Verdict | None:
    plain = as_plain_text(call)
    return None if plain is None else PlainText(plain, note)


def _in_parts(call: Call, note: str) -> Verdict | None:
    calls = split(call)
    return Split(calls, note) if len(calls) > 1 else None


def _anew(call: Call, note: str) -> Verdict | None:
    if call.method == "editMessageText":
        return NewMessage(as_new_message(call), note)
    return Arrived(note) if call.method == "editMessageReplyMarkup" else None


def _unchanged(_call: Call, note: str) -> Verdict | None:
    return Arrived(note)


def _too_late(call: Call, note: str) -> Verdict | None:
    return Failed(note, quiet=True) if call.method == _INLINE else Arrived(note)


def _without_topic(call: Call, note: str) -> Verdict | None:
    if "message_thread_id" not in call.payload:
        return NotAllowed(note)  # the group itself is closed to us
    payload = {name: value for name, value in call.payload.items() if name != "message_thread_id"}
    return WithoutTopic(replace(call, payload=payload), note)


def _not_allowed(call: Call, note: str) -> Verdict | None:
    return NotAllowed(note) if call.chat_id < 0 else Unreachable(note)


def _unreachable(_call: Call, note: str) -> Verdict | None:
    return Unreachable(note)


def _closing(_call: Call, note: str) -> Verdict | None:
    return TryLater(note)


_Decide = Callable[[Call, str], Verdict | None]


def _any(*signs: str) -> re.Pattern[str]:
    return re.compile("|".join(signs))


# From top to bottom; None means that there is nothing to be done. What quotes the message comes first: a quotation may
# hold the words of any other error.
_TABLE: tuple[tuple[re.Pattern[str], _Decide], ...] = (
    (
        _any(r"can't parse (caption )?entities", r"can't find end of the entity", "entity_bounds_invalid"),
        _in_plain_text,
    ),
    (_any("message is not modified", "message_not_modified"), _unchanged),
    (_any("query is too old", "query id is invalid", "query_id_invalid"), _too_late),
    (
        _any("message is too long", "message_too_long", "text is too long", "entities_too_long", "caption is too long"),
        _in_parts,
    ),
    (_any("media_caption_too_long"), _in_parts),
    (
        _any(
            "message can't be edited",
            "message to edit not found",
            "message_id_invalid",
            "no text in the message to edit",
        ),
        _anew,
    ),
    (_any("message thread not found", r"topic_(deleted|closed|id_invalid)"), _without_topic),
    (
        _any(
            "bot was blocked by the user",
            "user_is_blocked",
            "user is deactivated",
            "input_user_deactivated",
            "bot was kicked",
            "bot is not a member",
            "group chat was deleted",
            "chat not found",
            "user not found",
            "peer_id_invalid",
            "channel_private",
            "can't access the chat",
            "can't initiate conversation with a user",
            "can't send messages to (bots|the bot)",
        ),
        _unreachable,
    ),
    (
        _any(
            "not enough rights",
            "have no rights to send",
            "have no write access to the chat",
            "need administrator rights",
            "chat_write_forbidden",
            "chat_admin_required",
            "chat_restricted",
            r"chat_send_\w+_forbidden",
            "chat_guest_send_forbidden",
        ),
        _not_allowed,
    ),
    (_any("^logged out", "bot has already been closed"), _closing),
)
