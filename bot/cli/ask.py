"""`visabot ask`: the vetted answer to a question in free words."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from bot.cli.answer_text import answer_text
from bot.cli.lines import line_of
from bot.cli.options import json_option, lines_of, text_argument, today_option
from bot.loading import load_world
from dialogs.formats import Voice
from dialogs.free_text import dialog_for
from dialogs.plain import to_plain
from dialogs.prefill import answers_in, begun
from dialogs.session import Session
from dialogs.world import World
from knowledge.asking.ask import Asked, AskStatus, ask
from knowledge.asking.tongue import tongue
from knowledge.language import Language

__all__ = ["command"]


@click.command(short_help="Answer a question in free words.")
@text_argument
@json_option
@today_option
@click.option(
    "--lang",
    type=click.Choice([language.value for language in Language]),
    help="The language of the answer; by default that of the question.",
)
def command(text: str, as_json: bool, today: date, lang: str | None) -> None:
    """Answer TEXT from the vetted answers; - reads one question a line, plain or as {"q", "lang"} in JSON."""
    world = load_world(today)
    given = None if lang is None else Language(lang)
    for question, language in _questions(text, given):
        asked = ask(world.knowledge, question, today)
        voice = Voice(world.texts, language or tongue(question, frozenset(), asked.language, Language.EN))
        if as_json:
            click.echo(line_of(_object(asked, voice, world)))
        elif text == "-":
            click.echo(f"{question}:\n{_text(asked, voice, world)}\n")
        else:
            click.echo(_text(asked, voice, world))


def _questions(text: str, language: Language | None) -> Iterator[tuple[str, Language | None]]:
    """The questions with the language each asks to be answered in."""
    for line in lines_of(text):
        yield _from_json(line, language) if text == "-" and line.lstrip().startswith("{") else (line, language)


def _from_json(line: str, language: Language | None) -> tuple[str, Language | None]:
    """A line that is no object with a question is a question itself: people do write braces."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return line, language
    if not isinstance(row, dict) or not isinstance(row.get("q"), str):
        return line, language
    named = row.get("lang")
    question = row["q"].encode("utf-8", "replace").decode("utf-8")  # half a pair of surrogates cannot be printed
    return question, Language(named) if isinstance(named, str) and named in set(Language) else language


def _object(asked: Asked, voice: Voice, world: World) -> dict[str, Any]:
    return {
        "query": asked.query,
        "lang": voice.language.value,
        "status": asked.status.value,
        "answers": [
            {"id": item.answer.id, "score": round(item.score, 3), "version": item.answer.version}
            for item in asked.suggestions
        ],
        **_dialog(asked, voice, world),
    }


def _dialog(asked: Asked, voice: Voice, world: World) -> dict[str, Any]:
    """The dialog that the question begins, with what it already tells."""
    dialog = dialog_for(asked, world, voice.language)
    if dialog is None:
        return {}
    flow, given = dialog
    answers = dict((*given, *answers_in(asked.query, flow, world, voice.language)))
    return {"dialog": {"flow": flow.id, "answers": answers}}


def _text(asked: Asked, voice: Voice, world: World) -> str:
    if asked.talk is not None:
        return voice.text(f"talk.{asked.talk}", button=voice.text("button.ask_a_person"))
    dialog = dialog_for(asked, world, voice.language)
    if dialog is not None:
        says = begun(Session(language=voice.language), *dialog, asked.query, world).says
        return "\n\n".join(to_plain(say) for say in says)
    if asked.status is AskStatus.NONE:
        return voice.text("ask.none")
    if asked.status is AskStatus.CHOOSE:
        names = (f"- {item.answer.titles[voice.language]} ({item.answer.id})" for item in asked.suggestions)
        return "\n".join((voice.text("ask.did_you_mean"), *names))
    return answer_text(asked.suggestions[0].answer, world, voice.language)
