"""Which bot this is, and what everything in it works with."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.settings import Webhook
from bot.storage.store import Store
from bot.telegram.pace import RateRules
from bot.timers import LONGEST_SLEEP, facts_mark
from bot.turns import TurnFunction, fresh_characters
from dialogs.world import World

__all__ = ["Account", "Surroundings", "Tuning"]


@dataclass(frozen=True, slots=True)
class Account:
    """Which bot this is, where its Bot API is, which group is the staff chat, if there is one, and the webhook, if any.

    Without a webhook updates are asked for (long polling).
    """

    token: str = field(repr=False)
    api_url: str
    staff_chat: int | None = None
    webhook: Webhook | None = None


@dataclass(frozen=True, slots=True)
class Tuning:
    """What tests and measurements set otherwise.

    Rate rules (None: no limits), the first wait before a retry, the longest one between two looks at the timers, where
    random characters come from, and what marks the facts.
    """

    rates: RateRules | None = field(default_factory=RateRules)
    first_wait: float = 0.5
    look: float = LONGEST_SLEEP
    fresh: Callable[[], str] = fresh_characters
    mark: Callable[[World], str] = facts_mark


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The bot (its id and https address are known from Telegram), its store, its knowledge and its clock."""

    account: Account
    tuning: Tuning
    bot_id: int
    link: str
    store: Store
    world: World
    turn: TurnFunction
    clock: Clock
    facts: str
