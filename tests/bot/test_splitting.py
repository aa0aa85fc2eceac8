"""Words that are too long for one message: all of them arrive, in messages that Telegram takes."""

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.preview.limits import ENTITIES, TEXT_LENGTH
from bot.preview.markup import parse_html
from bot.storage.calls import Call
from bot.telegram.html import as_html, utf16_length
from bot.telegram.splitting import MARKUP_LENGTH, split
from dialogs.says import Block, Bold, Folded, Line, Link, Moment, Paragraph, Span

BUTTONS = {"inline_keyboard": [[{"text": "OK", "callback_data": "ok"}]]}
SENTENCES = {
    "kk": "Қазақстанға келу үшін виза қажет емес. ",
    "ru": "Для въезда в Казахстан виза не нужна. ",
    "en": "You need no visa to come to Kazakhstan. ",
    "emoji": "👨‍👩‍👧‍👦 🇰🇿 😀. ",
}


def message(text: str, method: str = "sendMessage", **more: Any) -> Call:
    return Call(method, 7, "7", {"text": text, **more})


def shown(call: Call) -> str:
    """The words that a reader sees, without the spaces between them."""
    words: str = call.payload.get("text", "")
    text = parse_html(words).text if call.payload.get("parse_mode") == "HTML" else words
    return "".join(text.split())


def joined(*blocks: Block) -> str:
    """What stood in the outbox: more than Telegram takes, as no renderer of ours makes it."""
    return "\n\n".join(as_html(blocks))


@pytest.mark.parametrize("language", SENTENCES)
def test_a_long_text_is_cut_between_sentences(language: str) -> None:
    text = SENTENCES[language] * 300
    calls = split(message(text))
    assert len(calls) >= 2
    assert all(call.payload["text"].rstrip().endswith(".") for call in calls)
    assert all(utf16_length(parse_html(call.payload["text"]).text) <= TEXT_LENGTH for call in calls)
    assert "".join(map(shown, calls)) == "".join(text.split())


def test_paragraphs_stay_whole_where_they_fit() -> None:
    one, two = f"<b>first</b>{' a' * 1400}", f"<b>second</b>{' b' * 1400}"
    calls = split(message(f"{one}\n\n{two}", parse_mode="HTML"))
    assert [call.payload["text"] for call in calls] == [one, two]


def test_words_that_are_not_markup_arrive_as_they_were_written() -> None:
    text = ("Is 5 < 6 & 7 > 3? <b>no tag</b> &amp; no reference. " * 120).strip()
    calls = split(message(text))
    assert all(call.payload["parse_mode"] == "HTML" for call in calls)
    assert "".join(map(shown, calls)) == "".join(text.split())


def test_buttons_go_with_the_last_and_the_answered_message_with_the_first() -> None:
    reply = {"message_id": 5, "allow_sending_without_reply": True}
    calls = split(
        message("word " * 2000, reply_markup=BUTTONS, reply_parameters=reply, message_thread_id=9, protect_content=True)
    )
    assert len(calls) == 3
    assert [call.payload.get("reply_markup") for call in calls] == [None, None, BUTTONS]
    assert [call.payload.get("reply_parameters") for call in calls] == [reply, None, None]
    assert all(call.payload["message_thread_id"] == 9 and call.payload["protect_content"] for call in calls)


def test_an_edit_changes_its_message_to_the_first_part() -> None:
    calls = split(message("word " * 1000, "editMessageText", message_id=3, reply_markup=BUTTONS))
    assert [(call.method, call.payload.get("message_id")) for call in calls] == [
        ("editMessageText", 3),
        ("sendMessage", None),
    ]
    assert "reply_markup" not in calls[0].payload


def test_a_long_caption_goes_before_its_file() -> None:
    file = {"name": "dates.ics", "mime": "text/calendar", "base64": "AA=="}
    caption = "<b>Dates</b> " + "day " * 400
    call = Call(
        "sendDocument",
        7,
        "7",
        {"document": file, "caption": caption, "parse_mode": "HTML", "reply_markup": BUTTONS, "message_thread_id": 9},
    )
    said, sent = split(call)
    assert (said.method, set(said.payload)) == ("sendMessage", {"text", "parse_mode", "message_thread_id"})
    assert shown(said) == "Dates" + "day" * 400
    assert (sent.method, sent.payload) == (
        "sendDocument",
        {"document": file, "reply_markup": BUTTONS, "message_thread_id": 9},
    )


