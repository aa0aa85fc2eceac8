"""Reading the machine-readable zone in a picture of a passport, on this machine, with tesseract where it is installed.

Nothing is written to a file and nothing leaves the machine: the picture goes in on standard input.
"""

import asyncio
import contextlib
import os
import re
import shutil
from itertools import pairwise

__all__ = ["LARGEST_PICTURE", "PROGRAM", "lines_of"]

LARGEST_PICTURE = 10 * 1024 * 1024
"""Bytes; photos that Telegram sends are far smaller."""

PROGRAM = "tesseract"
"""What reads pictures, where it is installed."""
_SECONDS = 20.0
# One block of text on a page, and only the characters of a zone.
_ARGUMENTS = ("stdin", "stdout", "--psm", "6", "-c", "tessedit_char_whitelist=ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<")
_SHORTEST = 30
_LONGEST = 60
# A row of fillers is often read as letters of their shape, which no name has behind three fillers.
_MISREAD = re.compile(r"(?<=<<<)[KLCSEX<]+")


async def lines_of(picture: bytes, seconds: float = _SECONDS) -> str | None:
    """The two likely lines of the zone; None where nothing reads pictures, or nothing like a zone is seen."""
    program = shutil.which(PROGRAM)
    if program is None or not picture or len(picture) > LARGEST_PICTURE:
        return None
    process = await asyncio.create_subprocess_exec(
        program,
        *_ARGUMENTS,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=_environment(),
    )
    try:
        seen, _ = await asyncio.wait_for(process.communicate(picture), seconds)
    except TimeoutError:
        return None
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return _zone_in(seen.decode("utf-8", "replace")) if process.returncode == 0 else None


def _environment() -> dict[str, str]:
    """Only what the program needs: no token of ours, and one thread, so that a picture does not slow the chats."""
    kept = {name: os.environ[name] for name in ("PATH", "TESSDATA_PREFIX") if name in os.environ}
    return {**kept, "OMP_THREAD_LIMIT": "1"}


def _zone_in(seen: str) -> str | None:
    """The last two lines that are long enough, of which the first one begins as a passport's does."""
    lines = ["".join(line.split()).upper() for line in seen.splitlines()]
    long = [line for line in lines if _SHORTEST <= len(line) <= _LONGEST]
    for first, second in reversed(list(pairwise(long))):
        if first.startswith("P") and "<<" in first:
            return f"{_MISREAD.sub(lambda run: '<' * len(run[0]), first)}\n{second}"
    return None
