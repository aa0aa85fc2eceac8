"""HTTP to the Bot API: results, refusals, and whether a request left."""

import socket
from collections.abc import AsyncIterator

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest

from bot.telegram.transport import AiohttpRequest, ApiAnswerError, BotApi, MaybeSentError, NotSentError
from tests.bot.rig import TOKEN, Town


@pytest.fixture
async def transport() -> AsyncIterator[AiohttpRequest]:
    """An open pool."""
    opened = AiohttpRequest()
    await opened.initialize()
    yield opened
    await opened.shutdown()


async def test_a_call_gives_its_result_or_the_refusal(transport: AiohttpRequest, preview: str) -> None:
    api = BotApi(transport, TOKEN, preview)
    assert (await api.call("getMe", {}))["id"] == 4200
    with pytest.raises(ApiAnswerError) as raised:
        await api.call("sendMessage", {"chat_id": 1, "text": "x"})
    assert (raised.value.code, raised.value.description) == (400, "Bad Request: chat not found")
    with pytest.raises(ApiAnswerError) as raised:
        await BotApi(transport, "1:wrong", preview).call("getMe", {})
    assert raised.value.code == 401


async def test_no_listener_means_not_sent(transport: AiohttpRequest) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}", "http://no-such-host.invalid"):
        with pytest.raises(NotSentError) as raised:
            await BotApi(transport, TOKEN, url).call("getMe", {})
        assert TOKEN not in str(raised.value)


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 502, "description": "Bad Gateway"},
        {"drop": True},
        {"drop": True, "when": "after"},
        {"delay": 5.0, "when": "after"},
    ],
)
async def test_an_answer_that_is_lost_means_maybe_sent(
    transport: AiohttpRequest, town: Town, fault: dict[str, object]
) -> None:
    await town.post("faults", method="getme", **fault)
    with pytest.raises(MaybeSentError):
        await BotApi(transport, TOKEN, town.base).call("getMe", {}, read_timeout=0.2)


async def test_python_telegram_bot_works_on_it_uploads_included(transport: AiohttpRequest, town: Town) -> None:
    person = await town.person()
    await person.say("hello")
    async with Bot(TOKEN, f"{town.base}/bot", request=transport, get_updates_request=transport) as bot:
        sent = await bot.send_document(person.id, InputFile(b"a,b\n1,2\n", filename="тізім.csv"), caption="list")
        assert sent.document is not None
        assert (sent.document.file_name, sent.document.file_size) == ("тізім.csv", 8)
        with pytest.raises(BadRequest):
            await bot.send_message(person.id, "<b>", parse_mode="HTML")


async def test_a_pool_must_be_opened_first() -> None:
    with pytest.raises(RuntimeError, match="initialize"):
        await AiohttpRequest().request("http://127.0.0.1:9", None)