def test_links_that_weigh_too_much_are_spread_over_messages() -> None:
    lines: tuple[Line, ...] = tuple(
        (f"{n}. ", Link(f"Source {n}", f"https://adilet.zan.kz/{'x' * 250}/{n}")) for n in range(60)
    )
    text = joined(Folded("Sources", lines))
    assert utf16_length(parse_html(text).text) < TEXT_LENGTH
    calls = split(message(text, parse_mode="HTML"))
    weights = [sum(map(len, re.findall(r"<[^>]*>", call.payload["text"]))) for call in calls]
    assert len(calls) > 1
    assert max(weights) <= MARKUP_LENGTH
    assert all(call.payload["text"].startswith("<blockquote expandable>") for call in calls)
    assert "".join(map(shown, calls)) == shown(message(text, parse_mode="HTML"))


def test_what_we_count_as_short_enough_is_halved_when_telegram_does_not() -> None:
    text = SENTENCES["en"] * 50
    calls = split(message(text))
    assert len(calls) == 2
    assert "".join(map(shown, calls)) == "".join(text.split())


def test_marks_of_others_are_lost_and_their_words_are_not() -> None:
    text = "<i>ab <b>cd</b></i> <code>ef</code> <tg-time unix='later'>gh</tg-time> <a>ij</a> " * 300
    calls = split(message(text, parse_mode="HTML"))
    assert "".join(map(shown, calls)) == "abcdefghij" * 300
    assert "<b>cd</b>" in calls[0].payload["text"]


@pytest.mark.parametrize(
    "call",
    [
        message("short"),
        message(""),
        Call("answerCallbackQuery", 7, "answer 1", {"callback_query_id": "1", "text": "x " * 200}),
        Call("editMessageReplyMarkup", 7, "7", {"message_id": 1}),
        Call("editMessageCaption", 7, "7", {"message_id": 1, "caption": "x " * 2000}),
    ],
    ids=lambda call: call.method,
)
def test_what_cannot_be_split_comes_back_as_it_was(call: Call) -> None:
    assert split(call) == (call,)


words = st.one_of(
    st.builds(
        lambda unit, times: unit * times,
        st.sampled_from([*SENTENCES.values(), "&<>\n", "ұ", "😀"]),
        st.integers(1, 400),
    ),
    st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=200),
)
spans: st.SearchStrategy[Span] = st.one_of(
    words,
    st.builds(Bold, words),
    st.builds(Link, words, st.just("https://www.gov.kz/?a=1&b=%22")),
    st.builds(Moment, words, st.integers(0, 2**32)),
)
lines = st.lists(spans, min_size=1, max_size=6).map(tuple)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, lines),
    st.builds(Folded, st.text("ab ", max_size=9), st.lists(lines, max_size=120).map(tuple)),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(blocks, min_size=1, max_size=6))
def test_whatever_is_too_long_arrives_in_parts_that_telegram_takes(tree: list[Block]) -> None:
    whole = message(joined(*tree), parse_mode="HTML", reply_markup=BUTTONS)
    calls = split(whole)
    assert "".join(map(shown, calls)) == shown(whole)
    if len(calls) == 1:
        assert utf16_length(parse_html(whole.payload["text"]).text) < TEXT_LENGTH // 16
        return
    for call in calls:
        parsed = parse_html(call.payload["text"])
        assert 0 < utf16_length(parsed.text) <= TEXT_LENGTH
        assert call.payload["text"].count("<") // 2 <= ENTITIES
        assert sum(map(len, re.findall(r"<[^>]*>", call.payload["text"]))) <= MARKUP_LENGTH


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["C"]), max_size=9000))
def test_plain_words_all_arrive(text: str) -> None:
    calls = split(message(text))
    assert "".join(map(shown, calls)) == "".join(text.split())


def test_parts_know_nothing_of_what_follows_the_whole() -> None:
    """What is left of a message comes after its parts once, not after each of them."""
    later = message("later")
    file = Call("sendDocument", 7, "7", {"document": "id", "caption": "day " * 400}, rest=(later,))
    for whole in (Call("sendMessage", 7, "7", {"text": "word " * 2000}, rest=(later,)), file):
        calls = split(whole)
        assert len(calls) > 1
        assert not any(call.rest for call in calls)
