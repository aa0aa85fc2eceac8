"""Programs that are started, killed, stopped in their tracks and started again."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

__all__ = ["ROOT", "Logs", "Program", "free_port"]

ROOT = Path(__file__).parents[2]
_START_SECONDS = 90.0
_END_SECONDS = 60.0


class Logs:
    """All that the programs of a drill have written, to be searched at its end."""

    def __init__(self) -> None:
        self.text = bytearray()

    def lines_with(self, word: str) -> list[str]:
        """The lines that hold a word."""
        return [line for line in self.text.decode(errors="replace").splitlines() if word in line]


class Program:
    """`python -m …`, with the same arguments and variables at each start. What it writes goes to `logs`."""

    def __init__(self, logs: Logs, folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._folder = folder
        self._arguments = arguments
        inherited = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        self._environment = {**inherited, "PYTHONPATH": str(ROOT), **environment}
        self._process: asyncio.subprocess.Process | None = None
        self._reading: list[asyncio.Task[None]] = []
        self._ready = asyncio.Event()

    @property
    def pid(self) -> int:
        """The process that runs now."""
        assert self._process is not None
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.returncode is None

    @property
    def code(self) -> int | None:
        """How it ended; None while it runs."""
        return None if self._process is None else self._process.returncode

    def set(self, **variables: str) -> None:
        """Change variables for the next start."""
        self._environment |= variables

    async def start(self, *, wait: bool = True) -> None:
        """Start it; with `wait` return when it has said that it is ready. Raises RuntimeError when it ends instead."""
        self._ready = asyncio.Event()
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            *self._arguments,
            cwd=self._folder,
            env=self._environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        process = self._process
        assert process.stdout is not None
        assert process.stderr is not None
        self._reading = [
            asyncio.create_task(self._read(process.stdout, lambda _: self._ready.set())),
            asyncio.create_task(self._read(process.stderr, lambda _: None)),
        ]
        if wait:
            await self.ready()

    async def ready(self) -> None:
        """Wait until it has said so."""
        assert self._process is not None
        waits = [asyncio.ensure_future(self._ready.wait()), asyncio.ensure_future(self._process.wait())]
        done, _ = await asyncio.wait(waits, timeout=_START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        if not self._ready.is_set():
            what = f"ended with {self.code}" if done else f"said nothing for {_START_SECONDS:.0f} s"
            tail = self._logs.text[-800:].decode(errors="replace")
            raise RuntimeError(f"{' '.join(self._arguments)}: {what}: {tail}")

    async def kill(self) -> None:
        """End it without a chance to do anything more."""
        self.signal(signal.SIGKILL)
        self.signal(signal.SIGCONT)
        await self.wait()

    async def stop(self) -> int:
        """Ask it to end; gives its code."""
        self.signal(signal.SIGTERM)
        return await self.wait()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal, if it still runs."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)

    async def wait(self) -> int:
        """Wait for its end."""
        assert self._process is not None
        async with asyncio.timeout(_END_SECONDS):
            code = await self._process.wait()
            await asyncio.gather(*self._reading)
        return code

    async def _read(self, stream: asyncio.StreamReader, tell: Callable[[bytes], None]) -> None:
        while part := await stream.read(65536):
            self._logs.text += part
            tell(part)


def free_port() -> int:
    """A port that nobody uses now: a program that is started again must be found where it was."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port
