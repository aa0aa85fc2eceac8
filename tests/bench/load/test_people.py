"""The people of the bench notice every kind of wrong answer, and nothing where all is right."""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import aiohttp
import pytest

from tests.bench.load.people import Crowd, Visitor
from tests.bench.load.script import Script, tapped

Calls = list[tuple[str, dict[str, Any]]]

_FAULTS: dict[str, Callable[[Calls], Calls]] = {
    "a message twice": lambda calls: [*calls, calls[-1]],
    "a message lost": lambda calls: calls[:-1],
    "the next question first": lambda calls: [calls[0], calls[2], calls[1]],
    "a tap without an answer": lambda calls: calls[1:],
    "a tap answered twice": lambda calls: [calls[0], *calls],
    "other words": lambda calls: [*calls[:2], (calls[2][0], {**calls[2][1], "text": "another question"})],
    "a button short": lambda calls: [*calls[:2], (calls[2][0], {**calls[2][1], "reply_markup": None})],
    "another message changed": lambda calls: [calls[0], (calls[1][0], {**calls[1][1], "message_id": 1}), calls[2]],
    "another chat": lambda calls: [*calls[:2], (calls[2][0], {**calls[2][1], "chat_id": 5})],
}


@pytest.fixture(scope="module")
def script() -> Script:
    return tapped(date(2026, 11, 28))


@pytest.mark.parametrize("fault", _FAULTS)
async def test_a_wrong_answer_is_noticed(script: Script, fault: str) -> None:
    assert await _problems(script, _FAULTS[fault])


async def test_right_answers_are_right(script: Script) -> None:
    assert await _problems(script, lambda calls: calls) == []


async def _problems(script: Script, fault: Callable[[Calls], Calls]) -> list[str]:
    """What one dialog finds with a bot that answers the third question with a fault."""
    crowd = Crowd(script, distance=0.0)
    await crowd.api.start()
    bot = asyncio.create_task(_bot(crowd.api.url, script, fault))
    person = crowd.arrive()

    def go_on(visitor: Visitor) -> None:
        if visitor is person and visitor.step + 1 < len(script.steps):
            crowd.go_on(visitor)

    crowd.when_free = go_on
    go_on(person)
    await crowd.settle(patience=0.3)
    await crowd.drain(patience=0.0)
    bot.cancel()
    await asyncio.gather(bot, return_exceptions=True)
    crowd.api.stop()
    return crowd.problems()


async def _bot(url: str, script: Script, fault: Callable[[Calls], Calls]) -> None:
    offset = 0
    async with aiohttp.ClientSession() as http:

        async def call(method: str, **parameters: Any) -> Any:
            async with http.post(f"{url}/bot1:bench/{method}", json=parameters) as answer:
                return (await answer.json()).get("result")

        while True:
            for update in await call("getUpdates", offset=offset, timeout=10):
                offset = update["update_id"] + 1
                number, calls = _answer(script, update)
                for method, parameters in fault(calls) if number == 3 else calls:
                    await call(method, **parameters)


def _answer(script: Script, update: dict[str, Any]) -> tuple[int, Calls]:
    """The number of the step and the calls that answer it."""
    query = update.get("callback_query")
    shown = query["message"] if query else update["message"]
    number = 1 + [step.told[-1].text for step in script.steps].index(shown["text"]) if query else 0
    calls: Calls = [("answerCallbackQuery", {"callback_query_id": query["id"]})] if query else []
    for told in script.steps[number].told:
        rows = [[{"text": label, "callback_data": "x"} for label in row] for row in told.labels]
        more = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        change = {"message_id": shown["message_id"]} if told.method == "editMessageText" else {}
        calls.append((told.method, {"chat_id": shown["chat"]["id"], "text": told.text, **more, **change}))
    return number, calls
