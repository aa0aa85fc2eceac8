"""Timers that survive: each rings once, whatever happens to the process."""

from bot.service import Tuning
from bot.storage.address import Address
from bot.storage.calls import Call
from bot.storage.outbox import Outbox
from dialogs.events import Alarm
from dialogs.world import World
from tests.bot.rig import NOW, TOKEN, Later, Town, at_work, open_store, table, until
from tests.bot.stand_ins import effect_turn

QUICK = Tuning(rates=None, first_wait=0.01, look=0.02)


async def test_a_reminder_wakes_the_conversation_once_and_after_a_restart(
    town: Town, database: Address, stage: World
) -> None:
    clock = Later()
    async with at_work(town.base, database, stage, effect_turn, clock, QUICK):
        person = await town.person()
        await person.say("remind one")
        await person.say("remind two")
        await person.hear(2)
        assert table(database, "SELECT state FROM timers") == [("waiting",)] * 2
    clock.moved = 90_000.0
    for _ in range(2):
        async with at_work(town.base, database, stage, effect_turn, clock, QUICK):
            assert sorted((await person.hear(4))[2:]) == ["alarm arrival one", "alarm arrival two"]
            await until(lambda: table(database, "SELECT DISTINCT state FROM timers") == [("done",)])
    await person.look()
    assert len(person.heard) == 4


async def test_a_reminder_that_is_stopped_is_silent(town: Town, database: Address, stage: World) -> None:
    clock = Later()
    async with at_work(town.base, database, stage, effect_turn, clock, QUICK):
        person = await town.person()
        await person.say("remind one")
        await person.say("stop")
        await person.hear(2)
        clock.moved = 90_000.0
        await person.say("look")
        await person.hear(3)
    assert table(database, "SELECT count(*) FROM timers") == [(0,)]


async def test_who_has_blocked_the_bot_is_left_alone(town: Town, database: Address, stage: World) -> None:
    clock = Later()
    async with at_work(town.base, database, stage, effect_turn, clock, QUICK):
        person = await town.person()
        await person.say("remind one")
        await person.hear(1)
        await town.post(f"chats/{person.id}/block", blocked=True)
        await until(lambda: table(database, "SELECT count(*) FROM sessions WHERE blocked_at > 0") == [(1,)])
        clock.moved = 90_000.0
        await until(lambda: table(database, "SELECT state FROM timers") == [("done",)])
    assert table(database, "SELECT count(*) FROM outbox") == [(1,)]


async def test_an_alarm_that_fails_is_marked_and_others_ring(town: Town, database: Address, stage: World) -> None:
    def failing(session: object, event: object, world: World) -> object:
        if isinstance(event, Alarm) and event.key == "one":
            raise ValueError("a secret of the alarm")
        return effect_turn(session, event, world)  # type: ignore[arg-type]

    clock = Later()
    async with at_work(town.base, database, stage, failing, clock, QUICK):
        person = await town.person()
        await person.say("remind one")
        await person.say("remind two")
        await person.hear(2)
        clock.moved = 90_000.0
        assert (await person.hear(3))[2] == "alarm arrival two"
        await until(lambda: ("failed",) in table(database, "SELECT state FROM timers"))
    ((note,),) = table(database, "SELECT note FROM timers WHERE state = 'failed'")
    assert note.startswith("ValueError at ")
    assert "secret" not in note


async def test_saved_outcomes_are_looked_at_at_once_when_facts_changed(
    town: Town, database: Address, stage: World
) -> None:
    async with at_work(town.base, database, stage, effect_turn, tuning=QUICK):
        person = await town.person()
        await person.say("watch one")
        await person.hear(1)
    async with at_work(town.base, database, stage, effect_turn, tuning=QUICK):
        await person.say("look")
        await person.hear(2)
    table(database, "UPDATE timers SET note = 'facts of yesterday'")
    async with at_work(town.base, database, stage, effect_turn, tuning=QUICK):
        assert (await person.hear(3))[2] == "alarm recheck one"


async def test_a_message_that_another_program_put_out_is_sent(town: Town, database: Address, stage: World) -> None:
    async with at_work(town.base, database, stage, effect_turn, tuning=QUICK):
        person = await town.person()
        await person.say("look")
        await person.hear(1)
        other = await open_store(database)
        call = Call("sendMessage", person.id, str(person.id), {"text": "from outside"})
        outbox = Outbox(int(TOKEN.partition(":")[0]), other.vault)
        await other.write(lambda connection: outbox.add(connection, [call], None, NOW))
        await other.close()
        assert (await person.hear(2))[1] == "from outside"
