"""What tests and drills order, over HTTP: faults, settings, and updates of any kind."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.preview.faults import Fault
from bot.preview.orders import order_of, told
from bot.preview.people import MisuseError
from bot.preview.rates import RateRules
from bot.preview.server import Preview
from bot.preview.updates import KINDS

__all__ = ["routes"]


def routes(preview: Preview) -> list[BaseRoute]:
    """`/preview/faults`, `/preview/settings` and `/preview/updates`."""

    async def add_fault(request: Request) -> Response:
        preview.faults.add(Fault.from_json(await order_of(request)))
        return Response(status_code=204)

    async def clear_faults(_: Request) -> Response:
        preview.faults.clear()
        return Response(status_code=204)

    async def settings(request: Request) -> Response:
        for name, value in (await order_of(request)).items():
            if name == "rates" and isinstance(value, bool):
                preview.rates.rules = RateRules() if value else None
            elif name == "callback_age" and isinstance(value, int | float):
                preview.chats.callback_age = float(value)
            else:
                raise MisuseError(
                    400, f"{name}: {value!r}; settings are rates (true, false) and callback_age (seconds)"
                )
        return Response(status_code=204)

    async def add_update(request: Request) -> Response:
        order = await order_of(request)
        if len(order) != 1 or not order.keys() <= set(KINDS):
            raise MisuseError(400, f"an update has exactly one field, one of {', '.join(KINDS)}")
        [(kind, body)] = order.items()
        with preview.journal:
            update_id = preview.updates.add(kind, body)
        return JSONResponse({"update_id": update_id}, status_code=201)

    return [
        Route("/preview/faults", told(add_fault), methods=["POST"]),
        Route("/preview/faults", told(clear_faults), methods=["DELETE"]),
        Route("/preview/settings", told(settings), methods=["POST"]),
        Route("/preview/updates", told(add_update), methods=["POST"]),
    ]
