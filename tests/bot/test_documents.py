"""A file on its way: from what is said, through the outbox, as an upload, into the chat, and to the person's disk."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from bot.storage.address import Address
from bot.storage.calls import Call
from bot.storage.connection import Connection
from bot.storage.outbox import Outbox
from bot.telegram.render import Pressed, Target, render
from bot.telegram.uploads import as_upload, upload_form
from dialogs.events import Event
from dialogs.plain import to_plain
from dialogs.says import Attachment, Bold, Button, Heading, Paragraph, PressButton, Say
from dialogs.session import Session
from dialogs.world import World
from tests.bot.rig import NOW, Counted, Person, Town, at_work, open_store, table
from tests.bot.test_process import bot as bot_process
from tests.bot.test_process import town as process_town  # noqa: F401 - a fixture of its own name

pytestmark = pytest.mark.sqlite

BOT = 4200
FILE = Attachment("days.ics", "text/calendar", "BEGIN:VCALENDAR\r\nX:ә\r\n".encode() + b"\x00\xff\r\n--")
SAY = Say((Paragraph(("Keep ", Bold("this"), " & that")),), ((Button("Go", PressButton("go")),),), attachment=FILE)
TAPPED = Target(7, "https://t.me/b", Pressed("q1", 33))
KEYBOARD = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}


def file_turn(session: Session, event: Event, world: World) -> Counted:
    """Whatever a person does, they get the file."""
    return Counted(session, (SAY,))


async def document_of(person: Person) -> tuple[dict[str, Any], bytes]:
    """The newest message of the bot, which holds a file, and the content of the file."""
    message = person.last_heard()
    url = f"{person.town.base}/preview/files/{message['document']['file_id']}"
    async with person.town.http.get(url) as answer:
        assert answer.headers["content-disposition"] == "attachment"
        return message, await answer.read()


async def documents(person: Person, count: int) -> None:
    await person.until(lambda seen: sum("document" in change["message"] for change in seen.messages.values()) >= count)


def test_a_file_is_a_call_of_its_own_with_the_words_below_it() -> None:
    answer, document = render((SAY,), TAPPED)
    assert answer.method == "answerCallbackQuery"
    assert document == Call(
        "sendDocument",
        7,
        "7",
        {
            "document": as_upload(FILE),
            "caption": "Keep <b>this</b> &amp; that",
            "parse_mode": "HTML",
            "reply_markup": KEYBOARD,
        },
    )


@pytest.mark.parametrize(("length", "calls"), [(1024, ["sendDocument"]), (1025, ["sendMessage", "sendDocument"])])
def test_words_that_are_too_long_for_a_caption_go_before_the_file(length: int, calls: list[str]) -> None:
    say = Say((Paragraph(("x" * length,)),), SAY.buttons, attachment=FILE)
    made = render((say,), Target(7, "https://t.me/b"))
    assert [call.method for call in made] == calls
    assert ["reply_markup" in call.payload for call in made] == [False] * (len(calls) - 1) + [True]
    assert ("caption" in made[-1].payload) is (len(calls) == 1)


def test_a_file_without_words_has_no_caption() -> None:
    (document,) = render((Say((), attachment=FILE),), Target(7, "https://t.me/b"))
    assert document.payload == {"document": as_upload(FILE)}


def test_plain_text_names_the_file() -> None:
    assert to_plain(Say((Heading("Days"),), attachment=FILE)) == "Days\n\n[days.ics]"


def test_a_call_without_files_is_no_form() -> None:
    assert upload_form({"text": "hi", "reply_markup": KEYBOARD}) is None


async def test_the_file_arrives_whole_and_is_not_kept(town: Town, database: Address, stage: World) -> None:
    person = await town.person()
    async with at_work(town.base, database, stage, turn=file_turn):
        await person.say("please")
        await documents(person, 1)
        message, content = await document_of(person)
    assert content == FILE.content
    assert (message["document"]["file_name"], message["document"]["mime_type"]) == (FILE.name, FILE.mime)
    assert message["caption"] == "Keep this & that"
    assert message["caption_entities"] == [{"type": "bold", "offset": 5, "length": 4}]
    assert message["reply_markup"] == KEYBOARD
    assert table(database, "SELECT method, state, payload FROM outbox") == [("sendDocument", "sent", "{}")]


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        ({"status": 502, "description": "Bad Gateway"}, 1),
        ({"drop": True, "when": "after"}, 2),
        ({"status": 429, "description": "Too Many Requests", "retry_after": 1}, 1),
    ],
)
async def test_a_file_that_may_not_have_arrived_is_sent_again_whole(
    town: Town, database: Address, stage: World, fault: dict[str, Any], copies: int
) -> None:
    person = await town.person()
    await town.post("faults", method="senddocument", **fault)
    async with at_work(town.base, database, stage, turn=file_turn):
        await person.say("please")
        await documents(person, copies)
        _, content = await document_of(person)
    assert content == FILE.content


async def put(database: Address, calls: Sequence[Call], *, sending: bool) -> None:
    """Calls that an earlier run left."""
    store = await open_store(database)
    outbox = Outbox(BOT, store.vault)

    async def job(connection: Connection) -> None:
        for placed in await outbox.add(connection, calls, None, NOW):
            if sending:
                await outbox.claim(connection, placed, NOW)

    await store.write(job)
    await store.close()


@pytest.mark.parametrize("sending", [False, True])
async def test_a_file_survives_a_restart(town: Town, database: Address, stage: World, sending: bool) -> None:
    person = await town.person()
    await person.say("first")
    await put(database, render((SAY,), Target(person.id, "https://t.me/b")), sending=sending)
    async with at_work(town.base, database, stage):
        await documents(person, 1)
        await person.hear(2)
    (found,) = (change["message"] for change in person.messages.values() if "document" in change["message"])
    assert found["document"]["file_size"] == len(FILE.content)


async def test_a_caption_that_is_refused_goes_as_plain_text(town: Town, database: Address, stage: World) -> None:
    person = await town.person()
    await person.say("first")
    payload = {"document": as_upload(FILE), "caption": "<b>a &amp; b", "parse_mode": "HTML"}
    await put(database, [Call("sendDocument", person.id, str(person.id), payload)], sending=False)
    async with at_work(town.base, database, stage):
        await documents(person, 1)
        await person.hear(2)
    (found,) = (change["message"] for change in person.messages.values() if "document" in change["message"])
    assert found["caption"] == "a & b"


async def test_the_days_of_an_advice_are_kept_through_the_real_bot(process_town: Town, tmp_path: Path) -> None:  # noqa: F811
    person = await process_town.person("en")
    async with bot_process(process_town, tmp_path):
        said = ("/start visa_KE_en", "ordinary", "tourism", "in 60 days", "20", "once", "by air")
        for count, words in enumerate(said, 1):
            await person.say(words)
            await person.hear(count)
        card = person.last_heard()
        await press(person, "Add to calendar")
        await documents(person, 1)
        message, content = await document_of(person)
    assert message["document"]["file_name"] == "visa-dates.ics"
    moments = [entity for entity in card["entities"] if entity["type"] == "date_time"]
    events = Calendar.from_ical(content).events
    assert len(events) == len(moments) >= 5
    assert [int(entity["unix_time"]) % 86400 for entity in moments] == [7 * 3600] * len(moments)
    assert "Ainur" not in content.decode()
    assert "Kenya" not in content.decode()


def buttons(person: Person) -> list[str]:
    """The labels under the newest message."""
    markup = person.last_heard().get("reply_markup", {})
    return [button["text"] for row in markup.get("inline_keyboard", ()) for button in row]


async def press(person: Person, label: str) -> None:
    """Tap the button under the newest message."""
    message = person.last_heard()
    for row in message["reply_markup"]["inline_keyboard"]:
        for button in row:
            if button["text"] == label or button["text"].endswith(f". {label}"):
                await person.press(message["message_id"], button["callback_data"])
                return
    raise LookupError(f"no button {label!r} among {buttons(person)}")
