"""Inbox, outbox and sessions on real databases of both engines."""

from dataclasses import replace
from typing import Any

import pytest

from bot.priority import Priority
from bot.storage.backlog import backlog
from bot.storage.calls import Call, Placed, answer_lane
from bot.storage.connection import Connection
from bot.storage.inbox import Inbox
from bot.storage.outbox import Outbox
from bot.storage.sessions import ChangedMeanwhileError, Kept, Sessions
from bot.storage.store import Store
from bot.storage.tables import SLOTS, InboxState, slot_of
from tests.bot.rig import received, rows

BOT = 42
ALL = range(SLOTS)


def call(text: str, lane: str = "7") -> Call:
    return Call("sendMessage", 7, lane, {"text": text})


async def ids(store: Store, box: Inbox | Outbox, lane: str, limit: int = 9) -> list[int]:
    """What waits in a lane."""
    waiting: Any = box.waiting
    return [row.id for row in await store.read(lambda c: waiting(c, lane, limit))]


async def test_an_update_is_stored_once_whatever_its_batch(store: Store) -> None:
    inbox, other = Inbox(BOT, store.vault), Inbox(BOT + 1, store.vault)
    first = await store.write(lambda c: inbox.receive(c, [received(1), received(2, "8"), received(1)], 5.0))
    again = await store.write(lambda c: inbox.receive(c, [received(2, "8"), received(3)], 6.0))
    foreign = await store.write(lambda c: other.receive(c, [received(1)], 7.0))
    assert [update for update, _ in first] == [received(1), received(2, "8")]
    assert [update for update, _ in again] == [received(3)]
    assert len(foreign) == 1
    assert await ids(store, inbox, "7") == [first[0][1].id, again[0][1].id]
    assert await store.read(lambda c: inbox.get(c, first[0][1].id)) == first[0][1]


async def test_a_row_ends_once_and_has_its_slot_until_then(store: Store) -> None:
    inbox = Inbox(BOT, store.vault)
    ((_, row),) = await store.write(lambda c: inbox.receive(c, [received(1)], 5.0))
    assert await rows(store, "SELECT state, slot FROM inbox") == [("received", slot_of("7"))]
    assert [part.oldest for part in await store.read(lambda c: backlog(c, BOT))] == [5.0]
    assert await store.write(lambda c: inbox.finish(c, row.id, "reason"))
    assert not await store.write(lambda c: inbox.finish(c, row.id, state=InboxState.QUARANTINED))
    assert await rows(store, "SELECT state, note, slot, raw FROM inbox") == [("done", "reason", None, "{}")]
    assert await store.read(lambda c: inbox.waiting_chats(c, ALL)) == []
    assert await store.read(lambda c: backlog(c, BOT)) == []


async def test_an_update_in_quarantine_is_kept_and_waits_no_more(store: Store) -> None:
    inbox = Inbox(BOT, store.vault)
    ((_, row),) = await store.write(lambda c: inbox.receive(c, [received(1)], 5.0))
    assert [await store.write(lambda c: inbox.failed_once_more(c, row.id, "no")) for _ in range(2)] == [1, 2]
    assert await store.write(lambda c: inbox.finish(c, row.id, "no", InboxState.QUARANTINED))
    stored = await store.read(lambda c: inbox.get(c, row.id))
    assert stored is not None
    assert (stored.raw, stored.tries, stored.note) == (received(1).raw, 2, "no")
    assert await rows(store, "SELECT slot FROM inbox") == [(None,)]


async def test_what_waits_is_found_by_slot_and_in_order(store: Store) -> None:
    inbox = Inbox(BOT, store.vault)
    batch = [received(number, "7" if number % 2 else "8") for number in range(1, 11)]
    new = await store.write(lambda c: inbox.receive(c, batch, 5.0))
    assert [row.id for _, row in new] == sorted(row.id for _, row in new)
    mine = [row.id for _, row in new if row.lane == "7"]
    assert await ids(store, inbox, "7", 3) == mine[:3]
    await store.write(lambda c: inbox.finish(c, mine[0]))
    assert await ids(store, inbox, "7") == mine[1:]
    assert await store.read(lambda c: inbox.waiting_chats(c, ALL)) == ["8", "7"]
    assert await store.read(lambda c: inbox.waiting_chats(c, [slot_of("7")])) == ["7"]
    assert await store.read(lambda c: inbox.waiting_chats(c, [])) == []
    assert await store.read(lambda c: Inbox(BOT + 1, store.vault).waiting_chats(c, ALL)) == []


async def test_only_the_first_of_an_album_is_first(store: Store) -> None:
    inbox = Inbox(BOT, store.vault)
    batch = [received(1, "7", "g"), received(2, "7", "g"), received(3, "8", "g")]
    new = await store.write(lambda c: inbox.receive(c, batch, 5.0))

    async def is_first(connection: Connection) -> list[bool]:
        stored = [await inbox.get(connection, row.id) for _, row in new]
        return [await inbox.is_first_of_album(connection, row) for row in stored if row is not None]

    assert await store.read(is_first) == [True, False, True]


