"""Whether the process answers, and whether it can do its work."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.logs import describe
from bot.web.replies import json_reply

__all__ = ["Check", "health_routes"]

_log = logging.getLogger(__name__)

Check = Callable[[], Awaitable[object]]
"""Returns when all is well, raises when not. Its message is shown to nobody."""

_CHECK_SECONDS = 2.0


class _Checks:
    """Named checks, run beside each other. A change of a state is logged once, however often somebody asks."""

    def __init__(self, checks: Mapping[str, Check], seconds: float) -> None:
        self._checks = dict(checks)
        self._seconds = seconds
        self._before: dict[str, str] = dict.fromkeys(checks, "ok")

    async def run(self) -> dict[str, str]:
        """The state of each: ok, failed or late."""
        states = await asyncio.gather(*(self._state(name, check) for name, check in self._checks.items()))
        return dict(zip(self._checks, states, strict=True))

    async def _state(self, name: str, check: Check) -> str:
        state, reason = "ok", "again as it should be"
        try:
            async with asyncio.timeout(self._seconds) as limit:
                await check()
        except Exception as error:
            state, reason = "late" if limit.expired() else "failed", describe(error)
        if state != self._before[name]:
            _log.log(logging.INFO if state == "ok" else logging.WARNING, "health: %s: %s: %s", name, state, reason)
            self._before[name] = state
        return state


def health_routes(checks: Mapping[str, Check], seconds: float = _CHECK_SECONDS) -> list[BaseRoute]:
    """The routes under /healthz. A check that takes longer than `seconds` has failed."""
    running = _Checks(checks, seconds)

    async def live(_: Request) -> Response:
        return json_reply({"live": True})

    async def ready(_: Request) -> Response:
        return _told({}, await running.run())

    async def both(_: Request) -> Response:
        return _told({"live": True}, await running.run())

    return [Route("/healthz/live", live), Route("/healthz/ready", ready), Route("/healthz", both)]


def _told(first: Mapping[str, bool], states: Mapping[str, str]) -> Response:
    good = all(state == "ok" for state in states.values())
    return json_reply({**first, "ready": good, "checks": states}, 200 if good else 503)
