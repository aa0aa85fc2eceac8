"""Typed data: good, doubtful and wrong texts of each form, in three scripts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.forms import FORMS, Mistake, Unsure, Written
from dialogs.texts import Texts
from knowledge.language import Language

FORM = st.sampled_from(sorted(FORMS))
NEAR_A_FORM = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="ABCZabcz АВЕКМНӘқғІўü'-.<@0123456789", max_size=40),
    st.text(alphabet="0123456789 +-().,'$€₸USDтенге", max_size=30),
    st.from_regex(r"[a-z.]{1,8}@[a-z]{1,8}\.(com|con|kz|ru)", fullmatch=True),
)


def figures_with_check(first: str) -> str:
    """The number of eleven figures and the one that checks them, by the rule as it is published."""
    for weights in (list(range(1, 12)), [*range(3, 12), 1, 2]):
        rest = sum(int(figure) * weight for figure, weight in zip(first, weights, strict=True)) % 11
        if rest < 10:
            return f"{first}{rest}"
    raise AssertionError(f"{first} is given to nobody")


PERSON = figures_with_check("80051030012")
BUSINESS = figures_with_check("15024000123")

WRITTEN = {
    "latin_name": {
        "Eriksson": "ERIKSSON",
        "  anna   maria ": "ANNA MARIA",
        "D’Arcy": "D'ARCY",
        "Anna - Maria": "ANNA-MARIA",
        "JEAN–LUC": "JEAN-LUC",
        "Straße": "STRASSE",
        "ＥＲＩＫＳＳＯＮ": "ERIKSSON",
    },
    "document_number": {
        "l898902c3": "L898902C3",
        "N 123 45-67": "N1234567",
        "№ N1234567": "N1234567",
        "12345": "12345",
    },
    "phone": {
        "8 701 123 45 67": "+77011234567",
        "+7 (701) 123-45-67": "+77011234567",
        "77011234567": "+77011234567",
        "7011234567": "+77011234567",
        "тел.: 8 7172 55 55 55": "+77172555555",
        "телефоным – 8 701 123 45 67": "+77011234567",
        "0049 170 1234567": "+491701234567",
        "+44 7400 123456": "+447400123456",
        "٨٧٠١١٢٣٤٥٦٧": "+77011234567",
    },
    "email": {
        "anna@Example.COM": "anna@example.com",
        "моя почта: anna@example.com.": "anna@example.com",
        "<anna@example.com>": "anna@example.com",
        "mailto:anna@example.com": "anna@example.com",
    },
    "iin": {PERSON: PERSON, f"ИИН {PERSON[:6]} {PERSON[6:]}": PERSON, f"ЖСН: {PERSON}": PERSON},
    "bin": {BUSINESS: BUSINESS, f"БСН {BUSINESS}": BUSINESS},
    "iin_or_bin": {PERSON: PERSON, BUSINESS: BUSINESS},
    "address": {"Astana, Koktem 5": "Astana, Koktem 5", "Алматы қ.,\n Көктем көшесі 5": "Алматы қ., Көктем көшесі 5"},
    "amount": {
        "185 USD": "185 USD",
        "$185": "185 USD",
        "1 234 567,50 тенге": "1234567.50 KZT",
        "1,234,567.50 $": "1234567.50 USD",
        "1.234.567,50 евро": "1234567.50 EUR",
        "1.500 EUR": "1500 EUR",
        "€1,5": "1.50 EUR",
        "500 тыс. тенге": "500000 KZT",
        "2 млн теңге": "2000000 KZT",
        "100\u00a0000 ₸": "100000 KZT",
        "60 АҚШ доллары": "60 USD",
        "185.00 usd": "185 USD",
    },
    "line": {"  ТОО «Ромашка»  ": "ТОО «Ромашка»", "one\ntwo": "one two", "a\u202eb\u0000c": "ab c"},
}
UNSURE = {
    "latin_name": {
        "Щербаков-Юрьев": "SHCHERBAKOV-IUREV",
        "Подъячая Хоё": "PODIEIACHAIA KHOE",
        "Әлия Нұрғали": "ALIYA NURGALI",
        "Қайырұлы": "KAYYRULY",
        "Müller": "MUELLER",
        "Løvås": "LOEVAAS",
        "José": "JOSE",
        "STRAẞE": "STRASSE",
        "IVANОV": "IVANOV",
        "O": "O",
    },
    "document_number": {"АВ1234567": "AB1234567", "хс12345": "XC12345"},
    "phone": {"+7 101 123 45 67": "+71011234567"},
    "email": {
        "anna@gmial.com": "anna@gmail.com",
        "anna@example.con": "anna@example.com",
        "anna@gmail.con": "anna@gmail.com",
        "anna@mail.ry": "anna@mail.ru",
    },
    "address": {"Astana, Koktem": "Astana, Koktem", "010000": "010000"},
}
MISTAKES = {
    "latin_name": {
        "": "latin_name_letters",
        "王伟": "latin_name_letters",
        "محمد": "latin_name_letters",
        "-": "latin_name_letters",
        "Anna2": "latin_name_digits",
        "Mr Smith": "latin_name_title",
        "г-н Иванов": "latin_name_title",
        "My name is Anna": "latin_name_sentence",
        "Меня зовут Анна": "latin_name_sentence",
        "Менің атым Анна": "latin_name_sentence",
        "why?": "latin_name_sentence",
        "a b c d e f g h i": "latin_name_sentence",
        "A" * 81: "latin_name_sentence",
        "J. R.": "latin_name_initials",
    },
    "document_number": {
        "": "document_number_signs",
        "ІЖ12345": "document_number_signs",
        "N12/345": "document_number_signs",
        "1234": "document_number_length",
        "A123456789012": "document_number_length",
        "hello": "document_number_digits",
    },
    "phone": {"": "phone_not_a_number", "call me": "phone_not_a_number", "123": "phone_length",
              "+1 555": "phone_length", "8 701 123 45 67, 8 702 123 45 67": "phone_not_a_number"},
    "email": {"": "email_form", "anna@": "email_form", "аnna@example.com": "email_form", "anna": "email_form",
              "a@example.com b@example.com": "email_several"},
    "iin": {"": "iin_figures", "80O510300123": "iin_figures", "8005": "iin_length", BUSINESS: "iin_of_business",
            figures_with_check("80133030012"): "iin_birth", figures_with_check("80051090012"): "iin_birth",
            f"{PERSON[:-1]}{(int(PERSON[-1]) + 1) % 10}": "state_number_check"},
    "bin": {"": "bin_figures", "1502": "bin_length", PERSON: "bin_of_person",
            figures_with_check("15134000123"): "bin_month",
            f"{BUSINESS[:-1]}{(int(BUSINESS[-1]) + 1) % 10}": "state_number_check"},
    "iin_or_bin": {"": "iin_or_bin_figures", "15": "iin_or_bin_length"},
    "address": {"": "line_empty", "a 1": "address_short", "a" * 201: "line_length", "Which address?": "line_question"},
    "amount": {"": "amount_number", "185": "amount_currency", "5 usd 6 eur": "amount_number", "0 USD": "amount_number",
               "-5 USD": "amount_number", "5 USD EUR": "amount_currency", "1.23.4 USD": "amount_number",
               "007 USD": "amount_number", "9999999999999 USD": "amount_number", "1,2345 USD": "amount_number"},
    "line": {"": "line_empty", "…": "line_empty", "x" * 201: "line_length", "сколько стоит виза?": "line_question"},
}  # fmt: skip


def test_every_form_is_tried() -> None:
    assert set(WRITTEN) == set(MISTAKES) == set(FORMS)


@pytest.mark.parametrize(("form", "text"), [(form, text) for form, texts in WRITTEN.items() for text in texts])
def test_good_texts(form: str, text: str) -> None:
    assert FORMS[form].read(text) == Written(WRITTEN[form][text])


@pytest.mark.parametrize(("form", "text"), [(form, text) for form, texts in UNSURE.items() for text in texts])
def test_doubtful_texts_are_proposed(form: str, text: str) -> None:
    reading = FORMS[form].read(text)
    assert isinstance(reading, Unsure)
    assert reading.value == UNSURE[form][text]
    assert FORMS[form].is_valid(reading.value)


@pytest.mark.parametrize(("form", "text"), [(form, text) for form, texts in MISTAKES.items() for text in texts])
def test_wrong_texts(form: str, text: str) -> None:
    reading = FORMS[form].read(text)
    assert isinstance(reading, Mistake)
    assert reading.key == MISTAKES[form][text]


@given(FORM, NEAR_A_FORM)
def test_any_text_is_read(form: str, text: str) -> None:
    """Nothing raises; what is written or proposed is valid, is read again as itself, and is shown."""
    reading = FORMS[form].read(text)
    if isinstance(reading, Mistake):
        return
    assert FORMS[form].is_valid(reading.value)
    again = FORMS[form].read(reading.value)
    assert not isinstance(again, Mistake)
    assert isinstance(reading, Unsure) or again == reading
    assert FORMS[form].shown(reading.value)


@given(FORM, NEAR_A_FORM)
def test_a_masked_value_shows_only_its_ends(form: str, text: str) -> None:
    reading = FORMS[form].read(text)
    value = text if isinstance(reading, Mistake) else reading.value
    first, dots, last = FORMS[form].masked(value).partition("•••••")
    assert dots
    assert len(first) <= 2
    assert len(last) <= 2
    assert value.startswith(first)
    assert value.endswith(last)
    assert len(first) + len(last) <= len(value) // 2


@given(FORM, st.text(max_size=40))
def test_any_stored_value_is_checked(form: str, value: str) -> None:
    """A stored value may be anything; a valid one is one that can be read."""
    if FORMS[form].is_valid(value):
        assert not isinstance(FORMS[form].read(value), Mistake)


@given(st.dates(date(1900, 1, 1), date(2026, 11, 22)), st.integers(0, 9999), st.booleans())
def test_a_number_of_a_person_has_one_last_figure(born: date, serial: int, man: bool) -> None:
    century = (3 if born.year < 2000 else 5) + (not man)
    first = f"{born:%y%m%d}{century}{serial:04}"
    try:
        right = {figures_with_check(first)}
    except AssertionError:
        right = set()
    assert {f"{first}{figure}" for figure in range(10) if FORMS["iin"].is_valid(f"{first}{figure}")} == right


def test_values_are_shown_in_groups() -> None:
    assert FORMS["phone"].shown("+77011234567") == "+7 701 123 4567"
    assert FORMS["iin"].shown(PERSON) == f"{PERSON[:6]} {PERSON[6:]}"
    assert FORMS["amount"].shown("1500000.50 KZT").replace("\u00a0", " ") == "1 500 000.50 KZT"
    assert FORMS["document_number"].masked("N1234545") == "N•••••45"
    assert FORMS["phone"].masked("+77011234567") == "+7•••••67"
    assert FORMS["phone"].masked("+123456") == FORMS["latin_name"].masked("ANNA") == "•••••"


def test_the_example_of_a_phone_is_of_its_country() -> None:
    for text, code in {"123": "+7 7", "+1 555": "+1 ", "+44 1": "+44 ", "call me": "+7 7"}.items():
        reading = FORMS["phone"].read(text)
        assert isinstance(reading, Mistake)
        assert str(reading.values["example"]).startswith(code)


def test_every_reading_has_words(texts: Texts) -> None:
    """Each key of a table above has its text in three languages, with the values it needs."""
    for form, table in (*UNSURE.items(), *MISTAKES.items()):
        for text in table:
            reading = FORMS[form].read(text)
            assert not isinstance(reading, Written)
            for language in Language:
                assert texts.get(language, f"form.{reading.key}", **reading.values)


def test_the_figure_0_says_neither_century_nor_sex() -> None:
    """29 February was in 2000 and not in 1900; a day of neither century is none."""
    assert FORMS["iin"].is_valid(figures_with_check("00022900012"))
    assert not FORMS["iin"].is_valid(figures_with_check("00022930012"))
    assert not FORMS["iin"].is_valid(figures_with_check("00023000012"))