async def test_a_session_is_not_written_over_a_newer_one(store: Store) -> None:
    sessions = Sessions(BOT, store.vault)
    await store.write(lambda c: sessions.put(c, "7", "one", Kept(), 1.0))
    read = await store.read(lambda c: sessions.get(c, "7"))
    await store.write(lambda c: sessions.put(c, "7", "two", read, 2.0))
    for old in (read, Kept()):
        with pytest.raises(ChangedMeanwhileError):
            await store.write(lambda c, old=old: sessions.put(c, "7", "three", old, 3.0))  # type: ignore[misc]
    assert await store.read(lambda c: sessions.get(c, "7")) == Kept("two", 2, blocked=False, touched_at=2.0)


async def test_a_block_is_noted_and_ends_with_the_next_message(store: Store) -> None:
    sessions = Sessions(BOT, store.vault)
    await store.write(lambda c: sessions.note_block(c, "7", blocked=True, now=1.0))
    kept = await store.read(lambda c: sessions.get(c, "7"))
    assert kept.blocked
    await store.write(lambda c: sessions.put(c, "7", "one", kept, 2.0))
    assert not (await store.read(lambda c: sessions.get(c, "7"))).blocked


async def test_a_call_is_claimed_once_and_recovered_after_a_crash(store: Store) -> None:
    outbox = Outbox(BOT, store.vault)
    tap = Call("answerCallbackQuery", 7, answer_lane("q", 7), {"callback_query_id": "q"})
    added = await store.write(lambda c: outbox.add(c, [call("a"), call("b"), tap], None, 1.0))
    assert [placed.lane for placed in added] == ["7", "7", "answer q 7"]
    first, second, third = added
    assert first == Placed(first.id, call("a"), Priority.REPLY, 1.0)
    assert await store.read(lambda c: outbox.get(c, first.id)) == first
    assert await store.write(lambda c: outbox.claim(c, first, 2.0))
    assert await store.write(lambda c: outbox.claim(c, first, 2.0)), "whose commit we were not told of"
    assert not await store.write(lambda c: outbox.claim(c, first, 2.5)), "of somebody else"
    assert await store.read(lambda c: outbox.get(c, first.id)) is None
    await store.write(lambda c: outbox.claim(c, third, 2.0))
    assert await ids(store, outbox, "7") == [second.id]
    await store.write(lambda c: outbox.recover(c, [slot_of("8")]))
    assert await ids(store, outbox, "7") == [second.id]
    await store.write(lambda c: outbox.recover(c, ALL))
    assert await ids(store, outbox, "7") == [first.id, second.id]
    assert await store.read(lambda c: outbox.waiting_lanes(c, ALL)) == ["7"]
    again = await store.read(lambda c: outbox.get(c, first.id))
    assert again == replace(first, tries=1)
    assert await store.write(lambda c: outbox.claim(c, first, 3.0))
    await store.write(lambda c: outbox.recover(c, ALL))
    assert await ids(store, outbox, "7") == [second.id]
    assert await rows(store, "SELECT state, tries, slot FROM outbox ORDER BY id") == [
        ("uncertain", 2, None),
        ("queued", 0, slot_of("7")),
        ("uncertain", 2, None),
    ]


async def test_a_call_that_nobody_sends_any_more_is_found(store: Store) -> None:
    outbox = Outbox(BOT, store.vault)
    old, new = await store.write(lambda c: outbox.add(c, [call("a"), call("b", "8")], None, 1.0))
    await store.write(lambda c: outbox.claim(c, old, 10.0))
    await store.write(lambda c: outbox.claim(c, new, 20.0))
    assert await store.read(lambda c: outbox.stuck(c, ALL, 10.0)) == []
    assert await store.read(lambda c: outbox.stuck(c, ALL, 20.0)) == [old.id]
    assert await store.read(lambda c: outbox.stuck(c, [slot_of("8")], 20.0)) == []
    await store.write(lambda c: outbox.recover_rows(c, [old.id]))
    assert await store.read(lambda c: outbox.waiting_lanes(c, ALL)) == ["7"]


async def claimed(store: Store, outbox: Outbox, placed: Placed, now: float) -> Placed:
    """The call, marked as being sent."""
    held = await store.write(lambda c: outbox.claim(c, placed, now))
    assert held is not None
    return held


async def test_a_verdict_of_who_has_the_call_no_more_changes_nothing(store: Store) -> None:
    """Who was stopped in the middle of a call comes back when another process has it on the wire."""
    outbox = Outbox(BOT, store.vault)
    (placed,) = await store.write(lambda c: outbox.add(c, [call("a")], None, 1.0))
    slow = await claimed(store, outbox, placed, 2.0)
    await store.write(lambda c: outbox.recover(c, ALL))
    other = await claimed(store, outbox, placed, 3.0)
    assert not await store.write(lambda c: outbox.replace(c, slow, call("plain"), "markup"))
    assert not await store.write(lambda c: outbox.put_back(c, slow, 9.0, "429"))
    assert not await store.write(lambda c: outbox.failed(c, slow, "no"))
    assert await rows(store, "SELECT state, tries FROM outbox") == [("sending", 1)]
    assert await store.write(lambda c: outbox.failed(c, other, "no"))
    assert not await store.write(lambda c: outbox.uncertain(c, slow, 9.0, "late", again=True))
    assert await rows(store, "SELECT state, slot FROM outbox") == [("failed", None)]


