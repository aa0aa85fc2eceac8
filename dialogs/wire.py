"""What a button carries: a compact, versioned line of at most 64 bytes, and never a personal datum."""

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["LIMIT", "Action", "Tap"]

LIMIT = 64
"""Telegram's limit for callback data, in bytes."""

_VERSION = "1"
_FORM = re.compile(r"1:(\d{1,9}):([a-z]{1,2})(?::([A-Za-z0-9_.-]*))?(?::([A-Za-z0-9_-]*))?")


class Action(StrEnum):
    """What a button asks for.

    Those on a question carry its key as `target`; a topic and its dialog stand as group and name (`evisa`, `fees`).
    """

    ANSWER = "a"
    REJECT = "r"
    PAGE = "p"
    MONTH = "m"
    BACK = "b"
    SKIP = "s"
    CHANGES = "e"
    EDIT = "ed"
    CANCEL = "x"
    CONTINUE = "c"
    START = "st"
    GO = "go"
    COUNTRY = "co"
    TOPIC = "t"
    DIALOG = "d"
    MENU = "n"
    HELP = "h"
    PRIVACY = "y"
    PERSON = "q"
    LANGUAGES = "l"
    LANGUAGE = "la"
    CALENDAR = "k"
    ADD = "ad"
    LOOK = "lo"
    REMOVE = "rm"
    EFFECT = "ef"
    REST = "re"
    PAPERS = "pp"
    PAPER = "pa"
    RESUME = "rs"
    DISCARD = "di"
    NAME = "na"
    KEEP = "ke"
    SAVE = "sv"
    NOTIFY = "no"
    REMIND = "ri"
    STOP = "so"
    CALL = "ca"
    TALK_OVER = "to"
    REQUESTS = "rq"
    REQUEST = "rr"
    WITHDRAW = "wd"
    CORRECT = "cr"
    DATA = "da"
    ERASE = "er"
    WHY = "w"
    ZONE = "zo"
    NOTHING = "z"


@dataclass(frozen=True, slots=True)
class Tap:
    """One button: the run of the flow it belongs to, what it asks for, of which question or flow, with which value."""

    run: int
    action: Action
    target: str = ""
    value: str = ""

    def encode(self) -> str:
        """The callback data. The loader of flows keeps ids and values short enough."""
        return ":".join((_VERSION, str(self.run), self.action, self.target, self.value)).rstrip(":")

    @classmethod
    def decode(cls, data: str) -> "Tap | None":
        """Read callback data; None when it is not ours or of an older version."""
        match = _FORM.fullmatch(data)
        if match is None:
            return None
        run, action, target, value = match.groups(default="")
        return cls(int(run), Action(action), target, value) if action in set(Action) else None
