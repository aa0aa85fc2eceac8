"""Where the dialog about the time after arrival ends: the days to keep, and what to do when one has passed."""

from collections.abc import Iterator, Sequence

from dialogs.buttons import tap
from dialogs.cards.answer import topic_button
from dialogs.cards.parts import titled
from dialogs.cards.points import Point, Section, points_card
from dialogs.cards.stay import day_lines, day_sources, disputes, fine_points, rule_points
from dialogs.formats import Voice
from dialogs.says import Block, Button, Paragraph, Say
from dialogs.situation import Situation
from dialogs.stay import Stay
from dialogs.wire import Action
from knowledge.timeline import Way

__all__ = ["arrival_notice_missed", "arrival_of_a_citizen", "arrival_plan", "stay_overstayed"]

_WAYS_TO_REPORT = Point("after_arrival.ways_to_report", ("statement.eds_arrival_notice",), contact="arrival_notice")
_ASK = Point("after_arrival.ask", contact="contact_centre_short")
_GUEST_UNKNOWN = Point("after_arrival.guest_fine_unknown")


def arrival_plan(situation: Situation, voice: Voice, run: int) -> Say:
    """Every day with who must act; nothing is known to be missed."""
    stay = Stay(situation)
    to_report = () if stay.is_reported else (_first_step(stay), _WAYS_TO_REPORT)
    steps = (*to_report, Point("after_arrival.make_sure"), *_registering(stay), _ASK)
    sections = (
        Section("card.steps", steps, numbered=True),
        Section("after_arrival.rules", tuple(rule_points(stay, voice))),
        Section("after_arrival.costs", (*fine_points(stay.fines_of_the_host, stay, voice), _GUEST_UNKNOWN)),
    )
    title = "outcome.arrival_plan.ahead" if stay.entry > situation.today else "outcome.arrival_plan.title"
    return _card(title, sections, stay, voice, run)


def arrival_notice_missed(situation: Situation, voice: Voice, run: int) -> Say:
    """The day for the report has passed: report now, and what it may cost."""
    stay = Stay(situation)
    sections = (
        Section("card.steps", (_report_late(stay), _WAYS_TO_REPORT, *_registering(stay), _ASK), numbered=True),
        Section("after_arrival.costs", (*fine_points(stay.fines_of_the_host, stay, voice), _GUEST_UNKNOWN)),
        Section("after_arrival.rules", tuple(rule_points(stay, voice))),
    )
    unsure = situation.answers.get("was_the_arrival_reported") == "not_sure"
    title = "outcome.arrival_notice_missed.unsure" if unsure else "outcome.arrival_notice_missed.title"
    return _card(title, sections, stay, voice, run)


def stay_overstayed(situation: Situation, voice: Voice, run: int) -> Say:
    """The last day has passed and the guest is still here: ask at once, and what the code says."""
    stay = Stay(situation)
    over = Point("after_arrival.days_over", values={"days": voice.days(stay.days_over)})
    costs = [stay.overstay] if stay.overstay is not None else []
    steps = [Point("after_arrival.police_now"), Point("after_arrival.no_leaving_blind")]
    if stay.missed_notice:
        costs += stay.fines_of_the_host
        steps.append(_report_late(stay))
    sections = (
        Section(None, (over,)),
        Section("card.steps", (*steps, _ASK), numbered=True),
        Section("after_arrival.costs", fine_points(costs, stay, voice)),
        Section("after_arrival.rules", tuple(rule_points(stay, voice))),
    )
    return _card("outcome.stay_overstayed.title", sections, stay, voice, run)


def arrival_of_a_citizen(situation: Situation, voice: Voice, run: int) -> Say:
    """The terms on record are about foreigners."""
    text = Paragraph((voice.text("after_arrival.citizen"),))
    title = voice.text("outcome.arrival_of_a_citizen.title")
    rows = _rows(situation, voice, run)
    sections = (Section("card.steps", (_ASK,)),)
    return points_card(title, sections, situation, voice, rows, closing="card.not_official", lead=(text,))


def _first_step(stay: Stay) -> Point:
    if stay.host is not None:
        return Point("after_arrival.report")
    if stay.situation.answers.get("where_does_the_guest_stay") == "stays_alone":
        return Point("after_arrival.find_the_host")
    return Point("after_arrival.tell_the_host")


def _report_late(stay: Stay) -> Point:
    return Point("after_arrival.report_now" if stay.host is not None else "after_arrival.ask_host_now")


def _registering(stay: Stay) -> Iterator[Point]:
    if stay.way is Way.VISA_FREE and stay.is_long:
        yield Point("after_arrival.register_step", ("deadline.registration_90_day_stay",))


def _card(title: str, sections: Sequence[Section], stay: Stay, voice: Voice, run: int) -> Say:
    lead: tuple[Block, ...] = titled(voice.text("card.deadlines"), day_lines(stay, voice))
    return points_card(
        voice.text(title),
        sections,
        stay.situation,
        voice,
        _rows(stay.situation, voice, run),
        closing="card.not_official",
        lead=lead,
        conflicts=disputes(stay),
        cited=day_sources(stay),
    )


def _rows(situation: Situation, voice: Voice, run: int) -> tuple[tuple[Button, ...], ...]:
    topics = ("arrival.notification", "arrival.registration")
    return (
        *((topic_button(situation.knowledge.answers[topic], voice, run),) for topic in topics),
        (
            tap(voice, "button.change_something", run, Action.CHANGES),
            tap(voice, "button.ask_a_person", run, Action.PERSON),
        ),
        (
            tap(voice, "button.restart", run, Action.START, "after_arrival"),
            tap(voice, "button.menu", run, Action.MENU),
            tap(voice, "button.language", run, Action.LANGUAGES),
        ),
    )
