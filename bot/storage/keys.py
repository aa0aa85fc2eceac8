"""Where the keys of the vault come from: the setting DATA_KEYS, or a file beside the embedded database."""

from collections.abc import Sequence
from pathlib import Path

from bot.errors import StartError
from bot.files import place_of, write_private
from bot.storage.address import Address
from bot.storage.vault import SealedError, Vault, is_key, new_key

__all__ = ["key_file_of", "make_key_file", "open_vault", "read_key_file"]


def key_file_of(database: Path) -> Path:
    """The file with the keys of `database`, beside the file that links lead to."""
    return place_of(database, "DATABASE_URL").with_suffix(".key")


def read_key_file(file: Path) -> tuple[str, ...]:
    """The keys in `file`, one a line, newest first. Raises StartError, which never shows a key."""
    try:
        keys = tuple(file.read_text("utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a text"
        raise StartError(f"DATA_KEYS: {file}: cannot be read ({reason}); restore the file from its backup") from error
    if not keys or not all(is_key(key) for key in keys):
        raise StartError(f"DATA_KEYS: {file}: holds something else than keys; restore the file from its backup")
    return keys


def make_key_file(file: Path, keys: Sequence[str]) -> None:
    """Write the keys, newest first, for the eyes of the owner only. Raises StartError."""
    write_private(file, "".join(f"{key}\n" for key in keys), "DATA_KEYS")


def open_vault(
    database: Address, given: Sequence[str], samples: Sequence[str], sealed_in: object = None
) -> tuple[Vault, Path | None]:
    """The vault for `database`, and the file of its keys when they stand in one (beside an embedded database).

    `given` are the keys of the setting; without any, those of the file are taken, which is made unless something is
    sealed already. `samples` are sealed texts of the database, or of what is to be put into it (errors call that
    `sealed_in`). Raises StartError when they do not open.
    """
    if not given and database.file is None:
        raise StartError(
            f"DATA_KEYS: is not set, and {database} is shared by several processes, which need the same keys; "
            "`visabot db new-key` prints one"
        )
    file = None if given or database.file is None else key_file_of(database.file)
    if file is not None and not file.exists():
        if samples:
            raise StartError(
                f"DATA_KEYS: {file}: is not there, and the stored conversations cannot be read without it; restore the "
                f"file from its backup, set DATA_KEYS, or move {database} away to begin without those conversations"
            )
        make_key_file(file, [new_key()])
    vault = Vault(given if file is None else read_key_file(file))
    try:
        for sample in samples:
            vault.open(sample)
    except SealedError:
        raise StartError(
            f"DATA_KEYS: {'the keys that are set (not shown)' if file is None else file}: the conversations in "
            f"{sealed_in or database} were sealed with another key; add the old key behind the new one, "
            "or move the database away"
        ) from None
    return vault, file
