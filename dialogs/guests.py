"""Personal links: a guest fills in their own part of an invitation and sees nothing of the rest."""

from dataclasses import dataclass

from dialogs.answer import Answer

__all__ = ["Delivered", "GuestInvitation", "guest_start", "token_in"]

_START = "guest_"


def guest_start(token: str) -> str:
    """The argument of `/start` that opens the part of the guest behind `token`."""
    return f"{_START}{token}"


def token_in(argument: str) -> str | None:
    """The token that the argument of a `/start` holds; None when it is no guest link."""
    token = argument.strip().removeprefix(_START)
    return token if token != argument.strip() and token.isalnum() else None


@dataclass(frozen=True, slots=True)
class GuestInvitation:
    """A link that has been opened. `usable` is false when it has run out, was used, or was taken back."""

    token: str
    usable: bool


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a guest has filled in, for person `person` of the paper `paper`, under bare question ids."""

    token: str
    paper: int
    person: int
    answers: tuple[tuple[str, Answer], ...]
