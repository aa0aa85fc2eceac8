"""Days of other questions than the arrival: births, passports, what has happened; and other counts and countries."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.engine import World
from dialogs.formats import Voice
from dialogs.questions import KINDS, Accepted, Asking, Offered, Reading, Refused
from dialogs.questions.date import reach_of
from dialogs.reading.counts import read_count
from dialogs.reading.dates import read_date
from dialogs.reading.reach import DateProblem, Reach
from dialogs.says import PressButton
from dialogs.tree import Kind, Period, Question
from dialogs.wire import Tap
from knowledge.base import KnowledgeBase
from knowledge.language import Language

TODAY = date(2026, 11, 22)
BIRTH = Question("birth", Kind.DATE, (), personal=True, period=Period.PAST, high=120)
ISSUE = Question("issue", Kind.DATE, (), period=Period.PAST, high=20)
ENTRY = Question("entry", Kind.DATE, (), period=Period.PAST, high=1)
EXPIRY = Question("expiry", Kind.DATE, (), period=Period.FUTURE, high=20)
EITHER = Question("either", Kind.DATE, (), period=Period.ANY, high=2)
ARRIVAL = Question("arrival", Kind.DATE, ())


def asked(world: World, question: Question, offer: tuple[str, ...] = (), language: Language = Language.EN) -> Asking:
    return Asking(question, Voice(world.texts, language), world.knowledge, TODAY, 1, offer)


def read(world: World, question: Question, text: str) -> Reading:
    return KINDS[question.kind].read(asked(world, question), text)


def values_of(asking: Asking) -> list[str]:
    """What the buttons of the question carry."""
    buttons = [button.action for row in KINDS[asking.question.kind].rows(asking) for button in row]
    taps = [Tap.decode(action.data) for action in buttons if isinstance(action, PressButton)]
    return [tap.value for tap in taps if tap is not None and tap.value]


@pytest.mark.parametrize(
    ("question", "text", "day"),
    [
        (BIRTH, "10.12.1980", "1980-12-10"),
        (BIRTH, "1980-12-10", "1980-12-10"),
        (BIRTH, "10 дек 1980", "1980-12-10"),
        (BIRTH, "10 декабря 1980 года", "1980-12-10"),
        (BIRTH, "1980 жылғы 10 желтоқсан", "1980-12-10"),
        (BIRTH, "10 желтоқсан 1980", "1980-12-10"),
        (BIRTH, "10 Dec 1980", "1980-12-10"),
        (BIRTH, "December 10, 1980", "1980-12-10"),
        (BIRTH, "10121980", "1980-12-10"),
        (BIRTH, "10.12.80", "1980-12-10"),
        (BIRTH, "10 дек 80", "1980-12-10"),
        (BIRTH, "25/12/80", "1980-12-25"),
        (BIRTH, "12/25/80", "1980-12-25"),
        (BIRTH, "01.02.05", "2005-02-01"),
        (BIRTH, "29.02.2000", "2000-02-29"),
        (BIRTH, "22.11.2026", "2026-11-22"),
        (BIRTH, "22.11.1906", "1906-11-22"),
        (ISSUE, "01.03.19", "2019-03-01"),
        (ENTRY, "10 ноября", "2026-11-10"),
        (ENTRY, "10 декабря", "2025-12-10"),
        (ENTRY, "сегодня", "2026-11-22"),
        (ENTRY, "3 қараша", "2026-11-03"),
        (EXPIRY, "10.12.2040", "2040-12-10"),
        (EXPIRY, "10.12.40", "2040-12-10"),
        (EXPIRY, "22.11.2046", "2046-11-22"),
        (EXPIRY, "10 декабря 2030", "2030-12-10"),
        (EITHER, "10.12.2025", "2025-12-10"),
        (EITHER, "10.12.2027", "2027-12-10"),
        (EITHER, "Tuesday 10 November", "2026-11-10"),
    ],
)
def test_a_day(world: World, question: Question, text: str, day: str) -> None:
    assert read(world, question, text) == Accepted(day)


@pytest.mark.parametrize(
    ("question", "text", "problem"),
    [
        (BIRTH, "23.11.2026", DateProblem.NOT_YET),
        (BIRTH, "10.12.2080", DateProblem.NOT_YET),
        (BIRTH, "завтра", DateProblem.NOT_YET),
        (BIRTH, "21.11.1906", DateProblem.LONG_AGO),
        (BIRTH, "10 декабря", DateProblem.NO_YEAR),
        (BIRTH, "10.12", DateProblem.NO_YEAR),
        (BIRTH, "декабрь 1980", DateProblem.NOT_A_DATE),
        (BIRTH, "1980", DateProblem.NOT_A_DATE),
        (BIRTH, "понедельник", DateProblem.NOT_A_DATE),
        (BIRTH, "10-го", DateProblem.NOT_A_DATE),
        (BIRTH, "29.02.1981", DateProblem.IMPOSSIBLE),
        (BIRTH, "10-20 декабря 1980", DateProblem.NOT_A_DATE),
        (ISSUE, "01.03.1999", DateProblem.LONG_AGO),
        (ENTRY, "10.12.2026", DateProblem.NOT_YET),
        (ENTRY, "декабрь 2026", DateProblem.NOT_YET),
        (EXPIRY, "21.11.2026", DateProblem.PAST),
        (EXPIRY, "23.11.2046", DateProblem.BEYOND),
        (EXPIRY, "10 декабря", DateProblem.NO_YEAR),
        (EITHER, "10.12.2035", DateProblem.BEYOND),
        (EITHER, "10.12.2015", DateProblem.LONG_AGO),
        (EITHER, "декабрь", DateProblem.NOT_A_DATE),
    ],
)
def test_no_day(world: World, question: Question, text: str, problem: DateProblem) -> None:
    """Each is refused with a reason in three languages; what has no form is shown one that is read."""
    for language in Language:
        voice = Voice(world.texts, language)
        reach = reach_of(question, TODAY)
        days = {"today": reach.today, "day": reach.example, "first": reach.earliest, "last": reach.latest}
        reading = KINDS[Kind.DATE].read(asked(world, question, language=language), text)
        assert reading == Refused((voice.told(f"error.date_{problem}", days),))


@pytest.mark.parametrize("question", [BIRTH, ISSUE, ENTRY, EXPIRY, EITHER, ARRIVAL])
def test_the_example_is_an_answer(world: World, question: Question) -> None:
    for language in Language:
        example = Voice(world.texts, language).date(reach_of(question, TODAY).example)
        assert isinstance(read(world, question, example), Accepted), example


def test_a_day_of_two_orders_is_asked_about(world: World) -> None:
    """A button on a personal day holds its place only."""
    reading = read(world, BIRTH, "10/12/80")
    assert reading == Offered(("dates", "1980-10-12", "1980-12-10"))
    asking = asked(world, BIRTH, ("dates", "1980-10-12", "1980-12-10"))
    assert values_of(asking) == ["0", "1"]
    assert KINDS[Kind.DATE].tapped(asking, "1") == Accepted("1980-12-10")
    assert isinstance(KINDS[Kind.DATE].tapped(asking, "2"), Refused)
    assert isinstance(KINDS[Kind.DATE].tapped(asked(world, BIRTH), "1"), Refused)
    open_to_all = asked(world, ISSUE, ("dates", "2020-10-12", "2020-12-10"))
    assert values_of(open_to_all) == ["2020-10-12", "2020-12-10"]


def test_a_day_without_a_year_may_be_two(world: World) -> None:
    assert read(world, EITHER, "10 ноября") == Offered(("dates", "2026-11-10", "2027-11-10"))


def test_near_days_stand_in_a_calendar(world: World) -> None:
    """Of the last months, or of the next ones; a birth has none."""
    entry = values_of(asked(world, ENTRY))
    assert "2026-11-22" in entry
    assert "2026-11-23" not in entry
    assert "2026-10" in entry
    assert "2026-12" not in entry
    assert {"2026-10", "2026-12", "2026-11-21", "2026-11-23"} <= set(values_of(asked(world, EITHER)))
    assert values_of(asked(world, BIRTH)) == values_of(asked(world, EXPIRY)) == []
    assert read(world, ENTRY, "октябрь") == Offered(
        ("month", "2026-10"), (world.texts.get(Language.EN, "date.pick_a_day"),)
    )
    assert read(world, ENTRY, "декабрь") == Offered(
        ("month", "2025-12"), (world.texts.get(Language.EN, "date.pick_a_day"),)
    )


def test_a_stored_day_is_checked_on_the_day(knowledge: KnowledgeBase) -> None:
    kind = KINDS[Kind.DATE]
    assert kind.is_valid(BIRTH, "1980-12-10", knowledge, TODAY)
    assert not kind.is_valid(BIRTH, "2026-11-23", knowledge, TODAY)
    assert kind.is_valid(EXPIRY, "2040-12-10", knowledge, TODAY)
    assert not kind.is_valid(ARRIVAL, "2040-12-10", knowledge, TODAY)
    assert not kind.is_valid(EXPIRY, "2026-11-21", knowledge, TODAY)


def test_years_end_on_a_leap_day_too() -> None:
    reach = Reach.of_years(date(2028, 2, 29), back=1, ahead=1)
    assert (reach.earliest, reach.latest) == (date(2027, 2, 28), date(2029, 2, 28))


@given(st.dates(date(1907, 1, 1), TODAY), st.sampled_from(Language))
def test_every_birth_is_read_as_it_is_shown(world: World, born: date, language: Language) -> None:
    shown = Voice(world.texts, language).date(born)
    assert read_date(shown, TODAY, reach_of(BIRTH, TODAY)).days == (born,)
    assert read_date(born.isoformat(), TODAY, reach_of(BIRTH, TODAY)).days == (born,)


@given(st.text(max_size=40), st.sampled_from([BIRTH, ISSUE, ENTRY, EXPIRY, EITHER, ARRIVAL]))
def test_any_text_is_read(text: str, question: Question) -> None:
    reach = reach_of(question, TODAY)
    reading = read_date(text, TODAY, reach)
    assert (reading.problem is None) == bool(reading.days or reading.month)
    assert all(reach.problem(day) is None for day in reading.days)


@pytest.mark.parametrize(
    ("unit", "texts"),
    [
        ("month", {"6": 6, "6 месяцев": 6, "полгода": 6, "год": 12, "1,5 года": 18, "бір жыл": 12, "алты ай": 6,
                   "half a year": 6, "18 months": 18, "год и 6 месяцев": 18, "30 дней": None, "2 или 3": None, "": None,
                   "more than 3 months": None, "-5": None, "сто восемьдесят": 180}),
        ("year", {"5": 5, "2 года": 2, "24 месяца": 2, "6 месяцев": None, "екі жыл": 2, "two years": 2, "скоро": None}),
        ("person", {"3": 3, "трое": 3, "нас двое": 2, "2 adults": 2, "үш адам": 3, "екеуміз": 2, "я один": 1, "one": 1,
                    "двадцать пять человек": 25, "3 дня": None, "2 и 3": None, "все": None, "": None}),
    ],
)  # fmt: skip
def test_counts(unit: str, texts: dict[str, int | None]) -> None:
    assert {text: read_count(text, unit) for text in texts} == texts


@given(st.text(max_size=40), st.sampled_from(["month", "year", "person"]))
def test_any_text_is_counted(text: str, unit: str) -> None:
    assert (read_count(text, unit) or 0) >= 0


@pytest.mark.parametrize(("unit", "shown"), [("month", "3 months"), ("year", "3 years"), ("person", "3 people")])
def test_a_count_has_its_unit(world: World, unit: str, shown: str) -> None:
    question = Question("count", Kind.NUMBER, (), unit=unit, low=1, high=9, suggest=(3,))
    kind = KINDS[Kind.NUMBER]
    assert kind.shown(question, 3, Voice(world.texts, Language.EN)) == shown
    assert [button.label for row in kind.rows(asked(world, question)) for button in row] == [shown]
    assert read(world, question, "3") == Accepted(3)
    for language in Language:
        for text in ("nothing", "12"):
            assert isinstance(kind.read(asked(world, question, language=language), text), Refused)


def test_any_country_may_be_one_of_residence(world: World) -> None:
    """Anywhere takes a country without entry rules, and Kazakhstan itself; a passport needs rules on record."""
    anywhere = Question("residence", Kind.COUNTRY, (), anywhere=True)
    passport = Question("passport", Kind.COUNTRY, ())
    some = {code: rules for code, rules in world.knowledge.regimes.items() if code not in ("AI", "KZ")}
    fewer = replace(world, knowledge=replace(world.knowledge, regimes=some))
    assert read(fewer, anywhere, "Anguilla") == Accepted("AI")
    assert isinstance(read(fewer, passport, "Anguilla"), Refused)
    assert read(fewer, anywhere, "Қазақстан") == Accepted("KZ")
    kind = KINDS[Kind.COUNTRY]
    assert kind.is_valid(anywhere, "AI", fewer.knowledge, TODAY)
    assert not kind.is_valid(passport, "AI", fewer.knowledge, TODAY)
    for wrong in ("XX", "Anguilla", "ai", "", 5):
        assert not kind.is_valid(anywhere, wrong, fewer.knowledge, TODAY)
    assert all(kind.is_valid(anywhere, code, fewer.knowledge, TODAY) for code in world.knowledge.regimes)
    for language in Language:
        gone = kind.read(asked(world, anywhere, language=language), "СССР")
        assert gone == Refused((world.texts.get(language, "form.country_of_today"),))
