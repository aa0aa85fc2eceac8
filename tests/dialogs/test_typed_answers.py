"""Typed answers to choices and to the question for a country: nothing denied or unsure is taken for an answer."""

import pytest

from dialogs.engine import World
from dialogs.formats import Voice
from dialogs.questions import KINDS, Accepted, Asking, Offered, Reading, Refused
from dialogs.reading.words import words
from knowledge.language import Language

PASSPORT = "which_passport_do_you_hold"
KIND = "what_kind_of_passport"
PURPOSE = "what_is_the_trip_for"
ENTRIES = "how_often_will_you_enter"
BORDER = "how_do_you_cross_the_border"


def read(world: World, question: str, text: str, offer: tuple[str, ...] = ()) -> Reading:
    asked = world.flows["which_visa"].questions[question]
    voice = Voice(world.texts, Language.KK)
    return KINDS[asked.kind].read(Asking(asked, voice, world.knowledge, world.today, 1, offer), text)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (PURPOSE, "не буду работать"),
        (PURPOSE, "не в отпуск"),
        (PURPOSE, "не только туризм"),
        (PURPOSE, "без работы"),
        (PURPOSE, "not for work"),
        (PURPOSE, "not tourism"),
        (PURPOSE, "I don't work"),
        (PURPOSE, "жұмыс үшін емес"),
        (PURPOSE, "туризм емес"),
        (PURPOSE, "жұмыс істемеймін"),
        (KIND, "не дипломатический"),
        (KIND, "not diplomatic"),
        (KIND, "дипломатиялық емес"),
        (ENTRIES, "not once"),
        (ENTRIES, "бір рет емес"),
        (BORDER, "не на машине"),
        (BORDER, "not by plane"),
        (BORDER, "ұшақпен емес"),
    ],
)
def test_a_denied_option_is_not_chosen(world: World, question: str, text: str) -> None:
    assert isinstance(read(world, question, text), Refused)


@pytest.mark.parametrize("question", [KIND, PURPOSE, ENTRIES, BORDER])
def test_yes_and_no_choose_no_option(world: World, question: str) -> None:
    for text in words().answers:
        assert isinstance(read(world, question, text), Refused), text


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (KIND, "нет паспорта", "other_document"),
        (KIND, "у меня нет паспорта", "other_document"),
        (KIND, "no passport", "other_document"),
        (KIND, "паспорт жоқ", "other_document"),
        (KIND, "без гражданства", "other_document"),
        (BORDER, "не самолётом", "land"),
        (BORDER, "по суше", "land"),
        (BORDER, "Құрлықпен не су жолымен", "land"),
        (ENTRIES, "не один раз", "multiple"),
        (PURPOSE, "I come for treatment", "medical"),
        (PURPOSE, "tourisme", "tourism"),
        (PURPOSE, "permanent", "permanent_residence"),
        (PURPOSE, "деловые", "business"),
        (PURPOSE, "тұрақты", "permanent_residence"),
    ],
)
def test_an_option_in_words(world: World, question: str, text: str, value: str) -> None:
    assert read(world, question, text) == Accepted(value)


@pytest.mark.parametrize(
    ("question", "text"),
    [(KIND, "паспорт"), (KIND, "passport"), (KIND, "адам"), (PURPOSE, "деятельность"), (PURPOSE, "қызмет")],
)
def test_a_word_out_of_a_label_is_no_answer(world: World, question: str, text: str) -> None:
    assert isinstance(read(world, question, text), Refused)


@pytest.mark.parametrize("text", ["нет", "no", "жоқ", "ни одна", "none", "ешқайсысы"])
def test_no_to_several_countries_rejects_them_all(world: World, text: str) -> None:
    reading = read(world, PASSPORT, text, ("choose", "KR", "KP"))
    assert isinstance(reading, Offered)
    assert reading.offer == ()
    assert reading.says


@pytest.mark.parametrize(
    "text",
    [
        "казах",
        "я казах",
        "казашка",
        "национальность казах",
        "я казах, живу в Казахстане",
        "я казах, паспорт потерял",
        "I am Kazakh",
        "қазақпын",
        "Қазақстандағы қазақ",
        "qazaq",
    ],
)
def test_a_people_is_no_citizenship(world: World, text: str) -> None:
    assert read(world, PASSPORT, text) == Offered(("confirm", "KZ"))


@pytest.mark.parametrize(
    "text",
    [
        "Казахстан",
        "гражданин Казахстана",
        "казахстанец",
        "казахский паспорт",
        "РК",
        "Kazakhstan",
        "Kazakh passport",
        "citizen of Kazakhstan",
        "KZ",
        "🇰🇿",
        "Қазақстан",
        "қазақстандықпын",
        "қазақ азаматымын",
        "ҚР азаматы",
    ],
)
def test_the_country_or_its_passport_is_sure(world: World, text: str) -> None:
    assert read(world, PASSPORT, text) == Accepted("KZ")
