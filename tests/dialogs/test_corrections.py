"""Corrections in words, in three languages, and what a change does to the other answers."""

import pytest

from dialogs.answer import Answer
from dialogs.wire import Action
from dialogs.world import World
from knowledge.language import Language
from tests.dialogs.talk import Talk, at_the_review

TRIP = ("/visa", "Египет", "обычный", "туризм", "10.12.2026", "10")
PASSPORT, KIND, PURPOSE = "which_passport_do_you_hold", "what_kind_of_passport", "what_is_the_trip_for"
ARRIVAL, DAYS = "when_do_you_arrive", "how_many_days_will_you_stay"

WRONG = [
    (Language.EN, "change my passport", PASSPORT),
    (Language.EN, "my passport is wrong", PASSPORT),
    (Language.EN, "I made a mistake in the passport", PASSPORT),
    (Language.EN, "wrong nationality", PASSPORT),
    (Language.EN, "passport country is incorrect", PASSPORT),
    (Language.EN, "the passport type is wrong", KIND),
    (Language.EN, "change the purpose", PURPOSE),
    (Language.EN, "the arrival date is wrong", ARRIVAL),
    (Language.EN, "I mistyped the arrival", ARRIVAL),
    (Language.EN, "edit the arrival", ARRIVAL),
    (Language.EN, "fix the length of stay", DAYS),
    (Language.EN, "please correct the duration", DAYS),
    (Language.RU, "измени паспорт", PASSPORT),
    (Language.RU, "паспорт неверный", PASSPORT),
    (Language.RU, "паспорт перепутал", PASSPORT),
    (Language.RU, "ошибка в гражданстве", PASSPORT),
    (Language.RU, "исправь гражданство", PASSPORT),
    (Language.RU, "поменять страну", PASSPORT),
    (Language.RU, "тип паспорта неверный", KIND),
    (Language.RU, "поменяй цель поездки", PURPOSE),
    (Language.RU, "цель неправильная", PURPOSE),
    (Language.RU, "исправьте дату приезда", ARRIVAL),
    (Language.RU, "исправить приезд", ARRIVAL),
    (Language.RU, "поправь дни", DAYS),
    (Language.RU, "дни неправильные", DAYS),
    (Language.KK, "паспорт қате", PASSPORT),
    (Language.KK, "паспортымды өзгерт", PASSPORT),
    (Language.KK, "паспортты ауыстыру керек", PASSPORT),
    (Language.KK, "азаматтығым қате жазылды", PASSPORT),
    (Language.KK, "елді өзгерту керек", PASSPORT),
    (Language.KK, "паспорт түрі қате", KIND),
    (Language.KK, "мақсатты түзету керек", PURPOSE),
    (Language.KK, "сапар мақсаты қате", PURPOSE),
    (Language.KK, "сапар мақсатын өзгерту", PURPOSE),
    (Language.KK, "келу күні қате", ARRIVAL),
    (Language.KK, "келу күнін өзгерткім келеді", ARRIVAL),
    (Language.KK, "келу күнінен жаңылдым", ARRIVAL),
    (Language.KK, "күн санын түзетіңіз", DAYS),
]


@pytest.mark.parametrize(("language", "said", "question"), WRONG)
def test_what_is_called_wrong_is_asked_again(world: World, language: Language, said: str, question: str) -> None:
    talk = Talk.begin(world, language).say(*TRIP)
    before = talk.answers
    talk.say(said)
    assert talk.key == question
    assert talk.answers == before, "nothing is lost by saying that something is wrong"
    assert talk.text(f"question.{question}.ask") in talk.seen


TOLD = [
    (Language.EN, "not 10 but 20 days", DAYS, 20),
    (Language.EN, "20 days, not 10", DAYS, 20),
    (Language.EN, "change the days to 20", DAYS, 20),
    (Language.EN, "change the date to 12 December", ARRIVAL, "2026-12-12"),
    (Language.EN, "it is not Egypt but India", PASSPORT, "IN"),
    (Language.EN, "change my passport to India", PASSPORT, "IN"),
    (Language.RU, "нет, не 10, а 20 дней", DAYS, 20),
    (Language.RU, "не 10 дней, а 20", DAYS, 20),
    (Language.RU, "20 дней, а не 10", DAYS, 20),
    (Language.RU, "опечатка: не 10, а 12 дней", DAYS, 12),
    (Language.RU, "измени срок на 20 дней", DAYS, 20),
    (Language.RU, "измени паспорт на Индию", PASSPORT, "IN"),
    (Language.KK, "10 емес, 20 күн", DAYS, 20),
    (Language.KK, "жоқ, 10 емес, 15 күн", DAYS, 15),
    (Language.KK, "жоқ, 10 күн емес, 20 күн", DAYS, 20),
]


