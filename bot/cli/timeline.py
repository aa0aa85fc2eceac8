"""`visabot timeline`: every day that follows from what a person knows."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from bot.cli.lines import line_of
from bot.cli.objects import timeline_object
from bot.cli.options import IsoDate, StayDays, json_option, lang_option, today_option
from bot.cli.passports import named, passport_of_text
from bot.loading import load_world
from dialogs.calendar_file import calendar_file
from dialogs.cards.timeline import timeline_card
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.reading.reach import LONGEST_AHEAD
from dialogs.says import Attachment
from dialogs.world import World
from knowledge.language import Language
from knowledge.policy import UnknownCountryError, advise
from knowledge.timeline import Arrival, Events, timeline
from knowledge.trip import Purpose, Trip
from knowledge.workdays import is_working_day, strict_calendar

__all__ = ["command"]

_EVENTS = ("--arrival", "--invitation-sent", "--papers-complete", "--visa-until", "--address-changed", "--us-interview")


@click.command(short_help="Which days follow from what you know.")
@click.option("--arrival", type=IsoDate(), help="The day of arrival in Kazakhstan.")
@click.option("--days", type=StayDays(), help="The length of the stay; goes with --arrival.")
@click.option("--citizenship", help="The passport: a code such as IN, or a name; goes with --arrival and --purpose.")
@click.option("--purpose", type=click.Choice([purpose.value for purpose in Purpose]), help="What the trip is for.")
@click.option("--invitation-sent", type=IsoDate(), help="The day on which the invitation was sent.")
@click.option("--papers-complete", type=IsoDate(), help="The day on which all papers for the visa were handed in.")
@click.option("--visa-until", type=IsoDate(), help="The last day of the visa.")
@click.option("--address-changed", type=IsoDate(), help="The day of moving to another address in Kazakhstan.")
@click.option("--us-interview", type=IsoDate(), help="The day of a visa interview at the U.S. mission.")
@click.option("--ics", type=click.Path(path_type=Path), metavar="FILE", help="Write the days ahead as a calendar file.")
@today_option
@lang_option
@json_option
def command(
    arrival: date | None,
    days: int | None,
    citizenship: str | None,
    purpose: str | None,
    invitation_sent: date | None,
    papers_complete: date | None,
    visa_until: date | None,
    address_changed: date | None,
    us_interview: date | None,
    ics: Path | None,
    today: date,
    lang: Language,
    as_json: bool,
) -> None:
    """Every day that follows from the days given, in order, with who must act and the source.

    Without --citizenship and --purpose an arrival is taken for one with an invitation and a visa from a mission, which
    takes longest; with both the way in is that of `visabot advise` for one entry by air.
    """
    known = Events(None, invitation_sent, papers_complete, visa_until, address_changed, us_interview)
    if arrival is None and known == Events():
        raise click.UsageError(f"no day is given; give at least one of {', '.join(_EVENTS)}")
    if arrival is not None and (arrival - today).days > LONGEST_AHEAD:
        problem = f"{arrival} is more than two years after {today}, and rules change; give an earlier day"
        raise click.BadParameter(problem, param_hint="--arrival")
    _together({"--arrival": arrival, "--days": days})
    _together({"--citizenship": citizenship, "--purpose": purpose})
    if citizenship is not None and arrival is None:
        raise click.UsageError(f"--citizenship {citizenship!r} says nothing without --arrival; give both or neither")
    world = load_world(today)
    if arrival is not None and days is not None:
        way = (
            Arrival(arrival, days, invitation=True)
            if citizenship is None or purpose is None
            else _advised(citizenship, Purpose(purpose), days, arrival, world)
        )
        known = replace(known, arrival=way)
    found = timeline(world.knowledge, known, today)
    voice = Voice(world.texts, lang)
    if ics is not None:
        file = calendar_file(found, world.knowledge, voice, today)
        if file is None:
            raise click.BadParameter(f"{ics}: no day lies ahead of {today}; give later days", param_hint="--ics")
        _write(ics, file)
    doubts = _doubts(arrival, us_interview, world)
    if as_json:
        click.echo(line_of({**timeline_object(found, voice), "warnings": list(doubts)}))
        return
    for doubt in doubts.values():
        click.echo(f"visabot: {doubt}", err=True)
    click.echo(to_plain(timeline_card(found, world.knowledge, voice)))


def _doubts(arrival: date | None, us_interview: date | None, world: World) -> dict[str, str]:
    """What looks like a slip in the days that were given, by id, in a line each."""
    doubts: dict[str, str] = {}
    if arrival is not None and arrival < world.today:
        doubts["arrival_in_the_past"] = f"--arrival {arrival} is before {world.today}; check the day"
    # The days off of the mission are published in no source we read; those of both lands stand for them.
    if us_interview is not None and not is_working_day(strict_calendar(world.knowledge.calendar, "US"), us_interview):
        doubts["interview_on_a_day_off"] = (
            f"--us-interview {us_interview} ({us_interview:%A}) is a day off in Kazakhstan or the U.S.; check the day"
        )
    return doubts


def _together(options: dict[str, object]) -> None:
    """Raise UsageError when only some of these options are given."""
    given = [name for name, value in options.items() if value is not None]
    missing = [name for name, value in options.items() if value is None]
    if given and missing:
        name = given[0]
        raise click.UsageError(f"{name} {str(options[name])!r} says nothing without {missing[0]}; give both or neither")


def _advised(citizenship: str, purpose: Purpose, days: int, arrival: date, world: World) -> Arrival | None:
    """The way in that is advised for the trip; None where there is none with days of its own."""
    code, passport_of = passport_of_text(citizenship, world.knowledge)
    try:
        advice = advise(world.knowledge, Trip(code, purpose, days, arrival), world.today)
    except UnknownCountryError as error:
        raise click.BadParameter(str(error), param_hint="--citizenship") from error
    if passport_of:
        click.echo(f"visabot: {citizenship!r} has the passport of {named(code)}; judged as such", err=True)
    return advice.arrival


def _write(path: Path, file: Attachment) -> None:
    try:
        path.write_bytes(file.content)
    except OSError as error:
        problem = f"{path}: cannot be written ({error.strerror}); give a file in a folder that you may write to"
        raise click.BadParameter(problem, param_hint="--ics") from error
