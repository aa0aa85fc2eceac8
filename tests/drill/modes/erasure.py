"""Mode 16: erased in the middle of a dialog and of the outbox; a backup that is older, and its restore."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.storage.address import Address
from bot.storage.keys import key_file_of
from bot.storage.tables import metadata
from tests.bot.rig import Person, settings_for
from tests.drill.bench import Bench
from tests.drill.ledger import Judgement, Ledger
from tests.drill.load import talk
from tests.drill.outcome import Checks, Outcome
from tests.drill.programs import ROOT
from tests.drill.scene import Scene, Way, database_of, scene

__all__ = ["drill"]

_NOT_PEOPLE = ("erasures", "marks", "pace")
"""Who was erased is noted as a digest; how fast was sent to a chat tells nothing and runs out."""


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Erasures by themselves and by an operator, then a restore."""
    return [await _erased(bench), await _restored(bench)]


async def visabot(stage: Scene, *arguments: str, **variables: str) -> tuple[int, str]:
    """A command line of the product on the scene's database; gives its code and all its words."""
    names = {name: value for name, value in settings_for(stage.database).items() if value is not None}
    environment: Mapping[str, str] = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"], **names, **variables}
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *arguments,
        cwd=stage.folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    words, _ = await program.communicate()
    stage.bench.logs.text += words
    assert program.returncode is not None
    return program.returncode, words.decode()


def _left(stage: Scene, chat: int) -> dict[str, int]:
    """The rows that name this chat, by table."""
    left = {}
    for table in metadata.sorted_tables:
        if table.name in _NOT_PEOPLE:
            continue
        for column in ("chat_key", "chat_id"):
            if column in table.c:
                value = f"'{chat}'" if column == "chat_key" else str(chat)
                count = stage.figure(f"SELECT count(*) FROM {table.name} WHERE {column} = {value}")
                if count:
                    left[table.name] = count
    return left


async def _erased(bench: Bench) -> Outcome:
    async with scene(bench, Way(2, webhook=True)) as stage:
        gone, stay = await stage.people(bench.few(5, 2)), await stage.people(bench.few(5, 2))
        await stage.town.post("faults", method="sendmessage", times=0, delay=0.4)
        ledger = await talk(stage, [*gone, *stay], bench.few(150, 30), 100)
        checks = Checks()
        left: dict[int, dict[str, int]] = {}
        for person in gone:
            code, words = await visabot(stage, "db", "erase", str(person.id), "--yes")
            checks.that(code == 0, f"`db erase` ended with {code}: {words[-200:]}")
        await stage.settle()
        for person in gone:  # what still waited in the inbox was answered, as somebody new's
            await visabot(stage, "db", "erase", str(person.id), "--yes")
            left[person.id] = _left(stage, person.id)
        on_disk, bytes_told = 0, ""
        if stage.database.file is not None:
            await stage.bots[0].stop()
            content = b"".join(path.read_bytes() for path in stage.database.file.parent.glob("bot.sqlite3*"))
            on_disk = sum(str(person.id).encode() in content for person in gone)
            bytes_told = f", {on_disk} in the bytes of the file"
        for person in gone:
            ledger.said.pop(person.id, None)
        entries = [entry for entry in await stage.sent() if entry["chat_id"] in {person.id for person in stay}]
        found = ledger.judge(entries, {})
        checks.problems += found.problems
        rows = sum(sum(tables.values()) for tables in left.values())
        checks.that(rows == 0, f"rows stay: {[tables for tables in left.values() if tables]}")
        checks.that(on_disk == 0, f"{on_disk} erased chats can be found in the bytes of the file")
        return checks.outcome(
            "16 erasure",
            bench.engine,
            f"{len(gone)} people erased by `visabot db erase` amid their dialogs and outbox (0.4 s a call), "
            f"{len(stay)} others talk",
            "nothing is left of them, the others notice nothing",
            f"{rows} rows{bytes_told}; others: {found.told}",
        )


async def _restored(bench: Bench) -> Outcome:
    """A backup beside the running bot, more talk, an erasure; the database is lost, and comes back from the backup."""
    async with scene(bench, Way(1)) as stage:
        people = await stage.people(bench.few(10, 3))
        ledger = await talk(stage, people, bench.few(100, 12), 40)
        file = stage.folder / "visabot.backup"
        code, words = await visabot(stage, "db", "backup", str(file))
        checks = Checks()
        checks.that(code == 0, f"`db backup` ended with {code}: {words[-200:]}")
        ledger = await talk(stage, people, bench.few(50, 6), 40, ledger)
        await stage.settle()
        erased = people[0]
        await visabot(stage, "db", "erase", str(erased.id), "--yes")
        await stage.bots[0].kill()
        new = stage.folder / "new"
        new.mkdir()
        old = settings_for(stage.database)["DATABASE_URL"]
        with database_of(bench, new) as target:
            again, left, found = await _gone_on(stage, target, checks, people, file, old or "")
        return checks.outcome(
            "16 restore",
            bench.engine,
            f"backup beside the running bot, {bench.few(50, 6)} more updates, an erasure, then lost and restored",
            "nothing is sent again, who was erased stays erased, work goes on",
            f"{again} calls made again, {left} rows of the erased; afterwards {found.told}",
        )


async def _gone_on(
    stage: Scene, target: Address, checks: Checks, people: Sequence[Person], file: Path, old: str
) -> tuple[int, int, Judgement]:
    """Restore into `target` and work there; gives calls made again, rows of the erased, and what came of new words."""
    before = len(await stage.sent())
    lost, stage.database = stage.database, target
    try:
        if target.file is not None and lost.file is not None:
            key_file_of(target.file).write_bytes(key_file_of(lost.file).read_bytes())
        code, words = await visabot(stage, "db", "restore", str(file), "--replace", "--yes", "--old", old)
        checks.that(code == 0, f"`db restore` ended with {code}: {words[-200:]}")
        stage.bots[0].set(**{name: value for name, value in settings_for(target).items() if value is not None})
        await stage.bots[0].start()
        await asyncio.sleep(stage.bench.few(5, 2))  # what it would send of itself
        again = len(await stage.sent()) - before
        left = _left(stage, people[0].id)
        ledger = Ledger()
        for person in people[1:]:
            await person.say(f"after-{person.id}")
            ledger.said[person.id].append(f"after-{person.id}")
        await stage.settle()
        found = ledger.judge([entry for entry in await stage.sent() if "after-" in (entry["text"] or "")], {})
        checks.problems += found.problems
        checks.that(again == 0, f"{again} calls were made again after the restore")
        checks.that(not left, f"of the erased person came back: {left}")
        return again, sum(left.values()), found
    finally:
        await stage.bots[0].kill()
        stage.database = lost
