"""`visabot answers export`: every answer with its texts as told on a day, for staff."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import click

from bot.cli.answer_text import answer_object
from bot.cli.lines import line_of
from bot.cli.options import today_option
from bot.loading import load_world
from knowledge.language import Language

__all__ = ["command"]

Row = dict[str, Any]


@click.command("export")
@click.option("--lang", type=click.Choice([code.value for code in Language]), help="One language only; else all.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "md"]),
    default="json",
    show_default=True,
    help="What to write.",
)
@today_option
def command(lang: str | None, form: str, today: date) -> None:
    """Every answer: ids, titles, texts as told on a day, sources, dates, shortcut. JSON is one object a line."""
    world = load_world(today)
    languages = tuple(Language) if lang is None else (Language(lang),)
    rows = [answer_object(answer, world, languages) for answer in world.knowledge.answers.values()]
    match form:
        case "csv":
            click.echo(_csv(rows, languages), nl=False)
        case "md":
            click.echo("\n\n".join(_markdown(rows, languages, today)))
        case _:
            for row in rows:
                click.echo(line_of(row))


def _csv(rows: Sequence[Row], languages: Sequence[Language]) -> str:
    """One line an answer, a column a language; the sources by id."""
    heads = ("id", "shortcut", "version", "status", "served", "owner", "as_of", "review_by")
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    columns = (*(f"title_{language}" for language in languages), *(f"text_{language}" for language in languages))
    writer.writerow((*heads, *columns, "sources"))
    for row in rows:
        texts = (*row["titles"].values(), *row["texts"].values())
        writer.writerow((*(row[head] for head in heads), *texts, " ".join(source["id"] for source in row["sources"])))
    return target.getvalue()


def _markdown(rows: Sequence[Row], languages: Sequence[Language], today: date) -> Iterator[str]:
    yield f"# Answers as told on {today.isoformat()}"
    for row in rows:
        yield f"## {row['id']} ({row['shortcut']})"
        standing = row["status"] if row["served"] else f"{row['status']}, not told that day"
        yield (
            f"Version {row['version']}, {standing}. Owner: {row['owner']}. "
            f"Checked for {row['as_of']}, to be looked at by {row['review_by']}."
        )
        for language in languages:
            if row["texts"][language]:
                yield f"### {language}\n\n{row['texts'][language]}"
