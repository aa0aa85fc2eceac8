"""`visabot answers`: the vetted answers, as staff and reviewers need them."""

from datetime import date

import click

from bot.cli.answer_text import answer_head, answer_object, answer_text
from bot.cli.approve import command as approve
from bot.cli.export import command as export
from bot.cli.lines import line_of
from bot.cli.options import json_option, lang_option, today_option
from bot.cli.stale import command as stale
from bot.loading import load_world
from knowledge.language import Language

__all__ = ["command"]


@click.group(name="answers", short_help="The vetted answers: list, show, stale, export, approve.")
def command() -> None:
    """The vetted answers, their texts, sources and dates."""


for _more in (stale, export, approve):
    command.add_command(_more)


@command.command("list")
@json_option
@today_option
@lang_option
def list_answers(as_json: bool, today: date, lang: Language) -> None:
    """Every answer with its shortcut, title and the day by which it is looked at again."""
    world = load_world(today)
    for answer in world.knowledge.answers.values():
        if as_json:
            click.echo(line_of(answer_head(answer)))
        else:
            title = answer.titles[lang]
            click.echo(f"{answer.id:32} {answer.shortcut:12} {answer.review_by.isoformat()}  {title}")


@command.command("show")
@click.argument("topic", metavar="ID")
@json_option
@today_option
@lang_option
def show_answer(topic: str, as_json: bool, today: date, lang: Language) -> None:
    """The answer ID as it is told on a day; with --json in all languages."""
    world = load_world(today)
    answer = world.knowledge.answers.get(topic)
    if answer is None:
        raise click.UsageError(f"{topic!r} is not an answer; visabot answers list names them")
    if as_json:
        click.echo(line_of(answer_object(answer, world)))
        return
    click.echo(answer_text(answer, world, lang) or f"{answer.id}: is not served on {today.isoformat()}")
