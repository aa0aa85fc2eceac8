"""What is on disk stays: the same file under a new app, and under a process that was killed."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from bot.errors import StartError
from bot.preview import create_preview
from tests.bot.preview.stage import NOON, TOKEN, Stage
from tests.preview_server import serve

YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]}


def test_a_new_state_is_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "preview.db"
    with serve(create_preview(token=TOKEN, state=path)):
        modes = {found.name: stat.S_IMODE(found.stat().st_mode) for found in path.parent.iterdir()}
    assert modes == dict.fromkeys(("preview.db", "preview.db-wal", "preview.db-shm"), 0o600)
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_state_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Sir or Madam,\n" * 200)
    for path, reason in ((letter, "file is not a database"), (tmp_path, "is a directory")):
        with pytest.raises(StartError, match=reason) as raised:
            create_preview(token=TOKEN, state=path)
        assert str(raised.value).startswith(f"the preview's chats: {path}: ")


def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    path = tmp_path / "new" / "preview.db"
    app = create_preview(token=TOKEN, state=path, clock=lambda: NOON)
    with serve(app) as base, httpx.Client(base_url=base) as http:
        stage = Stage(http, app.state.preview, [NOON])
        chat = stage.person("one")
        sent = stage.result("sendMessage", chat_id=chat, text="two", reply_markup=YES)
        stage.result("setMyDescription", description="Visa")
        stage.result("getUpdates", allowed_updates=["message", "callback_query"])
        stage.post(f"chats/{chat}/messages", text="three", client_id="c")
        query = stage.post(f"chats/{chat}/callbacks", message_id=sent["message_id"], data="yes")
        stage.result("sendChatAction", chat_id=chat, action="typing")
        before, waiting = stage.seen(chat), stage.result("getUpdates")
    app = create_preview(token=TOKEN, state=path, clock=lambda: NOON)
    with serve(app) as base, httpx.Client(base_url=base) as http:
        stage = Stage(http, app.state.preview, [NOON])
        after = stage.seen(chat)
        assert after["messages"] == before["messages"]
        assert [change["message"]["text"] for change in after["messages"]] == ["one", "two", "three"]
        assert stage.result("getUpdates") == waiting
        assert len(waiting) == 2
        assert stage.result("getMyDescription") == {"description": "Visa"}
        stage.result("answerCallbackQuery", callback_query_id=query["callback_query_id"])
        known = stage.post(f"chats/{chat}/messages", text="three", client_id="c")["messages"]
        assert known[0]["message_id"] == after["messages"][-1]["message"]["message_id"]
        [new] = stage.post(f"chats/{chat}/messages", text="four")["messages"]
        assert new["message_id"] == known[0]["message_id"] + 1
        assert new["seq"] > before["seq"]
        assert stage.result("getUpdates")[-1]["update_id"] == waiting[-1]["update_id"] + 1
        stage.post(f"chats/{chat}/block", blocked=True)
        assert len(stage.result("getUpdates")) == 3


def start(path: Path) -> tuple[subprocess.Popen[str], str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot.preview", "--port", "0", "--state", str(path), "--token", TOKEN, "--no-rates"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("preview: listening on http://127.0.0.1:")
    return process, line.split()[-1]


def test_a_killed_process_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "preview.db"
    process, base = start(path)
    with httpx.Client(base_url=base) as http:
        chat = http.post("/preview/users", json={"first_name": "Daniyar"}).json()["id"]
        for number in range(50):
            http.post(f"/preview/chats/{chat}/messages", json={"text": str(number)})
        os.kill(process.pid, signal.SIGKILL)
    with process:
        process.wait(10)
    process, base = start(path)
    with httpx.Client(base_url=base) as http:
        updates = http.get(f"/bot{TOKEN}/getUpdates").json()["result"]
        assert [update["message"]["text"] for update in updates] == [str(number) for number in range(50)]
        assert len(http.get(f"/preview/chats/{chat}/messages").json()["messages"]) == 50
        process.terminate()
    with process:
        assert process.wait(10) == -signal.SIGTERM
