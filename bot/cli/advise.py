"""`visabot advise`: what a trip needs."""

from dataclasses import replace
from datetime import date
from typing import Any

import click

from bot.cli.lines import line_of
from bot.cli.objects import advice_object
from bot.cli.options import IsoDate, json_option, lang_option, today_option
from bot.loading import load_world
from dialogs.cards import advice_card
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.questions.country import is_sure
from dialogs.reading.dates import LONGEST_AHEAD
from knowledge.base import KnowledgeBase
from knowledge.language import Language
from knowledge.policy import UnknownCountryError, advise
from knowledge.recognition import display_name
from knowledge.trip import Border, Entries, PassportType, Purpose, Trip

__all__ = ["command"]

_MOST_DAYS = 3_650
_LONGEST = len(str(_MOST_DAYS))
_SURE = 0.95


class _Days(click.ParamType[int]):
    """The length of a stay."""

    name = "days"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number of days."""
        said = str(value)
        if not (said.isascii() and said.isdigit() and len(said) <= _LONGEST and 1 <= int(said) <= _MOST_DAYS):
            self.fail(f"{said!r}: give a number of days, 1 to {_MOST_DAYS}", param, ctx)
        return int(said)


def _choice(values: type[Purpose] | type[Entries] | type[Border] | type[PassportType]) -> click.Choice[str]:
    return click.Choice([value.value for value in values])


@click.command(short_help="What a trip needs.")
@click.option("--citizenship", required=True, help="The passport: a code such as IN, or a name.")
@click.option("--purpose", required=True, type=_choice(Purpose), help="What the trip is for.")
@click.option("--days", required=True, type=_Days(), help="The length of one stay.")
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
    code, passport_of = _country(citizenship, world.knowledge)
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
            click.echo(f"visabot: {citizenship!r} has the passport of {_named(code)}; judged as such", err=True)
        click.echo(to_plain(replace(advice_card(advice, trip, world.knowledge, voice), buttons=())))


def _country(text: str, knowledge: KnowledgeBase) -> tuple[str, bool]:
    """The code of the country that `text` means, and whether it names a land that uses that country's passport.

    Raises BadParameter unless it is a code, or a name written so that there is no doubt.
    """
    code = text.strip().upper()
    if code in knowledge.regimes:
        return code, False
    found = knowledge.recognizer.recognize(text)
    passport_of = found.reason == "passport_of" and found.score >= _SURE
    if found.country is not None and (is_sure(found) or passport_of):
        return found.country, passport_of
    if found.candidates:
        names = ", ".join(map(_named, found.candidates))
        wanted = "the code" if len(found.candidates) == 1 else "one of the codes"
        problem = f"{text!r} can mean {names}; give {wanted}"
    elif found.reason is not None:
        problem = f"{text!r} names no passport of a country ({found.reason}); give a code such as IN, or a name"
    else:
        problem = f"{text!r} is no country we know; give a code such as IN, or a name"
    raise click.BadParameter(problem, param_hint="--citizenship")


def _named(code: str) -> str:
    return f"{code} ({display_name(code, Language.EN)})"
