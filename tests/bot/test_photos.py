"""A photo of a passport: read on this machine where passport data are asked for, over the real Bot API, never kept."""

import base64
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.loading import load_world
from bot.storage.address import Address
from bot.storage.sessions import Kept, Sessions
from dialogs.engine import turn
from dialogs.session import Session, View
from dialogs.world import World
from knowledge.language import Language
from tests.bot.rig import TOKEN, Person, Town, at_work, open_store, table

pytestmark = pytest.mark.sqlite

BOT = int(TOKEN.partition(":")[0])
ZONE = "P<INDSPECIMEN<<ASHA<MIRA<<<<<<<<<<<<<<<<<<<<\nZ1234567<1IND9002144F3209309<<<<<<<<<<<<<<08\n"
PICTURE = b"a picture of a specimen"
GUEST = Session(language=Language.EN, run=1, flow="guest_part", version=1, view=View.FLOW, link="token")
ASKED = replace(GUEST, answers=(("may_we_pass_your_data_on", "i_agree"),))
DECLINED = replace(GUEST, answers=(("may_we_pass_your_data_on", "i_do_not_agree"),))


@pytest.fixture(scope="module")
def product() -> World:
    """The real facts, words and flows."""
    return load_world(date(2026, 11, 22))


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that answers as tesseract does: `seen` is what it sees, `given` what it was given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "tesseract"
    program.write_text(f"#!/bin/sh\ncat > {folder}/given\ncat {folder}/seen\n", "utf-8")
    program.chmod(0o700)
    (folder / "seen").write_text(ZONE, "utf-8")
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    return folder


async def standing(town: Town, database: Address, session: Session) -> Person:
    """Somebody whose conversation stands at a place."""
    person = await town.person()
    store = await open_store(database)
    sessions = Sessions(BOT, store.vault)
    await store.write(lambda c: sessions.put(c, str(person.id), session.to_json(), Kept(), 1.0))
    await store.close()
    return person


async def photographed(person: Person, picture: bytes = PICTURE) -> str:
    """What is said to a photo."""
    await person.send("photo", picture=base64.b64encode(picture).decode())
    return (await person.hear(1))[0]


def text(product: World, key: str) -> str:
    return product.texts.get(Language.EN, key)


async def test_the_lines_of_a_passport_are_offered_and_the_photo_is_nowhere(
    town: Town, database: Address, file: Path, product: World, reader: Path
) -> None:
    person = await standing(town, database, ASKED)
    async with at_work(town.base, database, product, turn):
        said = await photographed(person)
    assert text(product, "zone.is_it_right") in said
    assert "SPECIMEN" in said
    assert (reader / "given").read_bytes() == PICTURE
    on_disk = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert PICTURE not in on_disk
    assert b"SPECIMEN" not in on_disk


async def test_what_cannot_be_read_is_told_with_what_to_do(
    town: Town, database: Address, product: World, reader: Path
) -> None:
    (reader / "seen").write_text("a cat\n", "utf-8")
    person = await standing(town, database, ASKED)
    before = table(database, "SELECT data FROM sessions")
    async with at_work(town.base, database, product, turn):
        assert await photographed(person) == text(product, "zone.photo_unread")
    assert table(database, "SELECT data FROM sessions") == before
    assert table(database, "SELECT state, raw FROM inbox") == [("done", "{}")]


async def test_a_photo_that_is_gone_or_too_large_is_not_read(
    town: Town, database: Address, product: World, reader: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await standing(town, database, ASKED)
    async with at_work(town.base, database, product, turn):
        await town.post("faults", method="getfile", status=400, description="Bad Request: file is too big")
        assert await photographed(person) == text(product, "zone.photo_unread")
        monkeypatch.setattr("bot.telegram.photos.LARGEST_PICTURE", len(PICTURE) - 1)
        await person.send("photo", picture=base64.b64encode(PICTURE).decode())
        assert (await person.hear(2))[1] == text(product, "zone.photo_unread")
    assert not (reader / "given").exists()


@pytest.mark.parametrize(
    "session",
    [
        Session(language=Language.EN),
        GUEST,
        DECLINED,
        replace(ASKED, view=View.MENU),
        replace(ASKED, talking=True),
    ],
    ids=["menu", "other question", "outcome", "other view", "with staff"],
)
async def test_elsewhere_nobody_looks_at_photos(
    town: Town, database: Address, product: World, reader: Path, session: Session
) -> None:
    person = await standing(town, database, session)
    async with at_work(town.base, database, product, turn):
        said = await photographed(person)
    key = "talk_to_staff.only_text" if session.talking else "oddity.photo"
    assert text(product, key) in said
    assert not (reader / "given").exists()


async def test_without_the_program_nobody_looks_at_photos(
    town: Town, database: Address, product: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    person = await standing(town, database, ASKED)
    async with at_work(town.base, database, product, turn):
        assert text(product, "oddity.photo") in await photographed(person)
