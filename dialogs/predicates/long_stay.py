"""What the dialog about a long stay asks of the answers so far."""

from dialogs.situation import Situation
from knowledge.policy.case import regime_on
from knowledge.policy.entry import is_visa_free, safe_days
from knowledge.trip import PassportType, Purpose

__all__ = [
    "a_child_joins_the_family",
    "asks_for_a_residence_visa",
    "comes_as_an_ethnic_kazakh",
    "comes_for_a_job",
    "comes_to_invest",
    "comes_to_join_the_family",
    "comes_to_settle",
    "comes_to_stay_for_good",
    "comes_to_work_for_themselves",
    "comes_to_work_remotely",
    "holds_an_official_passport",
    "is_an_it_expert_of_astana_hub",
    "may_ask_for_the_visa_inside",
    "relative_is_here_on_a_visa",
]

_OFFICIAL = frozenset({PassportType.SERVICE, PassportType.DIPLOMATIC})
_OF_ASTANA_HUB = frozenset({"settles_as_it_expert", "backed_by_astana_hub"})
# The rule that gives B8 and B9 inside Kazakhstan; its figure is the longest visa-free stay that is too short for it.
_INSIDE = "residence_visa_inside"


def holds_an_official_passport(situation: Situation) -> bool:
    """A diplomatic or service passport: we hold only a part of the agreements on them."""
    return situation.answers.get("what_kind_of_passport") in _OFFICIAL


def comes_for_a_job(situation: Situation) -> bool:
    """Work for an employer, seasonal work apart."""
    return _comes_for(situation, Purpose.WORK)


def comes_to_work_for_themselves(situation: Situation) -> bool:
    """A profession of one's own, or a business."""
    return _comes_for(situation, Purpose.SELF_EMPLOYMENT)


def comes_to_invest(situation: Situation) -> bool:
    """An investor, or the manager of one."""
    return _comes_for(situation, Purpose.INVESTMENT)


def a_child_joins_the_family(situation: Situation) -> bool:
    """A minor who comes to live with the family."""
    return situation.answers.get("what_kind_of_passport") == "child_passport" and comes_to_join_the_family(situation)


def comes_to_join_the_family(situation: Situation) -> bool:
    """Family reunion."""
    return _comes_for(situation, Purpose.FAMILY)


def relative_is_here_on_a_visa(situation: Situation) -> bool:
    """The relative neither is a citizen nor has a permit: what they have is a visa."""
    return situation.answers.get("whom_do_you_join") == "relative_on_a_visa"


def comes_to_settle(situation: Situation) -> bool:
    """Permanent residence."""
    return _comes_for(situation, Purpose.PERMANENT_RESIDENCE)


def comes_to_work_remotely(situation: Situation) -> bool:
    """Remote work for somebody outside Kazakhstan."""
    return _comes_for(situation, Purpose.REMOTE_WORK)


def comes_as_an_ethnic_kazakh(situation: Situation) -> bool:
    """An ethnic Kazakh who returns, or visits for long."""
    return _comes_for(situation, Purpose.ETHNIC_KAZAKH_RETURN)


def is_an_it_expert_of_astana_hub(situation: Situation) -> bool:
    """An IT specialist whom Astana Hub backs: the Digital Nomad Visa B9-1."""
    told = (situation.answers.get(key) for key in ("how_will_you_settle", "who_backs_remote_work"))
    return any(answer in _OF_ASTANA_HUB for answer in told)


def may_ask_for_the_visa_inside(situation: Situation) -> bool:
    """Whether B8 and B9 are given inside Kazakhstan to this passport: visa-free, for longer than a short regime."""
    country = str(situation.answers["which_passport_do_you_hold"])
    regime = regime_on(situation.knowledge, country, situation.today)
    if regime is None or not is_visa_free(regime):
        return False
    days = safe_days(regime)
    return days is not None and days > dict(situation.knowledge.special_rules[_INSIDE].figures)["too_short_days"]


def asks_for_a_residence_visa(situation: Situation) -> bool:
    """B8 or B9: how long they last is settled by the visa, so the days of the stay are not asked."""
    return situation.answers.get("how_will_you_settle") in ("settles_on_petition", "settles_by_profession")


def comes_to_stay_for_good(situation: Situation) -> bool:
    """An ethnic Kazakh who returns to live here: the days of the stay are not asked."""
    return situation.answers.get("do_you_return_for_good") == "returns_for_good"


def _comes_for(situation: Situation, purpose: Purpose) -> bool:
    return situation.answers.get("what_is_the_trip_for") == purpose
