"""`visabot flow draw`: a flow as a picture."""

from datetime import date
from pathlib import Path

import click

from bot.cli.flow_names import flows_named
from bot.cli.options import lang_option, today_option
from bot.loading import load_world
from dialogs.drawing import mermaid, pages
from dialogs.formats import Voice
from knowledge.language import Language

__all__ = ["command"]


@click.command("draw")
@click.argument("name", metavar="[FLOW]", required=False)
@click.option("--all", "every", is_flag=True, help="All flows.")
@click.option("--write", is_flag=True, help="Renew the pages, in all languages, instead of printing.")
@click.option(
    "--directory",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("docs/flows"),
    show_default=True,
    help="Where the pages are.",
)
@lang_option
@today_option
def command(name: str | None, every: bool, write: bool, directory: Path, lang: Language, today: date) -> None:
    """Draw FLOW as a Mermaid flowchart: questions as boxes, conditions on the arrows, outcomes as ends."""
    if (name is None) is not every:
        raise click.UsageError("name one FLOW, or give --all")
    world = load_world(today)
    flows = flows_named(world.flows, name)
    if not write:
        for flow in flows:
            click.echo(mermaid(flow, Voice(world.texts, lang)), nl=False)
        return
    directory.mkdir(parents=True, exist_ok=True)
    written = dict(pages(flows, world.texts))
    for file, text in written.items():
        (directory / file).write_text(text, "utf-8")
    for old in sorted(directory.glob("*.md")) if every else ():
        if old.name not in written:
            old.unlink()
    click.echo(f"wrote {len(written)} pages to {directory}")
