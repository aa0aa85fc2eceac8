"""What the Bot API answers, in its own words, and what is done about it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.calls import Call, most_attempts
from bot.telegram.plain import as_plain_text
from bot.telegram.refusals import backoff, judge
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

PERSON, GROUP = 7, -100_200


def call(method: str = "sendMessage", chat_id: int = PERSON, **payload: Any) -> Call:
    return Call(method, chat_id, str(chat_id), payload or {"text": "words"})


SEND = call()
IN_GROUP = call(chat_id=GROUP)
IN_TOPIC = call(chat_id=GROUP, text="words", message_thread_id=4)
BOLD = call(text="<b>words</b>", parse_mode="HTML")
LONG = call(text="words " * 1000)
EDIT = call("editMessageText", text="words", message_id=3)
BUTTONS = call("editMessageReplyMarkup", message_id=3)
TAP = call("answerCallbackQuery", callback_query_id="1")
INLINE = call("answerInlineQuery", inline_query_id="1", results=[])
TYPING = call("sendChatAction", action="typing")
FILE = call("sendDocument", document="id", caption="words " * 300)


def refused(made: Call, code: int, description: str, **parameters: Any) -> Verdict:
    return judge(made, ApiAnswerError(code, description, parameters), 0)


@pytest.mark.parametrize(
    ("made", "code", "description", "verdict"),
    [
        # The same already, or too late to matter.
        (
            EDIT,
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
            Arrived,
        ),
        (TAP, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid", Arrived),
        (INLINE, 400, "Bad Request: query is too old and response timeout expired or query ID is invalid", Failed),
        (BUTTONS, 400, "Bad Request: message to edit not found", Arrived),
        (BUTTONS, 400, "Bad Request: message can't be edited", Arrived),
        # Another call instead.
        (EDIT, 400, "Bad Request: message can't be edited", NewMessage),
        (EDIT, 400, "Bad Request: message to edit not found", NewMessage),
        (EDIT, 400, "Bad Request: MESSAGE_ID_INVALID", NewMessage),
        (EDIT, 400, "Bad Request: there is no text in the message to edit", NewMessage),
        (BOLD, 400, 'Bad Request: can\'t parse entities: Unsupported start tag "i" at byte offset 0', PlainText),
        (BOLD, 400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 10", PlainText),
        (LONG, 400, "Bad Request: message is too long", Split),
        (LONG, 400, "Bad Request: MESSAGE_TOO_LONG", Split),
        (LONG, 400, "Bad Request: text is too long", Split),
        (LONG, 400, "Bad Request: ENTITIES_TOO_LONG", Split),
        (FILE, 400, "Bad Request: message caption is too long", Split),
        (FILE, 400, "Bad Request: MEDIA_CAPTION_TOO_LONG", Split),
        (IN_TOPIC, 400, "Bad Request: message thread not found", WithoutTopic),
        (IN_TOPIC, 400, "Bad Request: TOPIC_DELETED", WithoutTopic),
        (IN_TOPIC, 400, "Bad Request: TOPIC_ID_INVALID", WithoutTopic),
        (IN_TOPIC, 400, "Bad Request: TOPIC_CLOSED", WithoutTopic),
        # Once only: there is nothing left to take away.
        (SEND, 400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 10", Failed),
        (SEND, 400, "Bad Request: message is too long", Failed),
        (TAP, 400, "Bad Request: MESSAGE_TOO_LONG", Failed),
        (SEND, 400, "Bad Request: message to edit not found", Failed),
        (IN_GROUP, 400, "Bad Request: TOPIC_CLOSED", NotAllowed),
        # Out of reach.
        (SEND, 403, "Forbidden: bot was blocked by the user", Unreachable),
        (SEND, 403, "Forbidden: user is deactivated", Unreachable),
        (SEND, 400, "Bad Request: INPUT_USER_DEACTIVATED", Unreachable),
        (SEND, 403, "Forbidden: bot can't initiate conversation with a user", Unreachable),
        (SEND, 403, "Forbidden: bot can't send messages to bots", Unreachable),
        (SEND, 403, "Forbidden: the bot can't send messages to the bot", Unreachable),
        (SEND, 403, "Forbidden: PEER_ID_INVALID", Unreachable),
        (SEND, 400, "Bad Request: PEER_ID_INVALID", Unreachable),
        (SEND, 400, "Bad Request: chat not found", Unreachable),
        (SEND, 400, "Bad Request: private chat not found", Unreachable),
        (SEND, 400, "Bad Request: user not found", Unreachable),
        (TYPING, 403, "Forbidden: bot was blocked by the user", Unreachable),
        (IN_GROUP, 403, "Forbidden: bot was kicked from the group chat", Unreachable),
        (IN_GROUP, 403, "Forbidden: bot was kicked from the supergroup chat", Unreachable),
        (IN_GROUP, 403, "Forbidden: bot is not a member of the supergroup chat", Unreachable),
        (IN_GROUP, 403, "Forbidden: the group chat was deleted", Unreachable),
        (IN_GROUP, 400, "Bad Request: chat not found", Unreachable),
        (IN_GROUP, 400, "Bad Request: CHANNEL_PRIVATE", Unreachable),
        # There, but not for us.
        (IN_GROUP, 400, "Bad Request: not enough rights to send text messages to the chat", NotAllowed),
        (IN_GROUP, 400, "Bad Request: have no rights to send a message", NotAllowed),
        (IN_GROUP, 400, "Bad Request: have no write access to the chat", NotAllowed),
        (IN_GROUP, 400, "Bad Request: need administrator rights in the channel chat", NotAllowed),
        (IN_GROUP, 400, "Bad Request: CHAT_WRITE_FORBIDDEN", NotAllowed),
        (IN_GROUP, 403, "Forbidden: CHAT_WRITE_FORBIDDEN", NotAllowed),
        (IN_GROUP, 400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN", NotAllowed),
        (IN_GROUP, 400, "Bad Request: CHAT_RESTRICTED", NotAllowed),
        (IN_GROUP, 400, "Bad Request: CHAT_ADMIN_REQUIRED", NotAllowed),
        (SEND, 400, "Bad Request: have no write access to the chat", Unreachable),
        # The whole bot.
        (SEND, 401, "Unauthorized", TokenRefused),
        (SEND, 401, "Unauthorized: invalid token specified", TokenRefused),
        (SEND, 404, "Not Found", TokenRefused),
        (SEND, 421, "Misdirected Request: unallowed token specified", TokenRefused),
        (
            SEND,
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
            Conflict,
        ),
        (SEND, 400, "Logged out", TryLater),
        # Nothing to be done.
        (SEND, 404, "Not Found: method not found", Failed),
        (SEND, 400, "Bad Request: message text is empty", Failed),
        (SEND, 400, "Bad Request: BUTTON_DATA_INVALID", Failed),
        (SEND, 400, "Bad Request: reply markup is too long", Failed),
        (SEND, 400, "Bad Request: can't parse reply keyboard markup JSON object", Failed),
        (SEND, 403, "Forbidden: something new", Failed),
        (SEND, 418, "", Failed),
    ],
)
def test_answers_in_telegrams_words(made: Call, code: int, description: str, verdict: type) -> None:
    given_back = refused(made, code, description)
    assert type(given_back) is verdict
    assert given_back.note.startswith(str(code))


def test_only_a_late_inline_answer_fails_without_a_word() -> None:
    late = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert refused(INLINE, 400, late) == Failed(f"400 {late}", quiet=True)
    assert refused(SEND, 400, "Bad Request: message text is empty") == Failed("400 Bad Request: message text is empty")


@pytest.mark.parametrize(
    ("description", "parameters", "seconds"),
    [
        ("Too Many Requests: retry after 35", {"retry_after": 35}, 35),
        ("Too Many Requests: retry after 10072", {}, 10_072),
        ("Too Many Requests", {}, 5),
        ("Too Many Requests: retry after 1", {"retry_after": -1}, 0),
    ],
)
def test_a_flood_makes_its_chat_wait_as_long_as_is_said(
    description: str, parameters: dict[str, Any], seconds: float
) -> None:
    for made in (SEND, IN_TOPIC, TYPING, TAP):
        assert refused(made, 429, description, **parameters) == WaitForChat(seconds, f"429 {description}")


def test_a_group_is_followed_once() -> None:
    told = "Bad Request: group chat was upgraded to a supergroup chat"
    assert refused(IN_GROUP, 400, told, migrate_to_chat_id=-100_300) == MovedGroup(-100_300, f"400 {told}")
    assert refused(IN_GROUP, 403, "Forbidden: " + told[13:], migrate_to_chat_id=-1) == MovedGroup(
        -1, f"403 Forbidden: {told[13:]}"
    )
    assert type(refused(IN_GROUP, 400, told, migrate_to_chat_id=GROUP)) is Failed


def test_what_goes_instead_says_the_same() -> None:
    made = call(chat_id=GROUP, text="a <b>b</b>", parse_mode="HTML", message_thread_id=4, reply_markup={"x": 1})
    match refused(made, 400, "Bad Request: message thread not found"):
        case WithoutTopic(instead):
            expected = {"text": "a <b>b</b>", "parse_mode": "HTML", "reply_markup": {"x": 1}}
            assert instead == Call("sendMessage", GROUP, str(GROUP), expected)
        case other:
            raise AssertionError(other)
    match refused(EDIT, 400, "Bad Request: message to edit not found"):
        case NewMessage(instead):
            assert instead == call("sendMessage", text="words")
        case other:
            raise AssertionError(other)
    match refused(LONG, 400, "Bad Request: message is too long"):
        case Split(calls):
            assert len(calls) == 2
        case other:
            raise AssertionError(other)


@pytest.mark.parametrize(
    ("markup", "plain"),
    [
        ("<b>1 &lt; 2 &amp; so</i>", "1 < 2 & so"),
        ("Is 5 < 6 and 7 > 3? <b>Yes", "Is 5 < 6 and 7 > 3? Yes"),
        (
            'Read <a href="https://www.gov.kz/?a=1&amp;b=2">the <b>rules</b></a>.',
            "Read the rules (https://www.gov.kz/?a=1&b=2).",
        ),
        ('<tg-time unix="1">9 May</tg-time> <surname> &copy; &#x41;', "9 May <surname> &copy; A"),
        ("<blockquote expandable>x</blockquote><br>", "x<br>"),
    ],
)
def test_plain_text_keeps_every_word(markup: str, plain: str) -> None:
    made = as_plain_text(call(text=markup, parse_mode="HTML", reply_markup={"x": 1}))
    assert made is not None
    assert made.payload == {"text": plain, "reply_markup": {"x": 1}}
    assert as_plain_text(made) is None


def test_plain_text_of_a_caption_and_of_ready_entities() -> None:
    caption = as_plain_text(call("sendDocument", document="id", caption="<b>x</b>", parse_mode="HTML"))
    assert caption is not None
    assert caption.payload == {"document": "id", "caption": "x"}
    entities = as_plain_text(call(text="<b>x</b>", entities=[{"type": "bold"}]))
    assert entities is not None
    assert entities.payload == {"text": "<b>x</b>"}


def test_what_never_left_is_tried_later_but_a_typing_sign_is_not() -> None:
    away = NotSentError("no connection: [Errno 111] Connect call failed")
    for made in (SEND, EDIT, TAP, INLINE):
        assert judge(made, away, 0) == TryLater("no connection: [Errno 111] Connect call failed")
        assert type(judge(made, away, 1)) is TryLater
    assert judge(TYPING, away, 0) == Failed("no connection: [Errno 111] Connect call failed", quiet=True)


@pytest.mark.parametrize(
    ("made", "attempts"), [(SEND, 2), (FILE, 2), (EDIT, 8), (BUTTONS, 8), (TAP, 1), (INLINE, 1)], ids=lambda x: str(x)
)
def test_what_may_have_arrived_is_made_again_as_often_as_does_no_harm(made: Call, attempts: int) -> None:
    assert most_attempts(made.method) == attempts
    for tries in range(10):
        verdict = judge(made, MaybeSentError("no answer: HTTP 502"), tries)
        assert verdict == Uncertain(tries + 1 < attempts, "uncertain: no answer: HTTP 502")
    assert type(judge(TYPING, MaybeSentError("no answer: HTTP 502"), 0)) is Failed


@pytest.mark.parametrize(
    "description",
    [
        'Bad Request: can\'t parse entities: Unsupported start tag "ivanov" at byte offset 0',
        'Bad Request: can\'t parse entities: Unmatched end tag, expected "</ivanov>", found "</b>"',
        'Bad Request: can\'t parse entities: Unsupported start tag "a"ivanov" at byte offset 0',
        "Bad Request: can't parse entities: Unsupported start tag \"ivanov",
        "Bad Request: inline keyboard button URL 'https://x/ivanov' is invalid: Wrong HTTP URL",
        "Bad Request: it's bot's can't: 'ivanov's'",
    ],
)
def test_notes_do_not_repeat_what_was_written(description: str) -> None:
    for made in (SEND, BOLD):
        verdict = refused(made, 400, description)
        assert "ivanov" not in verdict.note
        assert verdict.note.startswith("400 Bad Request: ")


def test_words_that_are_quoted_are_not_taken_for_an_error() -> None:
    quoted = 'Bad Request: can\'t parse entities: Unsupported start tag "bot was blocked by the user" at byte offset 1'
    assert type(refused(BOLD, 400, quoted)) is PlainText
    assert type(refused(SEND, 400, quoted)) is Failed


@given(st.integers(1, 2000), st.floats(0, 1), st.floats(0.001, 5))
def test_the_wait_doubles_up_to_a_minute_and_is_never_cut_by_more_than_half(
    misses: int, chance: float, first: float
) -> None:
    longest = min(60, first * 2.0 ** min(misses - 1, 30))
    assert longest / 2 <= backoff(misses, chance, first) <= longest


def test_the_first_waits() -> None:
    assert [backoff(misses, 0) for misses in (1, 2, 3, 7, 8, 9)] == [0.5, 1, 2, 32, 60, 60]
