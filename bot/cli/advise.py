"""`visabot advise`: what a trip needs."""

from dataclasses import replace
from datetime import date

import click

from bot.cli.lines import line_of
from bot.cli.objects import advice_object
from bot.cli.options import IsoDate, StayDays, json_option, lang_option, today_option
from bot.cli.passports import named, passport_of_text
from bot.loading import load_world
from dialogs.cards import advice_card
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.reading.reach import LONGEST_AHEAD
from knowledge.language import Language
from knowledge.policy import UnknownCountryError, advise
from knowledge.trip import Border, Entries, PassportType, Purpose, Trip

__all__ = ["command"]


def _choice(values: type[Purpose] | type[Entries] | type[Border] | type[PassportType]) -> click.Choice[str]:
    return click.Choice([value.value for value in values])


@click.command(short_help="What a trip needs.")
@click.option("--citizenship", required=True, help="The passport: a code such as IN, or a name.")
@click.option("--purpose", required=True, type=_choice(Purpose), help="What the trip is for.")
@click.option("--days", required=True, type=StayDays(), help="The length of one stay.")
@click.option("--arrival", type=IsoDate(), help="The day of arrival; without it no dates are computed.")
@click.option("--entries", type=_choice(Entries), default=Entries.SINGLE.value, show_default=True)
@click.option("--border", type=_choice(Border), default=Border.AIR.value, show_default=True)
@click.option("--passport", type=_choice(PassportType), default=PassportType.ORDINARY.value, show_default=True)
@today_option
@lang_option
@json_option
def command(
    citizenship: str,
    purpose: str,
    days: int,
    arrival: date | None,
    entries: str,
    border: str,
    passport: str,
    today: date,
    lang: Language,
    as_json: bool,
) -> None:
    """Whether a trip needs a visa, which one, what to bring and by when, with the reasons and the sources."""
    if arrival is not None and (arrival - today).days > LONGEST_AHEAD:
        problem = f"{arrival} is more than two years after {today}, and rules change; give an earlier day, or none"
        raise click.BadParameter(problem, param_hint="--arrival")
    world = load_world(today)
    code, passport_of = passport_of_text(citizenship, world.knowledge)
    trip = Trip(
        citizenship=code,
        purpose=Purpose(purpose),
        days=days,
        arrival=arrival,
        entries=Entries(entries),
        border=Border(border),
        passport=PassportType(passport),
    )
    try:
        advice = advise(world.knowledge, trip, today)
    except UnknownCountryError as error:
        raise click.BadParameter(str(error), param_hint="--citizenship") from error
    voice = Voice(world.texts, lang)
    if as_json:
        click.echo(line_of(advice_object(advice, code, world.knowledge, voice, passport_of=passport_of)))
    else:
        if passport_of:
            click.echo(f"visabot: {citizenship!r} has the passport of {named(code)}; judged as such", err=True)
        click.echo(to_plain(replace(advice_card(advice, trip, world.knowledge, voice, whole=True), buttons=())))
