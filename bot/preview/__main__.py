"""`python -m bot.preview`: the preview alone, as its own process."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path

import click

from bot.errors import StartError
from bot.preview.app import create_preview
from bot.preview.serving import PreviewServer

__all__ = ["main"]


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="0 takes a free port.")
@click.option("--state", type=click.Path(dir_okay=False, path_type=Path), help="SQLite file; without it, memory.")
@click.option("--token", default="1:preview", show_default=True, help="The token that the bot uses.")
@click.option("--rates/--no-rates", default=True, help="Enforce Telegram's rate limits.")
def main(port: int, state: Path | None, token: str, rates: bool) -> None:
    """Serve the local Bot API and the chat page on 127.0.0.1."""
    try:
        app = create_preview(token=token, state=state)
    except StartError as error:
        raise click.ClickException(str(error)) from None
    if not rates:
        app.state.preview.rates.rules = None
    try:
        listener = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise click.ClickException(f"--port {port}: {error.strerror}; choose another, or 0 for a free one") from None
    click.echo(f"preview: listening on http://127.0.0.1:{listener.getsockname()[1]}")
    with contextlib.suppress(KeyboardInterrupt):
        PreviewServer(app).run(sockets=[listener])


if __name__ == "__main__":
    main()
