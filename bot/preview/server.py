"""Everything behind one preview: the state, the two sides that act on it, and what a test may change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.preview.chats import Chats
from bot.preview.delivery import Deliveries
from bot.preview.faults import Faults
from bot.preview.groups import Groups
from bot.preview.journal import Journal
from bot.preview.lines import Lines
from bot.preview.methods import Methods
from bot.preview.people import People
from bot.preview.profile import Profile
from bot.preview.rates import Rates
from bot.preview.record import Record
from bot.preview.updates import Updates
from bot.preview.webhook import Webhooks

__all__ = ["Preview"]

_FIRST_NAME = "Visa assistant"
_USERNAME = "visa_preview_bot"


class Preview:
    """One bot, its chats and its people.

    For tests and drills: `faults` (what goes wrong next), `rates.rules` (None: no limits), `rates.stop` (a flood wait),
    `lines.cut_for` (an outage), `deliveries.drill` (what happens to webhook deliveries), `chats.callback_age` (seconds
    that a button waits for its answer), `sent` (the calls that took effect) and `deliveries.record`. `close` ends all
    waiting calls and streams, so that the server that runs the app can stop at once.
    """

    def __init__(self, token: str, state: Path | None, clock: Callable[[], float]) -> None:
        number = token.partition(":")[0]
        bot: dict[str, Any] = {
            "id": int(number) if number.isdecimal() else 1,
            "is_bot": True,
            "first_name": _FIRST_NAME,
            "username": _USERNAME,
        }
        self.token = token
        self.journal = Journal(state)
        self.updates = Updates(self.journal, clock)
        self.chats = Chats(self.journal, self.updates, bot, clock)
        self.people = People(self.chats)
        self.groups = Groups(self.chats)
        self.profile = Profile(self.journal, _FIRST_NAME)
        self.rates = Rates()
        self.faults = Faults()
        self.webhooks = Webhooks(self.journal, self.updates, self.rates, clock)
        self.deliveries = Deliveries(self.journal, self.updates, self.webhooks, clock)
        self.methods = Methods(self.chats, self.profile, self.rates, self.webhooks)
        self.sent = Record()
        self.lines = Lines()
        self.closed = False

    def close(self) -> None:
        """End waiting calls and streams; the state is already on disk."""
        self.closed = True
        self.deliveries.cancel()
        self.updates.close()
        for chat in self.journal.chats():
            self.chats.signal(chat.id).fire()
        self.chats.signal(0).fire()
