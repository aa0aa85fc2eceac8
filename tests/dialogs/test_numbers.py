"""Lengths of a stay as people write them in three languages."""

import pytest

from dialogs.reading.numbers import NumberReading, read_number

DAYS = {
    "10": 10,
    " 10 days ": 10,
    "10 дней": 10,
    "10 күн": 10,
    "30 күнге": 30,
    "10дней": 10,
    "2 weeks": 14,
    "две недели": 14,
    "екі апта": 14,
    "3 апта": 21,
    "a week": 7,
    "неделю": 7,
    "a month": 30,
    "month": 30,
    "бір ай": 30,
    "бир ай": 30,
    "1 месяц": 30,
    "1,5 месяца": 45,
    "полтора месяца": 45,
    "полгода": 180,
    "year": 365,
    "он бес күн": 15,
    "он күн": 10,
    "сорок пять дней": 45,
    "a couple of weeks": 14,
    "ten": 10,
    "0": 0,
    "-5": -5,
    "11 years": 4015,
    "about 10": 10,
    "10 days with my family in Almaty": 10,
    "месяц и 10 дней": 40,
    "неделю и 3 дня": 10,
    "две недели и 3 дня": 17,
    "a week and 3 days": 10,
    "1 year 2 months": 425,
    "бір ай 10 күн": 40,
    "бір апта және 3 күн": 10,
    "14 ночей": 15,
    "14 nights": 15,
    "14 түн": 15,
    "3 дня 2 ночи": 3,
    "тридцать два": 32,
    "thirty-two": 32,
    "отыз екі": 32,
    "сорок пять": 45,
    "сто двадцать дней": 120,
    "one hundred twenty": 120,
    "жүз жиырма": 120,
    "екі жүз күн": 200,
    "half a year": 180,
    "жарты жыл": 180,
    "бір жарым ай": 45,
    "two and a half weeks": 18,
    "месяц с половиной": 45,
    "недели две": 14,
    "около месяца": 30,
    "до двух недель": 14,
    "up to 10 days": 10,
    "10 күнге дейін": 10,
    "no more than 10 days": 10,
    "не больше 10 дней": 10,
    "10 күннен артық емес": 10,
    "2 недели (14 дней)": 14,
    "10 full days": 10,
    "целый месяц": 30,
    "10 шақты күн": 10,
    "48 hours": 2,
    "10.5 days": 11,
}


@pytest.mark.parametrize(("text", "days"), DAYS.items())
def test_days(text: str, days: int) -> None:
    assert read_number(text) == NumberReading(days)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "много",
        "🙂",
        "көп",
        "I have got 2 children",
        "one of my friends told me",
        "несколько недель",
        "a few days",
        "бірнеше апта",
        "weeks",
        "дней",
        "several months",
        "до 20 декабря",
        "until 20 December",
        "20 желтоқсанға дейін",
        "20.12.2026",
        "20.12",
        "с 5 по 27 декабря",
        "10 человек",
        "room 12",
        "2 визы",
        "12 бөлме",
        "10 рабочих дней",
        "ребёнку 5 лет",
        "больше месяца",
        "more than 30 days",
        "30 күннен артық",
        "30+",
        "at least 10 days",
        "от 10 дней",
        "не 10 дней",
        "not 10 days",
        "10 күн емес",
        "через 10 дней",
        "in 10 days",
        "10 күннен кейін",
        "на следующей неделе",
        "next week",
        "келесі аптада",
        "аптада",
        "раз в месяц",
        "every week",
        "10 days twice",
        "неделю назад",
    ],
)
def test_no_number(text: str) -> None:
    assert read_number(text) == NumberReading()


@pytest.mark.parametrize(
    "text",
    [
        "10-14",
        "10 or 14 days",
        "от 5 до 7 дней",
        "две-три недели",
        "неделю или месяц",
        "2 недели и 14 дней",
        "2 children for 10 days",
    ],
)
def test_several_numbers_are_not_guessed_from(text: str) -> None:
    assert read_number(text) == NumberReading(several=True)


def test_a_figure_without_end_is_just_too_large() -> None:
    value = read_number("9" * 300).value
    assert value is not None
    assert value > 10**8