async def test_a_call_does_not_go_before_an_earlier_one_of_its_lane(store: Store) -> None:
    """Whoever put it out, and whoever has it in hand: around a hand-over of slots that may be two processes."""
    outbox = Outbox(BOT, store.vault)
    calls = [call("a"), call("b"), call("elsewhere", "8")]
    first, second, elsewhere = await store.write(lambda c: outbox.add(c, calls, None, 1.0))
    assert not await store.write(lambda c: outbox.claim(c, second, 2.0))
    assert await store.write(lambda c: outbox.claim(c, elsewhere, 2.0))
    assert await store.write(lambda c: outbox.claim(c, first, 2.0))
    assert not await store.write(lambda c: outbox.claim(c, second, 2.0))
    await store.write(lambda c: outbox.sent(c, first.id, 55))
    assert await store.write(lambda c: outbox.claim(c, second, 2.0))


async def test_a_call_has_its_slot_until_its_end_and_its_words_no_longer(store: Store) -> None:
    outbox = Outbox(BOT, store.vault)
    calls = [call(text, f"answer {text} 7") for text in "abcd"]
    added = await store.write(lambda c: outbox.add(c, calls, None, 1.0, Priority.ALERT))
    first, second, third, fourth = [await claimed(store, outbox, placed, 2.0) for placed in added]
    await store.write(lambda c: outbox.sent(c, first.id, 55))
    assert await store.write(lambda c: outbox.failed(c, second, "no"))
    assert await store.write(lambda c: outbox.put_back(c, third, 9.0, "wait"))
    assert await store.write(lambda c: outbox.uncertain(c, fourth, 9.0, "who knows", again=False))
    assert await rows(store, "SELECT state, slot, priority, message_id, note FROM outbox ORDER BY id") == [
        ("sent", None, 2, 55, None),
        ("failed", None, 2, None, "no"),
        ("queued", slot_of("7"), 2, None, "wait"),
        ("uncertain", None, 2, None, "who knows"),
    ]
    assert await rows(store, "SELECT payload FROM outbox WHERE state = 'sent'") == [("{}",)]
    assert await store.read(lambda c: outbox.get(c, third.id)) == replace(third, not_before=9.0, claimed_at=None)
    assert await store.write(lambda c: outbox.give_up_chat(c, 7, "gone")) == 1
    assert await store.read(lambda c: outbox.waiting_lanes(c, ALL)) == []


async def test_the_rest_of_a_long_message_is_kept_with_its_first_part(store: Store) -> None:
    outbox = Outbox(BOT, store.vault)
    long = replace(call("a"), rest=(call("b"), Call("sendDocument", 7, "7", {"document": "x"})))
    (placed,) = await store.write(lambda c: outbox.add(c, [long], None, 1.0))
    assert placed.call == long
    assert await store.read(lambda c: outbox.get(c, placed.id)) == placed


async def test_what_an_attempt_noted_stays_when_the_next_one_arrives(store: Store) -> None:
    outbox = Outbox(BOT, store.vault)
    (placed,) = await store.write(lambda c: outbox.add(c, [call("a")], None, 1.0))
    for moment in (2.0, 4.0):
        held = await claimed(store, outbox, placed, moment)
        await store.write(lambda c, held=held: outbox.put_back(c, held, 3.0, "429"))  # type: ignore[misc]
    await store.write(lambda c: outbox.sent(c, placed.id, 5))
    assert await rows(store, "SELECT state, message_id, note FROM outbox") == [("sent", 5, "429")]


async def test_what_is_open_for_a_group_moves_with_it_to_its_new_slot(store: Store) -> None:
    outbox = Outbox(BOT, store.vault)
    calls = [Call("sendMessage", -42, "-42", {"text": "a"}), Call("answerCallbackQuery", -42, "answer q -42", {})]
    await store.write(lambda c: outbox.add(c, calls, None, 1.0))
    await store.write(lambda c: outbox.migrate(c, -42, -100))
    assert await rows(store, "SELECT chat_id, lane, slot FROM outbox ORDER BY id") == [
        (-100, "-100", slot_of("-100")),
        (-42, "answer q -42", slot_of("-42")),
    ]


def test_lanes_beside_a_chat_belong_to_its_slot() -> None:
    assert slot_of("7") == slot_of("inline 7") == slot_of(answer_lane("q" * 90, 7)) == 2
    assert slot_of("-1001234567890") == 37
    assert len(answer_lane("q" * 90, -1001234567890)) <= 64
    assert {slot_of(str(number)) for number in range(1000)} == set(ALL)
