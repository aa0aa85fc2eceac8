"""`visabot country`: which passport a text means."""

from typing import Any

import click

from bot.cli.lines import line_of
from bot.cli.options import json_option, lang_option, lines_of, text_argument
from bot.errors import StartError
from dialogs.formats import Voice
from dialogs.questions.country import why_none
from dialogs.texts import TextError, Texts
from knowledge.language import Language
from knowledge.recognition import CountryRecognizer, Recognition

__all__ = ["command", "recognition_object", "recognition_text"]


@click.command(short_help="Which country a text means.")
@text_argument
@json_option
@lang_option
def command(text: str, as_json: bool, lang: Language) -> None:
    """Which country TEXT means, in Kazakh, Russian or English; - reads one query a line from standard input."""
    recognizer = CountryRecognizer.from_data()
    if as_json:
        for query in lines_of(text):
            click.echo(line_of(recognition_object(query, recognizer.recognize(query))))
        return
    try:
        voice = Voice(Texts.load(), lang)
    except TextError as error:
        raise StartError.of(error.problems) from error
    for query in lines_of(text):
        click.echo(recognition_text(recognizer.recognize(query), voice))


def recognition_object(query: str, found: Recognition) -> dict[str, Any]:
    """A recognition as a JSON object."""
    return {
        "query": query,
        "status": found.status.value,
        "country": found.country,
        "candidates": list(found.candidates),
        "score": round(found.score, 3),
    }


def recognition_text(found: Recognition, voice: Voice) -> str:
    """A recognition in one line for people; where no country was found, why."""
    if not found.candidates:
        return why_none(found, voice)
    names = ", ".join(f"{voice.country(code)} ({code})" for code in found.candidates)
    return names if len(found.candidates) == 1 else f"? {names}"
