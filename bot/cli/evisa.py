"""`visabot evisa`: whether a passport can get an e-visa."""

from dataclasses import replace
from datetime import date
from typing import Any

import click

from bot.cli.country import recognition_object, recognition_text
from bot.cli.lines import line_of
from bot.cli.objects import evisa_object
from bot.cli.options import json_option, lang_option, lines_of, text_argument, today_option
from bot.loading import load_world
from dialogs.cards import evisa_card
from dialogs.formats import Voice
from dialogs.plain import to_plain
from dialogs.world import World
from knowledge.language import Language
from knowledge.policy import UnknownCountryError, check_evisa
from knowledge.recognition import Recognition

__all__ = ["command"]

_UNANSWERED: dict[str, Any] = {"listed": {}, "verdict": None, "entry": None, "sources": []}


@click.command(short_help="Whether a passport can get an e-visa.")
@text_argument
@json_option
@today_option
@lang_option
def command(text: str, as_json: bool, today: date, lang: Language) -> None:
    """Whether the passport that TEXT means can get an e-visa; - reads one query a line from standard input."""
    world = load_world(today)
    voice = Voice(world.texts, lang)
    for query in lines_of(text):
        found = world.knowledge.recognizer.recognize(query)
        if as_json:
            click.echo(line_of({**recognition_object(query, found), **_answer(found, world, voice)}))
        elif text == "-":
            click.echo(f"{query}:\n{_text(found, world, voice)}\n")
        else:
            click.echo(_text(found, world, voice))


def _answer(found: Recognition, world: World, voice: Voice) -> dict[str, Any]:
    if found.country is None:
        return _UNANSWERED
    try:
        check = check_evisa(world.knowledge, found.country, world.today)
    except UnknownCountryError:
        return _UNANSWERED
    return evisa_object(check, world.knowledge, world.today, voice)


def _text(found: Recognition, world: World, voice: Voice) -> str:
    if found.country is None:
        return recognition_text(found, voice)
    try:
        check = check_evisa(world.knowledge, found.country, world.today)
    except UnknownCountryError as error:
        return str(error)
    return to_plain(replace(evisa_card(check, world.knowledge, voice, whole=True), buttons=()))
