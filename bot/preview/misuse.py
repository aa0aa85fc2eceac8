"""What a person or a drill cannot do, told in one sentence."""

from __future__ import annotations

__all__ = ["MisuseError"]


class MisuseError(Exception):
    """A person cannot do this; `code` is the HTTP status for the caller."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