@pytest.mark.parametrize(("language", "said", "question", "value"), TOLD)
def test_the_right_answer_is_taken_at_once(
    world: World, language: Language, said: str, question: str, value: Answer
) -> None:
    talk = Talk.begin(world, language).say(*TRIP)
    others = {key: answer for key, answer in talk.answers.items() if key != question}
    talk.say(said)
    assert talk.answers[question] == value
    assert {key: answer for key, answer in talk.answers.items() if key != question} == others


@pytest.mark.parametrize(
    "said", ["is a mistake expensive?", "what is wrong with a transit visa", "10", "ok", "not today", "емес", "не, а"]
)
def test_what_is_no_correction_changes_no_earlier_answer(world: World, said: str) -> None:
    talk = Talk.begin(world).say(*TRIP)
    before, key = talk.answers, talk.key
    talk.say(said)
    assert {known: talk.answers.get(known) for known in before} == before
    assert talk.key == key


def test_only_what_depends_on_a_change_goes_and_it_is_said_before(world: World) -> None:
    talk = at_the_review(world)
    before = talk.answers
    talk.tap(Action.EDIT, "who_invites_the_guests").say("company")
    assert talk.answers == before, "first said, then done"
    for lost in ("which_iin_has_the_inviter", "what_is_the_inviter_called"):
        assert talk.text(f"question.{lost}.label") in talk.seen
    talk.say("yes")
    assert set(before) - set(talk.answers) == {"which_iin_has_the_inviter", "what_is_the_inviter_called"}
    assert talk.key == "which_bin_has_the_company"


@pytest.mark.parametrize("said", ["no", "нет", "жоқ", "2"])
def test_a_change_that_is_not_agreed_to_leaves_everything(world: World, said: str) -> None:
    talk = at_the_review(world)
    before = talk.answers
    talk.tap(Action.EDIT, "who_invites_the_guests").say("company", said)
    assert talk.answers == before
    assert talk.key == "is_the_invitation_right"


def test_a_value_that_fell_is_offered_when_its_question_comes_back(world: World) -> None:
    talk = at_the_review(world).tap(Action.EDIT, "who_invites_the_guests").say("company", "yes")
    talk.tap(Action.EDIT, "who_invites_the_guests").say("private person")
    assert talk.key == "which_iin_has_the_inviter"
    (keep,) = [button for button in talk.buttons if "850315" in button.label]
    talk.say(keep.label)
    assert talk.answers["which_iin_has_the_inviter"] == "850315301235"


@pytest.mark.parametrize(
    ("language", "question"),
    [
        (Language.EN, "how much does the e-visa cost?"),
        (Language.RU, "сколько стоит электронная виза?"),
        (Language.KK, "электрондық виза қанша тұрады?"),
    ],
)
def test_a_question_in_the_middle_is_answered_and_ours_comes_again_once(
    world: World, language: Language, question: str
) -> None:
    talk = Talk.begin(world, language).say(*TRIP[:3])
    before = talk.answers
    talk.say(question)
    assert (talk.key, talk.answers) == (PURPOSE, before)
    assert talk.seen.count(talk.text(f"question.{PURPOSE}.ask")) == 1
    assert len(talk.done.says) == 2


@pytest.mark.parametrize("said", ["a" * 100_000, "не 10, а " * 20_000, "\u202e\u0000\u200b" * 30_000, "1" * 100_000])
def test_no_length_of_text_ends_a_dialog(world: World, said: str) -> None:
    talk = Talk.begin(world).say(*TRIP)
    before = talk.answers
    talk.say(said)
    assert talk.answers == before
    assert talk.buttons
    assert len(talk.session.to_json()) < 5_000


def test_two_countries_at_once_are_asked_back(world: World) -> None:
    talk = Talk.begin(world).say("/visa", "India and Pakistan")
    assert talk.answers == {}
    assert [button.label for button in talk.buttons][:2] == ["1. India", "2. Pakistan"]
