"""The cards of the guide to the e-visa and of the visa inside Kazakhstan: short, cited, and true to the facts."""

import re
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from dialogs.answer import Answer
from dialogs.cards.room import LONGEST_CARD, length
from dialogs.cited import cited
from dialogs.evisa_trip import PASSPORT_POINTS, STEPS
from dialogs.formats import Voice
from dialogs.inside import category_held, exit_category
from dialogs.outcomes import OUTCOMES
from dialogs.plain import to_plain
from dialogs.replay import replay
from dialogs.says import Folded
from dialogs.situation import Situation
from dialogs.world import World
from knowledge.answer import references_in
from knowledge.categories import CategoryKind
from knowledge.language import Language

LONGEST_LABEL = 38
STAY_ENDS = ("2026-11-22", "2026-11-20", "2026-11-17", "2026-11-13", "2026-01-01")
CATALOGUES = ("evisa_guide", "visa_inside")
FILLED_BY_CODE = frozenset(
    {
        "outcome.extension.aifc",
        "outcome.extension.special_zones",
        "outcome.extension.summer_break",
        "outcome.stay_too_long.fined",
    }
)
ORDINARY: dict[str, Answer] = {"what_kind_of_passport": "ordinary"}
TRIP: dict[str, Answer] = {"when_do_you_arrive": "2026-12-20", "how_many_days_will_you_stay": 20}
SOUND: dict[str, Answer] = {
    "when_does_your_passport_end": None,
    "what_is_true_of_the_passport": ",".join(PASSPORT_POINTS),
}


def own_ids() -> set[str]:
    """The hints of points and the texts of outcomes in our catalogues."""
    folder = Path(__file__).parents[2] / "locales" / "en"
    said = "".join((folder / f"{name}.po").read_text("utf-8") for name in CATALOGUES)
    return set(re.findall(r'^msgid "((?:point|outcome)\.[a-z_.]+)"', said, re.MULTILINE))


def evisa_cases() -> list[dict[str, Answer]]:
    """Each kind of passport with what its holder may answer."""
    cases: list[dict[str, Answer]] = [
        {"which_passport_do_you_hold": "AF", **ORDINARY},
        {"which_passport_do_you_hold": "FR", **ORDINARY},
        {"which_passport_do_you_hold": "EG", "what_kind_of_passport": "service"},
        {"which_passport_do_you_hold": "IN", **ORDINARY, "do_you_still_want_an_evisa": "enter_without_visa"},
    ]
    for country, told in product(("BD", "TW", "AW"), ("portal_not_asked", "portal_refused")):
        cases.append({"which_passport_do_you_hold": country, **ORDINARY, "has_the_portal_confirmed": told})
    for country, purpose, done in product(
        ("EG", "PK", "BD", "IN", "AW"), ("tourism", "business", "private", "work"), ("enough", f"{STEPS[0]},enough")
    ):
        given: dict[str, Answer] = {
            "which_passport_do_you_hold": country,
            **ORDINARY,
            "has_the_portal_confirmed": "portal_confirmed",
            "do_you_still_want_an_evisa": "evisa_wanted",
            "what_is_the_trip_for": purpose,
            **TRIP,
        }
        cases.append({**given, **SOUND, "which_steps_are_done": done})
        cases.append({**given, "when_does_your_passport_end": "2027-01-10"})
        cases.append({**given, **SOUND, "what_is_true_of_the_passport": "enough"})
    return cases


