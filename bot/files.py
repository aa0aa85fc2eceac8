"""The files that keep what people wrote: for the eyes of their owner only."""

import os
from pathlib import Path

from bot.errors import StartError

__all__ = ["make_private", "place_of", "write_private"]


def place_of(path: Path, setting: str) -> Path:
    """Where a file is: links are followed, and its folder is made (0700) unless it exists.

    `setting` is what errors say gave the path. Raises StartError when it is a directory or can be no file.
    """
    try:
        place = path.resolve()
        directory = place.is_dir()
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        reason = (error.strerror if isinstance(error, OSError) else None) or error
        raise StartError(
            f"{setting}: {path}: its folder cannot be made or read ({reason}); give another file"
        ) from error
    if directory:
        raise StartError(f"{setting}: {path}: is a directory; give a file, such as {path / 'visabot.sqlite3'}")
    return place


def make_private(path: Path, setting: str) -> None:
    """Make the file `path` (0600) and its folder (0700) unless they exist; what exists keeps its mode.

    SQLite gives its journal files the mode of the database. To be called before the database is opened, which
    would make a file that everybody may read.
    `setting` is what errors say gave the path. Raises StartError when the file cannot be made, read or written.
    """
    place = place_of(path, setting)
    try:
        # Only a new file is opened here: closing one that SQLite has open in this process would drop its locks.
        os.close(os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except FileExistsError:
        if not os.access(place, os.R_OK | os.W_OK):
            raise StartError(
                f"{setting}: {path}: the file cannot be read and written; give the program the right to both"
            ) from None
    except OSError as error:
        raise StartError(
            f"{setting}: {path}: the file cannot be made ({error.strerror}); "
            "give a file in a folder that the program may write to"
        ) from error


def write_private(path: Path, text: str, setting: str) -> None:
    """Write the file `path` (0600) as a whole or not at all. `setting` is what errors say it belongs to."""
    draft = path.with_name(f"{path.name}.new")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StartError(
            f"{setting}: {path}: cannot be written ({error.strerror}); give the program the right to its folder"
        ) from error
