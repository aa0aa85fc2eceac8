"""Pictures of flows: the pages in docs are current, and nothing in a label can break the picture."""

from dataclasses import replace
from pathlib import Path

import pytest

from dialogs.drawing import mermaid, pages
from dialogs.flow import load_flows
from dialogs.formats import Voice
from dialogs.texts import Texts
from knowledge.language import Language

PAGES = Path(__file__).parents[3] / "docs" / "flows"
HOW = "renew the pages: visabot flow draw --all --write"


@pytest.mark.parametrize(
    ("name", "text"), list(pages(load_flows().values(), Texts.load())), ids=lambda value: value[:30]
)
def test_every_page_is_current(name: str, text: str) -> None:
    assert (PAGES / name).read_text("utf-8") == text, HOW


def test_no_page_is_of_a_flow_that_is_gone() -> None:
    assert {file.name for file in PAGES.glob("*.md")} == {
        name for name, _ in pages(load_flows().values(), Texts.load())
    }, HOW


def test_a_picture_has_every_question_condition_and_end(texts: Texts) -> None:
    flow = load_flows()["which_visa"]
    drawn = mermaid(flow, Voice(texts, Language.EN))
    assert 'which_passport_do_you_hold["Which country issued your<br>passport?"]' in drawn
    assert 'which_passport_do_you_hold -->|"the passport is Kazakh"| end_no_visa_for_citizens' in drawn
    assert 'which_passport_do_you_hold -->|"otherwise"| what_kind_of_passport' in drawn
    assert 'end_advice(["Advice on the trip"])' in drawn
    rules = sum(len(question.next) for question in flow.questions.values())
    assert drawn.count("-->") == rules


def test_people_stand_in_a_frame_that_the_table_closes(texts: Texts) -> None:
    drawn = mermaid(load_flows()["invitation"], Voice(texts, Language.EN))
    inside = drawn.partition("subgraph frame_who_are_the_guests")[2].partition("    end\n")[0]
    assert "what_is_the_surname" in inside
    assert "who_are_the_guests" not in inside
    assert "what_will_the_guests_do --> does_the_guest_fill_this_in" in drawn
    assert "which_address_abroad --> who_are_the_guests" in drawn
    assert 'who_are_the_guests -.->|"another person"| does_the_guest_fill_this_in' in drawn


def test_signs_in_words_do_not_reach_the_picture(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = load_flows()["evisa_check"]
    monkeypatch.setattr(Texts, "get", lambda *_, **__: 'a "b" <c> {d} #e `f`')
    drawn = mermaid(replace(flow), Voice(texts, Language.EN))
    assert "a #quot;b#quot; #lt;c#gt; #123;d#125; #35;e #96;f#96;" in drawn.replace("<br>", " ")
