"""What a button carries: a compact, versioned line of at most 64 bytes, and never a personal datum."""

import re
from dataclasses import dataclass
from enum import StrEnum

__all__ = ["LIMIT", "Action", "Tap", "encoded", "is_idle"]

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


_ACTIONS = {action.value: action for action in Action}


def encoded(run: int, action: Action, target: str = "", value: str = "") -> str:
    """The callback data of a tap: screens make them by the dozen."""
    return f"{_VERSION}:{run}:{action}:{target}:{value}".rstrip(":")


@dataclass(frozen=True, slots=True)
class Tap:
    """One button: the run of the flow it belongs to, what it asks for, of which question or flow, with which value."""

    run: int
    action: Action
    target: str = ""
    value: str = ""

    def encode(self) -> str:
        """The callback data. The loader of flows keeps ids and values short enough."""
        return encoded(self.run, self.action, self.target, self.value)

    @classmethod
    def decode(cls, data: str) -> "Tap | None":
        """Read callback data; None when it is not ours or of an older version."""
        match = _FORM.fullmatch(data)
        if match is None:
            return None
        run, action, target, value = match.groups(default="")
        known = _ACTIONS.get(action)
        return None if known is None else cls(int(run), known, target, value)


def is_idle(data: str) -> bool:
    """Whether a button with this data of ours only shows something, such as the name of a month."""
    return data.split(":", 3)[2:3] == [Action.NOTHING]
