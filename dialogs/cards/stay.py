"""What the cards about a stay tell: its days, the rules that fit it, and what a breach costs."""

from collections.abc import Iterable, Iterator

from dialogs.cards.days import FIRST_DAY
from dialogs.cards.points import Point
from dialogs.formats import Voice
from dialogs.says import Line
from dialogs.stay import Stay
from knowledge.deadlines import Deadline
from knowledge.penalties import Consequence, Edition, Penalty
from knowledge.timeline import Way, sources_behind

__all__ = ["day_lines", "day_sources", "disputes", "fine_points", "rule_points"]

_REGISTRATION = "special_rule.registration_2026"
_NOTICE = "notify_arrival"
_NOT_ASKED = ("statement.residence_permit_not_for",)


def day_lines(stay: Stay, voice: Voice) -> tuple[Line, ...]:
    """Each day with what it is for, who must act, and whether it has passed or is an estimate; none that is done."""
    done = frozenset({_NOTICE} if stay.is_reported else ())
    open_days = (day for day in stay.deadlines if day.what not in done and not (day.what == FIRST_DAY and day.past))
    return tuple(_day_line(deadline, voice) for deadline in open_days)


def day_sources(stay: Stay) -> tuple[str, ...]:
    """The documents behind the days."""
    kb = stay.situation.knowledge
    return tuple(dict.fromkeys(source for deadline in stay.deadlines for source in sources_behind(kb, deadline)))


def disputes(stay: Stay) -> Iterator[str]:
    """Where sources differ about the days of this stay, or about the visa-free regime behind them."""
    rules = stay.situation.knowledge.deadlines
    for deadline in stay.deadlines:
        rule = rules.get(deadline.rule)
        if rule is not None and rule.conflict is not None and not (stay.is_of_the_union and rule.calendar_days):
            yield rule.conflict
    if stay.way is Way.VISA_FREE and stay.regime is not None and stay.regime.conflict is not None:
        yield stay.regime.conflict


def rule_points(stay: Stay, voice: Voice) -> Iterator[Point]:
    """The rules that fit the way in, the length of the stay and the address."""
    yield from _way_in(stay, voice)
    if not stay.is_long:
        yield Point("after_arrival.no_registration", ("special_rule.no_registration_30_days",))
    elif stay.way is Way.VISA_FREE:
        yield Point("after_arrival.register", (_REGISTRATION,))
        yield Point("after_arrival.registration_refused", ("statement.registration_refusal",))
        yield Point("after_arrival.permit_not_for", _NOT_ASKED)
    else:
        yield Point("after_arrival.long_on_a_visa", _NOT_ASKED)
    if stay.situation.answers.get("has_the_address_changed") == "yes":
        yield Point("after_arrival.address_reported", ("statement.arrival_notice_address",))
        yield Point("after_arrival.old_address", ("statement.registration_old_address",))
    else:
        yield Point("after_arrival.address_rule", ("statement.arrival_notice_address",))


def fine_points(penalties: Iterable[Penalty], stay: Stay, voice: Voice) -> tuple[Point, ...]:
    """What a breach costs by the code that was read, then that a newer edition may differ; nothing for no penalty."""
    found = tuple(penalties)
    points = [_fine(penalty, stay, voice) for penalty in found]
    if any(penalty.edition is Edition.UNCLEAR for penalty in found):
        points.append(Point("after_arrival.edition", ("statement.unknown_code_edition",)))
    return tuple(points)


def _day_line(deadline: Deadline, voice: Voice) -> Line:
    marks = [voice.text(f"who.{deadline.who}")]
    if deadline.past:
        marks.append(voice.text("timeline.past"))
    if deadline.estimated:
        marks.append(voice.text("timeline.estimated"))
    return (
        voice.moment(deadline.date, deadline.time),
        f" – {voice.text(f'stay_day.{deadline.what}')} · {', '.join(marks)}",
    )


def _way_in(stay: Stay, voice: Voice) -> Iterator[Point]:
    if stay.ends_before_entry:
        yield Point("after_arrival.days_clash")
    if stay.way is Way.EVISA:
        yield Point("after_arrival.evisa_not_extended", ("special_rule.evisa_not_extendable",))
    if stay.way is not Way.VISA_FREE:
        return
    country = {"country": voice.country(stay.country)}
    if stay.limit is None:
        yield Point("after_arrival.no_visa_free_rule", values=country)
        return
    limit = {"days": voice.days(stay.limit)}
    yield Point("after_arrival.visa_free_days", (f"regime.{stay.country}",), values=country | limit)
    if stay.days > stay.limit:
        yield Point("after_arrival.longer_than_allowed", values={"planned": voice.days(stay.days)} | limit)
    if stay.regime is not None and stay.regime.days is not None and stay.regime.days > stay.limit:
        yield Point("after_arrival.smaller_limit", values={"days": voice.days(stay.regime.days)})
    yield Point("after_arrival.earlier_stays", ("special_rule.stays_count_together",))
    if stay.is_of_the_union:
        yield Point("after_arrival.union", ("group.eaeu",))


def _fine(penalty: Penalty, stay: Stay, voice: Voice) -> Point:
    year = stay.situation.today.year
    rate = stay.situation.knowledge.mrp.get(year)
    facts = [f"penalty.{penalty.id}", "statement.unknown_code_edition"]
    values: dict[str, str] = {}
    if penalty.mrp is not None:
        values["fine"] = voice.text("after_arrival.mrp", mrp=voice.number(penalty.mrp))
        if rate is not None:
            money = voice.money(penalty.mrp * rate.kzt, "KZT")
            values["fine"] += f" ({voice.text('after_arrival.in_tenge', money=money, year=year)})"
            facts.append(f"mrp.{year}")
    key = _fine_key(penalty)
    if penalty.repeat_within_years is not None:
        values["years"] = voice.count("after_arrival.years", penalty.repeat_within_years)
    return Point(key, tuple(facts), values=values)


def _fine_key(penalty: Penalty) -> str:
    subject = "host" if penalty.host is not None else "overstay"
    if penalty.repeat_within_years is not None:
        return f"after_arrival.{subject}_again"
    if penalty.mrp is None:
        return f"after_arrival.{subject}_warning"
    return f"after_arrival.{subject}_{'expulsion' if Consequence.EXPULSION in penalty.consequences else 'fine'}"
