"""Where the bot wants its updates delivered: `setWebhook`, `deleteWebhook`, `getWebhookInfo`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from bot.preview.forms import Arguments
from bot.preview.journal import Journal
from bot.preview.limits import (
    SECRET_TOKEN_LENGTH,
    WEBHOOK_CONNECTIONS,
    WEBHOOK_DEFAULT_CONNECTIONS,
    WEBHOOK_PORTS,
    RefusalError,
    bad_request,
)
from bot.preview.rates import Rates
from bot.preview.signals import Signal
from bot.preview.updates import Updates

__all__ = ["Webhook", "Webhooks"]

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_ACTIVE = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
_REPLACED = "Conflict: terminated by setWebhook request"
_KEY = "webhook"


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address for updates; `secret_token` may be empty."""

    url: str
    secret_token: str
    max_connections: int


class Webhooks:
    """The one webhook of a bot, kept in the journal, and the last error on its way (which a restart forgets)."""

    def __init__(self, journal: Journal, updates: Updates, rates: Rates, clock: Callable[[], float]) -> None:
        self._journal = journal
        self._updates = updates
        self._rates = rates
        self._clock = clock
        kept = journal.get(_KEY, None)
        self.current = None if kept is None else Webhook(**kept)
        self.changed = Signal()
        """Fires when another webhook is set, or none."""
        self._last_error: dict[str, Any] = {}

    def set(self, arguments: Arguments) -> bool:
        """`setWebhook`; an empty url deletes it. Plain http is taken for this machine alone."""
        url = arguments.text("url").strip()
        if not url:
            return self.delete(arguments)
        self._rates.spend_set_webhook(self._clock())
        webhook = Webhook(
            url,
            _secret(arguments.text("secret_token")),
            _within(arguments.integer("max_connections", WEBHOOK_DEFAULT_CONNECTIONS)),
        )
        _check_url(url)
        if "certificate" in arguments.uploads or arguments.text("certificate"):
            raise bad_request("certificate: this preview trusts public certificates only")
        self._updates.allow(arguments.kinds())
        self._updates.interrupt(_REPLACED)
        self._change(webhook, drop=arguments.flag("drop_pending_updates"))
        return True

    def delete(self, arguments: Arguments) -> bool:
        """`deleteWebhook`."""
        self._change(None, drop=arguments.flag("drop_pending_updates"))
        return True

    def check_polling(self) -> None:
        """Refuse `getUpdates` while a webhook is set."""
        if self.current is not None:
            raise RefusalError(409, _ACTIVE)

    def info(self, _: Arguments) -> dict[str, Any]:
        """`getWebhookInfo`."""
        allowed = self._updates.allowed()
        told: dict[str, Any] = {
            "url": "",
            "has_custom_certificate": False,
            "pending_update_count": self._updates.pending(),
        }
        if self.current is not None:
            told |= {"url": self.current.url, "max_connections": self.current.max_connections, **self._last_error}
        return told if allowed is None else {**told, "allowed_updates": allowed}

    def failed(self, reason: str) -> None:
        """Note why a delivery failed."""
        self._last_error = {"last_error_date": int(self._clock()), "last_error_message": reason}

    def _change(self, webhook: Webhook | None, *, drop: bool) -> None:
        if drop:
            self._updates.clear()
        if webhook == self.current:
            return
        self._journal.put(_KEY, None if webhook is None else asdict(webhook))
        self.current = webhook
        self._last_error = {}
        self.changed.fire()


def _within(connections: int) -> int:
    """As at Telegram a number out of bounds is the nearest one within."""
    return min(max(connections, 1), WEBHOOK_CONNECTIONS)


def _secret(token: str) -> str:
    if len(token) > SECRET_TOKEN_LENGTH:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", token):
        raise bad_request("secret token contains unallowed characters")
    return token


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified") from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    _check_foreign(parts, port)


def _check_foreign(parts: SplitResult, port: int | None) -> None:
    if parts.hostname in _LOOPBACK:
        return
    if parts.scheme == "http":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if (port or 443) not in WEBHOOK_PORTS:
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