def inside_cases(world: World) -> list[dict[str, Answer]]:
    questions = world.flows["visa_inside"].questions
    cases: list[dict[str, Answer]] = []
    for visa, until in product(
        questions["which_visa_do_you_hold"].options, ("2026-11-20", "2026-11-24", "2026-12-20", "2027-08-01")
    ):
        cases.append(
            {
                "what_do_you_need_inside": "extend_the_visa",
                "which_visa_do_you_hold": visa,
                "when_does_your_visa_end": until,
            }
        )
    lost, reasons = questions["what_is_lost"].options, questions["why_do_you_leave"].options
    cases.extend({"what_do_you_need_inside": "restore_the_visa", "what_is_lost": one} for one in lost)
    cases.extend({"what_do_you_need_inside": "get_an_exit_visa", "why_do_you_leave": reason} for reason in reasons)
    cases.extend({"what_do_you_need_inside": "stay_has_ended", "when_did_your_stay_end": end} for end in STAY_ENDS)
    return cases


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("flow_id", CATALOGUES)
def test_every_card_fits_and_names_its_sources(world: World, flow_id: str, language: Language) -> None:
    flow = world.flows[flow_id]
    seen = set()
    for answers in evisa_cases() if flow_id == "evisa_guide" else inside_cases(world):
        position = replay(flow, answers, world)
        assert position.end is not None, answers
        seen.add(position.end)
        situation = Situation({key: answers[key] for key in position.path}, world.knowledge, world.today)
        say = OUTCOMES[position.end](situation, Voice(world.texts, language), 1)
        assert sum(length(block) for block in say.blocks) <= LONGEST_CARD, (position.end, answers)
        assert isinstance(say.blocks[-1], Folded)
        assert say.blocks[-1].lines
        assert not re.search(r"[{}]", to_plain(say))
        assert all(len(button.label) <= LONGEST_LABEL for row in say.buttons for button in row)
    own = {rule.end for question in flow.questions.values() for rule in question.next if rule.end}
    assert own - seen <= {"no_visa_for_citizens", "document_of_another_kind"}


def test_the_visas_offered_are_those_with_an_extension(world: World) -> None:
    options = world.flows["visa_inside"].questions["which_visa_do_you_hold"].options
    held = [
        category_held(Situation({"which_visa_do_you_hold": option}, world.knowledge, world.today)) for option in options
    ]
    known = {category.code for category in held if category is not None}
    assert known == {code for code, category in world.knowledge.categories.items() if category.extension is not None}


def test_the_reasons_to_leave_lead_to_all_exit_visas(world: World) -> None:
    options = world.flows["visa_inside"].questions["why_do_you_leave"].options
    found = [exit_category(Situation({"why_do_you_leave": option}, world.knowledge, world.today)) for option in options]
    codes = [category.code for category in found if category is not None]
    assert sorted(codes) == sorted(
        code for code, category in world.knowledge.categories.items() if category.kind is CategoryKind.EXIT
    )
    assert found[-1] is None


def test_the_lists_of_the_guide_are_those_its_cards_know(world: World) -> None:
    questions = world.flows["evisa_guide"].questions
    assert questions["what_is_true_of_the_passport"].options == PASSPORT_POINTS
    assert questions["which_steps_are_done"].options == STEPS


def test_texts_refer_to_facts_that_are_there_and_to_the_same_in_every_language(world: World) -> None:
    checked = 0
    for key in own_ids() - FILLED_BY_CODE:
        texts = {language: world.texts.get(language, key) for language in Language}
        named = {language: sorted(map(str, references_in(text))) for language, text in texts.items()}
        assert len({tuple(references) for references in named.values()}) == 1, key
        for language, text in texts.items():
            cited(text, world.knowledge, Voice(world.texts, language), world.today)
        checked += bool(named[Language.EN])
    assert checked > 10


def test_an_unknown_reference_is_an_error(world: World) -> None:
    with pytest.raises(KeyError):
        cited("{deadline.of_the_moon.days}", world.knowledge, Voice(world.texts, Language.EN), date(2026, 11, 22))


@pytest.mark.parametrize("country", ["BD", "GH", "NG", "TW"])
@pytest.mark.parametrize("language", Language)
def test_a_doubt_is_never_a_flat_no(world: World, country: str, language: Language) -> None:
    voice = Voice(world.texts, language)
    answers: dict[str, Answer] = {
        "which_passport_do_you_hold": country,
        **ORDINARY,
        "has_the_portal_confirmed": "portal_not_asked",
    }
    position = replay(world.flows["evisa_guide"], answers, world)
    assert position.end == "evisa_in_doubt"
    said = to_plain(OUTCOMES["evisa_in_doubt"](Situation(answers, world.knowledge, world.today), voice, 1))
    assert voice.text("outcome.evisa_not_open.title") not in said
    assert voice.text("evisa_verdict.no") not in said
    assert voice.text("warning.low_confidence") in said
