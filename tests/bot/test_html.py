"""The typed tree as Telegram HTML: escaped, and cut where Telegram cuts it off."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.preview.markup import parse_html
from bot.telegram.html import ENTITIES, as_html, utf16_length
from dialogs.cards.room import LONGEST_MESSAGE
from dialogs.says import Block, Bold, Bullets, Fact, Facts, Folded, Heading, Link, Moment, Paragraph, Span

URL = "https://www.gov.kz/?a=1&b=%22"


def test_every_block_has_its_form() -> None:
    blocks = (
        Heading("Visa <B12> & more"),
        Paragraph(("Read ", Link("the rules", URL), ".")),
        Bullets((("one",), (Bold("two"), " & 3"))),
        Bullets((("first",), ("second",)), numbered=True),
        Facts((Fact("Days", ("10",)), Fact("Until", (Bold("9 <May>"),)))),
        Folded("Sources", (("a",), (Link("b", URL),))),
        Paragraph(("",)),
    )
    expected = (
        "<b>Visa &lt;B12&gt; &amp; more</b>\n\n"
        'Read <a href="https://www.gov.kz/?a=1&amp;b=%22">the rules</a>.\n\n'
        "• one\n• <b>two</b> &amp; 3\n\n"
        "1. first\n2. second\n\n"
        "<b>Days:</b> 10\n<b>Until:</b> <b>9 &lt;May&gt;</b>\n\n"
        '<blockquote expandable><b>Sources</b>\na\n<a href="https://www.gov.kz/?a=1&amp;b=%22">b</a></blockquote>'
    )
    assert as_html(blocks) == [expected]


def test_a_moment_keeps_its_words_whatever_clock_the_reader_has() -> None:
    (html,) = as_html(
        (
            Paragraph(
                ("By ", Moment("9 May <2027>", 1_809_846_000), "."),
            ),
        )
    )
    assert html == 'By <tg-time unix="1809846000">9 May &lt;2027&gt;</tg-time>.'
    parsed = parse_html(html)
    assert parsed.text == "By 9 May <2027>."
    assert parsed.entities == [{"type": "date_time", "offset": 3, "length": 12, "unix_time": 1_809_846_000}]


def test_nothing_to_say_is_no_message() -> None:
    assert as_html(()) == []
    assert as_html((Paragraph(("  ",)),)) == []


def test_a_message_of_exactly_the_limit_stays_whole() -> None:
    letters = "ә" * 4094
    assert len(as_html((Paragraph((letters,)), Paragraph(())))) == 1
    assert len(as_html((Paragraph(("😀" * 2048,)),))) == 1
    assert len(as_html((Paragraph(("😀" * 2048 + "x",)),))) == 2


def test_blocks_are_kept_whole_where_they_fit() -> None:
    one, two = Paragraph(("a" * 3000,)), Paragraph(("b" * 3000,))
    assert as_html((one, two)) == ["a" * 3000, "b" * 3000]


def test_a_long_block_is_cut_between_sentences() -> None:
    sentence = "Қазақстанға келу үшін виза қажет емес. "
    parts = as_html((Paragraph((sentence * 200,)),))
    assert len(parts) == 2
    assert all(part.rstrip().endswith("емес.") for part in parts)


def test_a_folded_block_stays_folded_in_every_part() -> None:
    lines = tuple((f"{number}. " + "x" * 100,) for number in range(80))
    parts = as_html((Folded("Sources", lines),))
    assert len(parts) == 3
    assert all(part.startswith("<blockquote expandable>") and part.endswith("</blockquote>") for part in parts)


def test_formatted_words_are_not_cut_while_they_fit_in_a_message() -> None:
    words = Bold("b" * 1000)
    parts = as_html((Paragraph(("a " * 1800, words)),))
    assert parts[1] == f"<b>{'b' * 1000}</b>"


def test_more_formatted_pieces_than_telegram_takes_are_spread() -> None:
    rows = tuple(Fact(f"row {number}", ("x",)) for number in range(250))
    parts = as_html((Facts(rows),))
    assert [part.count("<b>") for part in parts] == [100, 100, 50]


spans: st.SearchStrategy[Span] = st.one_of(
    st.text(max_size=3000),
    st.builds(Bold, st.text(max_size=3000)),
    st.builds(Link, st.text(min_size=1, max_size=500), st.just(URL)),
    st.builds(Moment, st.text(max_size=500), st.integers(0, 2**32)),
    st.builds(
        lambda unit, times: unit * times, st.sampled_from(["wo rd. ", "ұзын ", "😀", "&<>\n"]), st.integers(1, 2500)
    ),
)
lines = st.lists(spans, max_size=8).map(tuple)
blocks: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, lines),
    st.builds(Bullets, st.lists(lines, max_size=6).map(tuple), st.booleans()),
    st.builds(Folded, st.text(min_size=1, max_size=30), st.lists(lines, max_size=6).map(tuple)),
    st.builds(Facts, st.lists(st.builds(Fact, st.text(max_size=40), lines), max_size=140).map(tuple)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, max_size=4))
def test_whatever_is_said_fits_and_parses(tree: list[Block]) -> None:
    for part in as_html(tree):
        parsed = parse_html(part)
        assert utf16_length(parsed.text) <= LONGEST_MESSAGE
        assert len(parsed.entities) <= ENTITIES


@settings(max_examples=60, deadline=None)
@given(st.lists(blocks, max_size=3))
def test_no_word_is_lost_in_a_cut(tree: list[Block]) -> None:
    shown = "".join("".join(parse_html(part).text.split()) for part in as_html(tree))
    for block in tree:
        if isinstance(block, Paragraph):
            words = "".join(span if isinstance(span, str) else span.text for span in block.line)
            assert "".join(words.split()) in shown
