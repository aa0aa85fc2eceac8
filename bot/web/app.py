"""The web side of the bot as an ASGI app."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.metrics import Metrics
from bot.web.health import Check, health_routes
from bot.web.replies import empty, json_reply
from bot.web.sampling import Sampler, metrics_route
from bot.web.webhook import Webhook, webhook_route

__all__ = ["create_web"]


def create_web(
    metrics: Metrics,
    *,
    webhook: Webhook | None = None,
    checks: Mapping[str, Check] | None = None,
    samplers: Sequence[Sampler[Any]] = (),
) -> Starlette:
    """The webhook (when updates arrive by one), `/healthz` and `/metrics`.

    Health and metrics ask for no password, as they hold no personal data: names of checks, counts and ages, never a
    chat, a name or a word. They still tell how busy the bot is. A proxy that stands before it for Telegram passes on
    the path of the webhook and nothing else.
    """
    routes = [*health_routes(checks or {}), metrics_route(metrics, samplers)]
    if webhook is not None:
        routes.append(webhook_route(webhook, metrics))
    app = Starlette(routes=routes, exception_handlers={HTTPException: _refused, Exception: _broken})
    app.router.redirect_slashes = False
    return app


async def _refused(_: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException) and error.status_code != 404:
        return empty(error.status_code, **dict(error.headers or {}))
    return json_reply({"error": "not found"}, 404)


async def _broken(_: Request, _error: Exception) -> Response:
    return empty(500)
