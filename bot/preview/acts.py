"""What people do, over HTTP: be created, write, edit, press, block, leave, ask inline."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.preview.journal import Message
from bot.preview.misuse import MisuseError
from bot.preview.orders import chat_id_of, integer, order_of, told
from bot.preview.server import Preview

__all__ = ["routes"]


def routes(preview: Preview) -> list[BaseRoute]:
    """The routes under `/preview` that change a chat from a person's side."""
    people, groups = preview.people, preview.groups

    async def create_user(request: Request) -> Response:
        order = await order_of(request)
        language = order.get("language_code")
        with preview.journal:
            chat = people.create_user(str(order.get("first_name", "")), str(language) if language else None)
        return JSONResponse({"id": chat.id, "user": chat.user}, status_code=201)

    async def create_group(request: Request) -> Response:
        order = await order_of(request)
        with preview.journal:
            chat = groups.create(
                str(order.get("title", "Group")),
                integer(order, "from"),
                str(order.get("type", "supergroup")),
                forum=order.get("is_forum") is True,
            )
        return JSONResponse({"id": chat.id}, status_code=201)

    async def say(request: Request) -> Response:
        order = await order_of(request)
        client_id = str(order["client_id"]) if order.get("client_id") else None
        with preview.journal:
            sent = people.say(chat_id_of(request), order, user_id=_sender(order), client_id=client_id)
        return JSONResponse({"messages": [_sent(message) for message in sent]}, status_code=201)

    async def edit(request: Request) -> Response:
        order = await order_of(request)
        with preview.journal:
            edited = people.edit(chat_id_of(request), request.path_params["message_id"], str(order.get("text", "")))
        return JSONResponse(_sent(edited))

    async def press(request: Request) -> Response:
        order = await order_of(request)
        with preview.journal:
            query_id = people.press(
                chat_id_of(request),
                integer(order, "message_id"),
                str(order.get("data", "")),
                user_id=_sender(order),
                stale=order.get("stale") is True,
            )
        return JSONResponse({"callback_query_id": query_id}, status_code=201)

    async def block(request: Request) -> Response:
        blocked = _switch(await order_of(request), "blocked")
        with preview.journal:
            people.block(chat_id_of(request), blocked)
        return Response(status_code=204)

    async def deactivate(request: Request) -> Response:
        deactivated = _switch(await order_of(request), "deactivated")
        with preview.journal:
            people.deactivate(chat_id_of(request), deactivated)
        return Response(status_code=204)

    async def upgrade(request: Request) -> Response:
        order = await order_of(request)
        with preview.journal:
            chat = groups.upgrade(chat_id_of(request), integer(order, "from"))
        return JSONResponse({"id": chat.id}, status_code=201)

    async def ask_inline(request: Request) -> Response:
        order = await order_of(request)
        text, offset = str(order.get("query", "")), str(order.get("offset", ""))
        with preview.journal:
            query_id = people.ask_inline(integer(order, "from"), text, offset)
        return JSONResponse({"inline_query_id": query_id}, status_code=201)

    async def choose(request: Request) -> Response:
        order = await order_of(request)
        query_id, result_id = str(order.get("query_id", "")), str(order.get("result_id", ""))
        with preview.journal:
            sent = people.choose(chat_id_of(request), query_id, result_id, user_id=_sender(order))
        return JSONResponse(_sent(sent), status_code=201)

    return [
        Route("/preview/users", told(create_user), methods=["POST"]),
        Route("/preview/groups", told(create_group), methods=["POST"]),
        Route("/preview/chats/{chat_id}/messages", told(say), methods=["POST"]),
        Route("/preview/chats/{chat_id}/messages/{message_id:int}", told(edit), methods=["PATCH"]),
        Route("/preview/chats/{chat_id}/callbacks", told(press), methods=["POST"]),
        Route("/preview/chats/{chat_id}/block", told(block), methods=["POST"]),
        Route("/preview/chats/{chat_id}/deactivate", told(deactivate), methods=["POST"]),
        Route("/preview/chats/{chat_id}/upgrade", told(upgrade), methods=["POST"]),
        Route("/preview/chats/{chat_id}/chosen", told(choose), methods=["POST"]),
        Route("/preview/inline", told(ask_inline), methods=["POST"]),
    ]


def _sender(order: dict[str, Any]) -> int | None:
    return integer(order, "from") if "from" in order else None


def _switch(order: dict[str, Any], name: str) -> bool:
    value = order.get(name)
    if not isinstance(value, bool):
        raise MisuseError(400, f"{name}: {value!r} is neither true nor false")
    return value


def _sent(message: Message) -> dict[str, Any]:
    return {"seq": message.seq, "message_id": message.id, "message": message.body}
