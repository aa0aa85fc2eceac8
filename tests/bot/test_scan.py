"""Reading a picture of a passport: with a program that answers as tesseract does, and with the real one."""

import os
import shutil
import stat
import subprocess
from datetime import date
from pathlib import Path

import pytest

from bot.scan import LARGEST_PICTURE, lines_of
from dialogs.forms.zone import Zone, read_zone
from tests.browser import LAUNCH_ARGS, find_chromium

TODAY = date(2026, 11, 22)
FIRST = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """A program of this name comes first on the path."""
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


async def test_the_two_lines_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    misread = FIRST.replace("<<<<<<<<<<", "<<<KL<<<C<")
    seen = tmp_path / "seen"
    seen.write_text(f"PASSPORT\nERIKSSON\n\n{misread[:30]} {misread[30:]}\n{SECOND}\n", "utf-8")
    install(tmp_path, monkeypatch, f"cat > {tmp_path}/picture; cat {seen}")
    lines = await lines_of(b"a picture")
    assert lines == f"{FIRST}\n{SECOND}"
    assert (tmp_path / "picture").read_bytes() == b"a picture"
    assert isinstance(read_zone(lines, TODAY), Zone)


async def test_no_secret_reaches_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:of-the-bot")
    install(tmp_path, monkeypatch, f"env > {tmp_path}/env; cat > /dev/null")
    await lines_of(b"a picture")
    assert "1:of-the-bot" not in (tmp_path / "env").read_text("utf-8")


@pytest.mark.parametrize(
    "script",
    ["cat > /dev/null", "exit 1", f"cat > /dev/null; echo '{FIRST}'", f"echo '{FIRST}'; echo '{SECOND}'; exit 1",
     f"cat > /dev/null; echo '{SECOND}'; echo '{SECOND}'"],
)  # fmt: skip
async def test_nothing_like_a_zone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    install(tmp_path, monkeypatch, script)
    assert await lines_of(b"a picture" * 100_000) is None


async def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, f"echo $$ > {tmp_path}/pid; exec sleep 600")
    assert await lines_of(b"a picture", seconds=0.5) is None
    pid = (tmp_path / "pid").read_text("utf-8").strip()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid), 0)


async def test_without_the_program_and_without_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, monkeypatch, f"touch {tmp_path}/ran; cat > /dev/null")
    assert await lines_of(b"") is None
    assert await lines_of(b"x" * (LARGEST_PICTURE + 1)) is None
    assert not (tmp_path / "ran").exists()
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert await lines_of(b"a picture") is None


@pytest.mark.browser
async def test_a_specimen_is_read(tmp_path: Path) -> None:
    """A drawn specimen, read by the real program where it is installed."""
    chromium = find_chromium()
    if shutil.which("tesseract") is None or chromium is None:
        pytest.skip("needs tesseract and Chromium")
    lines = f"{FIRST}\n{SECOND}".replace("<", "&lt;")
    page = tmp_path / "passport.html"
    page.write_text(
        "<body style='margin:0;background:#eee'><div style='padding:40px;font:30px sans-serif'>PASSPORT ERIKSSON</div>"
        f"<pre style='margin:400px 0 0 30px;font:44px monospace'>{lines}</pre>",
        "utf-8",
    )
    picture = tmp_path / "passport.png"
    command = [chromium, *LAUNCH_ARGS, "--window-size=1280,850", f"--screenshot={picture}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=60)  # noqa: ASYNC221
    zone = read_zone(await lines_of(picture.read_bytes()) or "", TODAY)
    assert isinstance(zone, Zone)
    assert (zone.surname, zone.first_names, zone.passport_number) == ("ERIKSSON", "ANNA MARIA", "L898902C3")
