"""After an invitation, a guest's part and a talk with staff: personal data stands in no file, log or staff message."""

import io
import logging
from pathlib import Path

import pytest

from bot.logs import LogFormat, set_up_logging
from bot.storage.address import Address
from bot.storage.keys import key_file_of, read_key_file
from dialogs.world import World
from tests.bot.rig import TOKEN, Town, at_work, table, until
from tests.bot.specimen import NUMBER, SURNAME
from tests.bot.stand_ins import TOKEN_FOR_GUESTS, effect_turn

pytestmark = pytest.mark.sqlite

SECRETS = (NUMBER, SURNAME, "ANNA MARIA", "990101000011", "+77010000000", TOKEN_FOR_GUESTS)


@pytest.mark.parametrize("form", list(LogFormat))
async def test_personal_data_stays_sealed_from_the_first_row_to_the_last(
    town: Town, database: Address, file: Path, stage: World, form: LogFormat
) -> None:
    root = logging.getLogger()
    handlers, level, stream = root.handlers[:], root.level, io.StringIO()
    set_up_logging("DEBUG", (TOKEN,), stream, form)
    on_disk = b""
    clerk = await town.person("ru")
    staff = town.chat((await town.post("groups", title="Staff", **{"from": clerk.id}))["id"])
    try:
        async with at_work(town.base, database, stage, effect_turn, staff_chat=staff.id):
            inviter, guest = await town.person(), await town.person()
            for number, word in enumerate((f"passport {NUMBER}", f"surname {SURNAME}", "submit", "invite"), 1):
                await inviter.say(word)
                await inviter.hear(number)
                on_disk += files(file)
            await guest.say(f"/start guest_{TOKEN_FOR_GUESTS}")
            await guest.say("deliver")
            await inviter.hear(5)
            on_disk += files(file)
            await inviter.say("look")
            assert SURNAME in (await inviter.hear(6))[5]
            await inviter.say("human")
            await inviter.say(f"it is {NUMBER}, call +77010000000")
            await staff.hear(3)
            on_disk += files(file)
            await town.post("faults", method="sendmessage", status=400, description="Bad Request: a fault")
            await guest.say(f"fail {NUMBER}")
            await until(lambda: ("failed",) in table(database, "SELECT DISTINCT state FROM outbox"))
            on_disk += files(file)
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
    on_disk += files(file)
    seen = "\n".join(staff.heard)
    for secret in SECRETS:
        assert secret.encode() not in on_disk, secret
        assert secret not in stream.getvalue(), secret
        assert secret not in seen, secret
    assert "•••" in seen
    assert "failed: 400" in stream.getvalue()  # the log was on all the time
    assert TOKEN not in stream.getvalue()
    (key,) = read_key_file(key_file_of(file))
    assert key not in stream.getvalue()
    assert key.encode() not in on_disk


def files(file: Path) -> bytes:
    """The database with its log."""
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
