"""Encryption at rest: what people tell is sealed before it reaches a table, and opened when it is read."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.storage.tables import NOTHING_KEPT

__all__ = ["PLAIN", "Digest", "SealedError", "Vault", "is_key", "is_sealed", "new_key"]

PLAIN = "{"
"""How a text begins that was stored before there was a vault; a sealed one never does."""


class SealedError(Exception):
    """A sealed text opens with none of the keys: they were lost or changed, or the text is damaged."""

    def __init__(self) -> None:
        super().__init__("a sealed text opens with none of the keys; put the old key behind the new one in DATA_KEYS")


@dataclass(frozen=True, slots=True)
class Digest:
    """What a text comes to under one key: equal for equal texts, and of no use without the key.

    `key` names the key without telling it.
    """

    key: str
    value: str


class Vault:
    """Seals texts with the first of `keys` (Fernet keys, newest first) and opens them with any of them."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._keys = {_name_of(key): key.encode() for key in keys}

    @property
    def key_names(self) -> frozenset[str]:
        """The keys, as digests name them."""
        return frozenset(self._keys)

    def digests(self, text: str) -> tuple[Digest, ...]:
        """The digests of a text, that under the newest key first."""
        said = text.encode()
        return tuple(Digest(name, hmac.digest(key, said, "sha256").hex()) for name, key in self._keys.items())

    def seal(self, text: str) -> str:
        """The text as only the keys can read it. `NOTHING_KEPT` says nothing and stays as it is."""
        return text if text == NOTHING_KEPT else self._fernet.encrypt(text.encode()).decode("ascii")

    def seal_json(self, told: Mapping[str, Any]) -> str:
        """An object, sealed."""
        return self.seal(orjson.dumps(told).decode())

    def open_json(self, sealed: str) -> Any:
        """What `seal_json` was given. Raises SealedError."""
        return orjson.loads(self.open(sealed))

    def open(self, sealed: str) -> str:
        """What `seal` was given; a text from before there was a vault is itself. Raises SealedError."""
        if not is_sealed(sealed):
            return sealed
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise SealedError from None


def _name_of(key: str) -> str:
    return hashlib.sha256(b"visabot data key " + key.encode()).hexdigest()[:16]


def is_sealed(text: str) -> bool:
    """Whether a stored text came out of a vault."""
    return not text.startswith(PLAIN)


def is_key(text: str) -> bool:
    """Whether a text is a key for a vault."""
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def new_key() -> str:
    """A key that nobody has had before."""
    return Fernet.generate_key().decode("ascii")
