"""What people are told of our own terms is what the code keeps to, in every language."""

import re

import pytest

from bot.handover import WAIT_SECONDS
from dialogs.promises import CASE_DAYS, KEPT_DAYS
from dialogs.world import World
from knowledge.language import Language

HOUR = {Language.EN: "an hour", Language.RU: "часа", Language.KK: "сағат"}


@pytest.mark.parametrize("language", list(Language))
def test_the_answer_about_privacy_names_the_terms(world: World, language: Language) -> None:
    """An approved answer refers to facts; our own terms are none, so its figures are held to them here."""
    texts = [part.texts[language] for part in world.knowledge.answers["service.privacy"].parts]
    (told,) = [found for text in texts if len(found := re.findall(r"\d+", text)) > 1]
    assert told == [str(KEPT_DAYS), str(CASE_DAYS)]


@pytest.mark.parametrize("language", list(Language))
def test_the_wait_for_staff_is_the_hour_that_is_told(world: World, language: Language) -> None:
    assert WAIT_SECONDS == 60 * 60
    assert HOUR[language] in world.texts.get(language, "talk_to_staff.called")


@pytest.mark.parametrize("language", list(Language))
def test_no_term_of_ours_is_typed_in_a_text(world: World, language: Language) -> None:
    for key in ("question.may_we_keep_your_data.why", "question.may_we_pass_your_data_on.why", "status_text.closed"):
        told = world.texts.get(language, key, paper_days="P", case_days="C")
        assert "C" in told
        assert re.search(r"\d", told) is None
