"""One process a database file: a lock beside the file, held for as long as the process lives."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from bot.errors import StartError
from bot.files import place_of
from bot.storage.address import Address

__all__ = ["only_process"]


@contextmanager
def only_process(address: Address) -> Iterator[None]:
    """Hold `<database>.lock`, beside the file that links lead to; a shared database needs no lock.

    Raises StartError when another process holds it, the file is a directory or its folder cannot be written.
    """
    database = address.file
    if database is None:
        yield
        return
    place = place_of(database, "DATABASE_URL")
    path = place.with_name(f"{place.name}.lock")
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StartError(
            f"DATABASE_URL: {database}: its folder cannot be written ({error.strerror}); "
            "give a file in a folder that the program may write to"
        ) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip() or "unknown"
            raise StartError(
                f"DATABASE_URL: {database}: another visabot (process {holder}) runs on this database; "
                "stop it first, or give another file"
            ) from error
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
