"""Every query of a turn, and every look for work, goes by an index on both engines."""

from sqlalchemy import text

from bot.storage.address import Address
from bot.storage.connection import Connection
from bot.storage.store import Store

QUERIES = (
    ("SELECT id FROM timers WHERE bot_id=1 AND state='waiting' AND due_at<=1 ORDER BY due_at", "state_due_at"),
    ("SELECT id FROM handovers WHERE bot_id=1 AND state IN ('waiting','talking') AND until<=1", "state_until"),
    ("SELECT id FROM handovers WHERE bot_id=1 AND chat_key='7' AND state IN ('waiting')", "chat_key_state"),
    ("SELECT id FROM guest_links WHERE token_hash='x'", "token_hash"),
    ("SELECT id FROM guest_links WHERE bot_id=1 AND chat_key='7' AND state='filled'", "chat_key_state"),
    ("SELECT id FROM cases WHERE bot_id=1 AND chat_key='7' ORDER BY id", "chat_key_id"),
    ("SELECT id FROM cases WHERE reference='KZ'", "cases_reference"),
    ("SELECT answers FROM cases WHERE bot_id=1 AND chat_key='7' AND status='returned' ORDER BY id", "chat_key_id"),
    ("SELECT chat_key FROM sessions WHERE bot_id=1 AND expires_at<=1 ORDER BY expires_at", "expires_at"),
    ("SELECT chat_key FROM sessions WHERE bot_id=1 AND expires_at IS NOT NULL ORDER BY expires_at", "expires_at"),
    ("SELECT id FROM case_changes WHERE case_id=1 ORDER BY id", "case_id_id"),
    ("SELECT id FROM outbox WHERE bot_id=1 AND chat_id=2 AND message_id=3", "message_id"),
    (
        "SELECT id FROM outbox WHERE bot_id=1 AND slot=2 AND lane='7' AND state='queued' ORDER BY id",
        "outbox_bot_id_slot",
    ),
    ("SELECT lane FROM outbox WHERE bot_id=1 AND slot IN (2, 3) AND state='queued'", "outbox_bot_id_slot"),
    ("SELECT min(created_at) FROM outbox WHERE bot_id=1 AND slot IS NOT NULL", "outbox_bot_id_slot"),
    ("SELECT id FROM inbox WHERE bot_id=1 AND slot=2 AND chat_key='7' ORDER BY id", "inbox_bot_id_slot"),
    ("SELECT chat_key FROM inbox WHERE bot_id=1 AND slot IN (2, 3)", "inbox_bot_id_slot"),
    ("SELECT id FROM inbox WHERE bot_id=1 AND media_group='g' AND id<5", "inbox_bot_id_media_group"),
)
AUTOMATIC = {"cases_reference": "autoindex_cases", "token_hash": "autoindex_guest_links"}
"""What SQLite calls the indexes of unique columns."""


async def test_every_query_of_a_turn_has_an_index(store: Store, database: Address) -> None:
    async def plans(connection: Connection) -> list[str]:
        if database.is_shared:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))  # small tables are read without an index
        explain = "EXPLAIN" if database.is_shared else "EXPLAIN QUERY PLAN"
        found = [await connection.execute(text(f"{explain} {query}")) for query, _ in QUERIES]
        return [" ".join(map(str, plan.all())) for plan in found]

    for (query, index), plan in zip(QUERIES, await store.write(plans), strict=True):
        if database.is_shared:  # which of two indexes it takes depends on what the tables hold
            assert "Index" in plan, query
            assert "Seq Scan" not in plan, query
        else:
            assert AUTOMATIC.get(index, index) in plan, query
            assert "SCAN" not in plan, query
