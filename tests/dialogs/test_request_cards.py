"""The cards of an invitation: where it stands, what comes next, what the inviting party must do, in one message."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dialogs.cards.handed_over import handed_over_card
from dialogs.cards.request import requests_card, status_card
from dialogs.cards.room import LONGEST_CARD, length
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.promises import PROMISED
from dialogs.requests import Change, Request, Status, may_follow
from dialogs.says import CopyText, Heading, PressButton, Say
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.language import Language
from knowledge.refusals import AskedFor

TODAY = date(2026, 11, 25)
FIRST = date(2026, 12, 20)


def request_in(status: Status, detail: str = "") -> Request:
    history = (Change(Status.RECEIVED, date(2026, 11, 20)), Change(status, date(2026, 11, 24), detail))
    return Request("KZ-8YGC-62HR", "B3", 2, FIRST, history)


def voice(world: World, language: Language = Language.EN) -> Voice:
    return Voice(world.texts, language)


def told(world: World, request: Request, language: Language = Language.EN) -> str:
    return to_plain(status_card(request, world.knowledge, voice(world, language), 1, TODAY))


def pressed(say: Say) -> list[Tap]:
    taps = [
        Tap.decode(button.action.data)
        for row in say.buttons
        for button in row
        if isinstance(button.action, PressButton)
    ]
    return [tap for tap in taps if tap is not None]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("status", Status)
def test_every_stage_is_told_in_every_language(status: Status, language: Language, world: World) -> None:
    spoken = voice(world, language)
    say = status_card(request_in(status), world.knowledge, spoken, 1, TODAY)
    assert say.blocks[0] == Heading(spoken.text(f"status.{status}"))
    text = to_plain(say)
    assert spoken.text(f"status_text.{status}", **PROMISED) in text
    assert "KZ-8YGC-62HR" in text
    assert spoken.date(date(2026, 11, 24)) in text
    assert sum(length(block) for block in say.blocks) <= LONGEST_CARD


def test_the_way_so_far_is_folded(world: World) -> None:
    text = told(world, request_in(Status.SENT))
    assert "20 November 2026 – Received" in text
    assert "24 November 2026 – Sent to the portal" in text


def test_a_day_that_has_passed_is_said_to_have_passed(world: World) -> None:
    request = replace(request_in(Status.SENT), history=(Change(Status.SENT, date(2026, 11, 16)),))
    text = told(world, request)
    assert "19 November 2026 (has passed) – 23 November 2026 (has passed)" in text


def test_an_estimate_and_a_late_decision_are_said(world: World) -> None:
    request = replace(request_in(Status.SENT), history=(Change(Status.SENT, date(2026, 11, 24)),))
    text = told(world, request)
    assert "5 January 2027 (estimate" in text
    assert voice(world).text("request.decision_after_start") in text
    far = replace(request, first_day=date(2027, 6, 1))
    assert voice(world).text("request.decision_after_start") not in told(world, far)
    assert voice(world).text("conflict.invitation_review") in text


def test_the_number_of_an_issued_invitation_can_be_copied(world: World) -> None:
    say = status_card(request_in(Status.ISSUED, "1234567890"), world.knowledge, voice(world), 1, TODAY)
    assert "Invitation number: 1234567890" in to_plain(say)
    copied = [button.action for row in say.buttons for button in row if isinstance(button.action, CopyText)]
    assert copied == [CopyText("1234567890")]


@pytest.mark.parametrize("language", Language)
def test_every_ground_for_refusing_an_invitation_has_words(language: Language, world: World) -> None:
    spoken = voice(world, language)
    for ground in world.knowledge.refusal_grounds.values():
        if AskedFor.INVITATION in ground.applies_to:
            text = told(world, request_in(Status.REFUSED, ground.id), language)
            assert spoken.text("request.ground") in text
            assert f": {ground.id}" not in text
            for _, figure in ground.figures:
                assert spoken.number(figure) in text


def test_words_of_staff_are_told_as_they_are(world: World) -> None:
    assert "What our staff wrote: page 2 is missing" in told(world, request_in(Status.RETURNED, "page 2 is missing"))
    assert "Reason: see the letter" in told(world, request_in(Status.REFUSED, "see the letter"))


@pytest.mark.parametrize("status", Status)
def test_it_can_be_withdrawn_while_that_may_follow(status: Status, world: World) -> None:
    say = status_card(request_in(status), world.knowledge, voice(world), 7, TODAY)
    offered = [tap.value for tap in pressed(say) if tap.action is Action.WITHDRAW]
    assert offered == (["KZ-8YGC-62HR"] if Status.WITHDRAWN in may_follow(status) else [])


def test_the_list_begins_with_what_changed_last(world: World) -> None:
    older = replace(request_in(Status.SENT), reference="KZ-0000-0000")
    newer = request_in(Status.ISSUED)
    newer = replace(newer, history=(*newer.history, Change(Status.CLOSED, TODAY)))
    say = requests_card((older, newer), world.knowledge, voice(world), 3, TODAY)
    opened = [tap.value for tap in pressed(say) if tap.action is Action.REQUEST]
    assert opened == ["KZ-8YGC-62HR", "KZ-0000-0000"]
    assert "next step by 1 December 2026" in to_plain(say)


def test_nobody_has_an_invitation_at_first(world: World) -> None:
    say = requests_card((), world.knowledge, voice(world), 3, TODAY)
    assert voice(world).text("request.none") in to_plain(say)
    assert [(tap.action, tap.target) for tap in pressed(say)] == [(Action.START, "invitation")]


@pytest.mark.parametrize("language", Language)
def test_the_card_of_every_category_fits_into_a_message(language: Language, world: World) -> None:
    spoken = voice(world, language)
    doubts = [spoken.text(f"objection.{key}", **values) for key, values in DOUBTS] * 2
    for category in world.knowledge.categories.values():
        if category.needs_invitation == "no":
            continue
        request = replace(request_in(Status.RECEIVED), category=category.code, first_day=TODAY + timedelta(days=20))
        say = handed_over_card(request, doubts, world.knowledge, spoken, 1, TODAY, company=True)
        assert sum(length(block) for block in say.blocks) <= LONGEST_CARD, category.code
        assert spoken.text("request.duty_later") in to_plain(say)


DOUBTS: list[tuple[str, dict[str, object]]] = [
    ("no_national_passport_of_guest", {"number": 9}),
    ("evisa_not_sure_of_guest", {"number": 9, "category": "B12"}),
]


def test_papers_of_a_company_are_asked_of_companies(world: World) -> None:
    request = request_in(Status.RECEIVED)
    authority = voice(world).text("document.representative_authority")
    for company in (True, False):
        say = handed_over_card(request, (), world.knowledge, voice(world), 1, TODAY, company=company)
        assert (authority in to_plain(say)) is company


def test_what_a_category_needs_beside_is_told(world: World) -> None:
    work = replace(request_in(Status.RECEIVED), category="C3")
    say = handed_over_card(work, (), world.knowledge, voice(world), 1, TODAY, company=True)
    assert voice(world).text("document.work_permit") in to_plain(say)
    immigrant = replace(work, category="C5")
    say = handed_over_card(immigrant, (), world.knowledge, voice(world), 1, TODAY, company=True)
    assert voice(world).text("request_note.adults_only") in to_plain(say)
