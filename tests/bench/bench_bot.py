"""How many updates a second the bot takes: `python -m tests.bench.bench_bot [updates] [chats]`.

A minimal Bot API in a process of its own hands out all updates as fast as they are asked for and counts the answers.
The bot runs in this process with its real tables (SQLite, every commit flushed to disk) and the real engine; rate
rules are off. Prints one JSON object.
"""

import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from aiohttp import ClientSession, web

from bot.loading import load_world
from bot.logs import set_up_logging
from bot.service import Account, Service, Tuning
from bot.storage.store import Store
from dialogs.engine import turn

TOKEN = "1:bench"
WORDS = ("/start visa_IN_en", "ordinary", "tourism", "once", "10", "later", "by plane", "Germany", "/evisa", "India")


async def serve(updates: int, chats: int) -> None:
    """The Bot API: `getUpdates`, and everything else answers with a message."""
    sent = 0
    done = asyncio.Event()

    async def call(request: web.Request) -> web.Response:
        nonlocal sent
        method = request.match_info["method"]
        payload = await request.json() if request.can_read_body and request.content_type == "application/json" else {}
        result: object = True
        if method == "getMe":
            result = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
        elif method == "getUpdates":
            first = max(1, payload["offset"])
            result = [update(number, chats) for number in range(first, min(first + 100, updates + 1))]
            if not result:
                await asyncio.sleep(1)
        elif method == "sendMessage":
            sent += 1
            result = {"message_id": sent, "date": 1, "chat": {"id": payload["chat_id"], "type": "private"}}
            if sent >= updates:
                done.set()
        elif method.startswith("getMy"):
            result = [] if method == "getMyCommands" else {}
        return web.json_response({"ok": True, "result": result})

    async def wait(_: web.Request) -> web.Response:
        await done.wait()
        return web.json_response({"sent": sent})

    app = web.Application()
    app.add_routes([web.post("/bot{token}/{method}", call), web.get("/done", wait)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.Event().wait()


def update(number: int, chats: int) -> dict[str, object]:
    """The update `number`: each chat goes through the same words."""
    chat = 1 + (number - 1) % chats
    person = {"id": chat, "is_bot": False, "first_name": "Bench"}
    text = WORDS[(number - 1) // chats % len(WORDS)]
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": number, "message": message}


async def measure(port: int, updates: int, chats: int, folder: Path) -> dict[str, float]:
    """Run the bot until every update is answered."""
    url = f"http://127.0.0.1:{port}"
    store = await Store.open(folder / "bench.sqlite3")
    service = Service(Account(TOKEN, url), store, load_world(date(2026, 11, 22)), turn, tuning=Tuning(rates=None))
    begin, cpu = time.perf_counter(), time.process_time()
    running = asyncio.create_task(service.run())
    async with ClientSession() as http, http.get(f"{url}/done", timeout=None) as answer:
        await answer.read()
    seconds, used = time.perf_counter() - begin, time.process_time() - cpu
    service.stop()
    await running
    await store.close()
    return {
        "updates": updates,
        "chats": chats,
        "seconds": round(seconds, 2),
        "updates_per_second": round(updates / seconds, 1),
        "cpu_ms_per_update": round(1000 * used / updates, 2),
        "peak_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def main() -> None:
    """Start the Bot API, measure, print."""
    arguments = sys.argv[1:]
    if arguments[:1] == ["serve"]:
        asyncio.run(serve(int(arguments[1]), int(arguments[2])))
        return
    updates, chats = (int(value) for value in (*arguments, *("2000", "100")[len(arguments) :]))
    set_up_logging("WARNING")
    command = [sys.executable, "-m", "tests.bench.bench_bot", "serve", str(updates), str(chats)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as api, tempfile.TemporaryDirectory() as folder:
        assert api.stdout is not None
        try:
            print(json.dumps(asyncio.run(measure(int(api.stdout.readline()), updates, chats, Path(folder)))))
        finally:
            api.kill()


if __name__ == "__main__":
    main()
