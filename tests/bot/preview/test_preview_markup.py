"""Telegram's HTML: what it means, and what it refuses."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preview.autolink import detect
from bot.preview.limits import RefusalError, checked_url, utf16_length
from bot.preview.markup import parse_html


def e(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b>", "a", [e("bold", 0, 1)]),
        ("<strong>a</strong><em>b</em><ins>c</ins><del>d</del><strike>e</strike>", "abcde",
         [e("bold", 0, 1), e("italic", 1, 1), e("underline", 2, 1), e("strikethrough", 3, 1),
          e("strikethrough", 4, 1)]),
        ("🏟 <i>ә🏟</i>", "🏟 ә🏟", [e("italic", 3, 3)]),
        ("<B>a</b>", "a", [e("bold", 0, 1)]),
        ("<b>a</>", "a", [e("bold", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [e("bold", 0, 2), e("italic", 1, 1)]),
        ("&lt;b&gt; &amp; &quot;x&quot; &#33;&#x1F600;", '<b> & "x" !😀', []),
        ("  <b> a </b>\n", "a", [e("bold", 0, 1)]),
        ("<b> </b>", "", []),
        ("<b></b>x", "x", []),
        ("<a href='https://example.org/a?b=1&amp;c=2'>x</a>", "x",
         [e("text_link", 0, 1, url="https://example.org/a?b=1&c=2")]),
        ('<a href="http://example.org">x</a>', "x", [e("text_link", 0, 1, url="http://example.org/")]),
        ('<a href="javascript:alert(1)">x</a>', "x", []),
        ("<a>example.org</a>", "example.org", [e("text_link", 0, 11, url="http://example.org/")]),
        ('<a href="tg://user?id=7">x</a>', "x", [e("text_mention", 0, 1, user={"id": 7})]),
        ("<tg-spoiler>a</tg-spoiler><span class='tg-spoiler'>b</span>", "ab", [e("spoiler", 0, 1), e("spoiler", 1, 1)]),
        ("<blockquote>a</blockquote>", "a", [e("blockquote", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [e("expandable_blockquote", 0, 1)]),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [e("blockquote", 0, 2)]),
        ("<pre>a</pre><code>b</code>", "ab", [e("pre", 0, 1), e("code", 1, 1)]),
        ('<pre><code class="language-py">a</code></pre>', "a", [e("pre", 0, 1, language="py")]),
        ('<code class="language-py">a</code>', "a", [e("code", 0, 1)]),
        ("<b>a<code>b</code>c</b>", "abc", [e("bold", 0, 1), e("code", 1, 1), e("bold", 2, 1)]),
        ("<code>a<b>b</b></code>", "ab", [e("code", 0, 2)]),
        ('<tg-time unix="1796000000" format="wDT">x</tg-time>', "x",
         [e("date_time", 0, 1, unix_time=1796000000, date_time_format="wDT")]),
        ('<tg-time unix="1796000000">x</tg-time>', "x", [e("date_time", 0, 1, unix_time=1796000000)]),
        ("<tg-emoji emoji-id='5'>👍</tg-emoji>", "👍", [e("custom_emoji", 0, 2, custom_emoji_id="5")]),
    ],
)  # fmt: skip
def test_html_means(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    parsed = parse_html(source)
    assert parsed.text == text
    assert parsed.entities == entities


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("ә < b", 'Unsupported start tag "" at byte offset 3'),
        ("🏟 🏟&lt;<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=x?y>z</a>", "Unexpected end of name token at byte offset 8"),
        ("<b>a", "Can't find end tag corresponding to start tag \"b\""),
        ("<b><i>a</b>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("Q & A", 'Unescaped "&" at byte offset 2'),
        ("a&nbsp;b", 'Unescaped "&" at byte offset 1'),
        ("&#0;", 'Unescaped "&" at byte offset 0'),
        ("&#xD800;", ("Text contains invalid Unicode characters after decoding HTML entities, "
                      "check for unmatched surrogate code units")),
        ("<tg-time>x</tg-time>", "Invalid Unix time specified"),
        ('<tg-time unix="1" format="x">x</tg-time>', "Invalid date-time format specified"),
        ("<tg-emoji emoji-id='0'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)  # fmt: skip
def test_html_is_refused(source: str, reason: str) -> None:
    with pytest.raises(RefusalError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"


def test_only_a_hundred_entities_are_kept() -> None:
    parsed = parse_html("".join(f"<b>{number}</b> " for number in range(120)))
    assert len(parsed.entities) == 100


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    source = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    parsed = parse_html(f"<b>{source}</b>")
    assert parsed.text == text.strip()
    assert parsed.entities == ([e("bold", 0, utf16_length(text.strip()))] if text.strip() else [])


@given(st.text(alphabet="<>/&;#ab \"'=i-", max_size=60))
def test_any_markup_is_read_or_refused(source: str) -> None:
    with contextlib.suppress(RefusalError):
        parsed = parse_html(source)
        end = utf16_length(parsed.text)
        assert all(0 <= found["offset"] < found["offset"] + found["length"] <= end for found in parsed.entities)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start now", [e("bot_command", 0, 6)]),
        ("🏟 /help@visa_bot", [e("bot_command", 3, 14)]),
        ("see https://www.gov.kz/a?b=1. Then", [e("url", 4, 24)]),
        ("write to visa@example.org", [e("email", 9, 16)]),
        ("ask @visa_bot", [e("mention", 4, 9)]),
        ("10/12/2026 and a/b", []),
        ("24/7", []),
    ],
)
def test_commands_and_links_are_found(text: str, found: list[dict[str, Any]]) -> None:
    assert detect(text, []) == found


def test_nothing_is_found_inside_a_link() -> None:
    link = e("text_link", 0, 6, url="https://example.org/")
    assert detect("/start", [link]) == [link]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://www.gov.kz", "https://www.gov.kz/"),
        ("www.gov.kz/a", "http://www.gov.kz/a"),
        ("HTTP://a.kz?x", "http://a.kz/?x"),
        ("http://localhost:8080/x", "http://localhost:8080/x"),
        ("https://виза.қаз/", "https://виза.қаз/"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("ftp://a.kz", None),
        ("javascript:alert(1)", None),
        ("mailto:a@b.kz", None),
        ("https://a b.kz", None),
        ("word", None),
        ("", None),
    ],
)
def test_addresses(url: str, kept: str | None) -> None:
    assert checked_url(url) == kept
