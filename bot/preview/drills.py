"""What tests and drills order over HTTP (faults, floods, outages, settings, any update), and what they look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.preview.faults import Fault
from bot.preview.misuse import MisuseError
from bot.preview.orders import order_of, told
from bot.preview.rates import RateRules
from bot.preview.record import Record
from bot.preview.server import Preview
from bot.preview.updates import KINDS

__all__ = ["routes"]

_ENTRIES = 10_000


def routes(preview: Preview) -> list[BaseRoute]:
    """`/preview/faults`, `floods`, `outage`, `settings`, `updates`, `sent` and `deliveries`."""
    known = _settings(preview)

    async def add_fault(request: Request) -> Response:
        preview.faults.add(Fault.from_json(await order_of(request)))
        return Response(status_code=204)

    async def clear_faults(_: Request) -> Response:
        preview.faults.clear()
        return Response(status_code=204)

    async def add_flood(request: Request) -> Response:
        order = await order_of(request)
        chat_id = order.get("chat_id")
        if chat_id is not None and not isinstance(chat_id, int):
            raise MisuseError(400, f"chat_id: {chat_id!r} is not a whole number; leave it out for all chats")
        preview.rates.stop(chat_id, _seconds(order), preview.chats.clock())
        return Response(status_code=204)

    async def outage(request: Request) -> Response:
        preview.lines.cut_for(_seconds(await order_of(request)))
        return Response(status_code=204)

    async def settings(request: Request) -> Response:
        for name, value in (await order_of(request)).items():
            if name not in known or not known[name](value):
                raise MisuseError(400, f"{name}: {value!r}; settings are {_SETTINGS}")
        preview.deliveries.wake()
        return Response(status_code=204)

    async def add_update(request: Request) -> Response:
        order = await order_of(request)
        if len(order) != 1 or not order.keys() <= set(KINDS):
            raise MisuseError(400, f"an update has exactly one field, one of {', '.join(KINDS)}")
        [(kind, body)] = order.items()
        with preview.journal:
            update_id = preview.updates.add(kind, body)
        return JSONResponse({"update_id": update_id}, status_code=201)

    def look(record: Record) -> Callable[[Request], Any]:
        async def entries(request: Request) -> Response:
            after = int(request.query_params.get("after", "0"))
            limit = int(request.query_params.get("limit", _ENTRIES))
            return JSONResponse({"entries": record.after(after, limit)})

        return entries

    return [
        Route("/preview/faults", told(add_fault), methods=["POST"]),
        Route("/preview/faults", told(clear_faults), methods=["DELETE"]),
        Route("/preview/floods", told(add_flood), methods=["POST"]),
        Route("/preview/outage", told(outage), methods=["POST"]),
        Route("/preview/settings", told(settings), methods=["POST"]),
        Route("/preview/updates", told(add_update), methods=["POST"]),
        Route("/preview/sent", told(look(preview.sent))),
        Route("/preview/deliveries", told(look(preview.deliveries.record))),
    ]


_SETTINGS = (
    "rates (true, false), callback_age (seconds), webhook_waits (factor above 0), webhook_patience (seconds above 0), "
    "webhook_copies (from 1), webhook_swaps (from 0), webhook_replicas (addresses)"
)


def _settings(preview: Preview) -> dict[str, Callable[[Any], bool]]:
    """What takes a value of each setting; False where the value makes no sense."""
    drill = preview.deliveries.drill

    def rates(value: object) -> bool:
        if isinstance(value, bool):
            preview.rates.rules = RateRules() if value else None
        return isinstance(value, bool)

    def number(target: object, name: str, least: float, *, whole: bool = False) -> Callable[[Any], bool]:
        def put(value: Any) -> bool:
            kinds = int if whole else (int, float)
            right = isinstance(value, kinds) and not isinstance(value, bool) and bool(value >= least)
            if right:
                setattr(target, name, value)
            return right

        return put

    def replicas(value: object) -> bool:
        right = isinstance(value, list) and all(isinstance(address, str) for address in value)
        if isinstance(value, list) and right:
            drill.replicas = tuple(value)
        return right

    return {
        "rates": rates,
        "callback_age": number(preview.chats, "callback_age", 0),
        "webhook_waits": number(drill, "factor", 1e-6),
        "webhook_patience": number(drill, "patience", 1e-3),
        "webhook_copies": number(drill, "copies", 1, whole=True),
        "webhook_swaps": number(drill, "swaps", 0, whole=True),
        "webhook_replicas": replicas,
    }


def _seconds(order: dict[str, Any]) -> float:
    value = order.get("seconds")
    if not isinstance(value, int | float) or isinstance(value, bool) or value < 0:
        raise MisuseError(400, f"seconds: {value!r} is not a number of seconds from 0")
    return float(value)
