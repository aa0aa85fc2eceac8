"""The drills themselves: the ledger sees what it is for, and a small one still runs on each engine."""

import pytest

from tests.drill.__main__ import run
from tests.drill.ledger import Judgement, Ledger
from tests.drill.outcome import Checks, Outcome, as_markdown
from tests.postgres import Postgres

GOOD = [(7, "1: a"), (8, "1: x"), (7, "2: b"), (7, "3: c")]


def judged(*came: tuple[int, str], marked: int = 0) -> Judgement:
    """What the ledger says when chat 7 said a, b and c, and chat 8 said x."""
    ledger = Ledger()
    ledger.said[7] += ["a", "b", "c"]
    ledger.said[8] += ["x"]
    entries = [{"method": "sendMessage", "chat_id": chat, "text": text} for chat, text in came]
    return ledger.judge(entries, {7: marked})


def test_all_well() -> None:
    assert judged(*GOOD).problems == []


@pytest.mark.parametrize(
    ("came", "problem"),
    [
        (GOOD[:-1], "1 words got no answer"),
        ([*GOOD, (7, "4: c")], "1 words got more than one turn"),
        ([GOOD[2], GOOD[0], *GOOD[1:2], GOOD[3]], "1 answers came out of order"),
        ([(7, "1: b"), (7, "2: a"), *GOOD[1:2], GOOD[3]], "1 answers came out of order"),
        ([*GOOD, (7, "3: c")], "1 extra copies were not marked as uncertain"),
        ([*GOOD, (8, "3: c")], "1 answers went to a chat that had not asked"),
    ],
)
def test_what_must_not_be_is_seen(came: list[tuple[int, str]], problem: str) -> None:
    assert problem in judged(*came).problems


def test_a_copy_that_is_marked_is_allowed_and_a_third_one_is_not() -> None:
    assert judged(*GOOD, (7, "3: c"), marked=1).problems == []
    assert judged(*GOOD, (7, "3: c"), (7, "3: c"), marked=2).problems == ["1 answers came more than twice"]


def test_the_table_names_what_was_broken() -> None:
    checks = Checks()
    checks.that(False, "a word was lost")
    table = as_markdown(
        [checks.outcome("2 kills", "sqlite", "9 kills", "0 lost", "1 lost"), Outcome.waits("9", "later")]
    )
    assert "| 2 kills | sqlite | 9 kills | 0 lost | 1 lost | **fail** |" in table
    assert "| later | waits |" in table
    assert "- 2 kills, sqlite: a word was lost" in table


@pytest.mark.parametrize(("mode", "engine"), [("poison", "sqlite"), ("albums", "postgresql")])
async def test_a_small_drill_still_runs(mode: str, engine: str, request: pytest.FixtureRequest) -> None:
    server: Postgres | None = request.getfixturevalue("server") if engine == "postgresql" else None
    outcomes = await run([mode], [engine], 10, True, 1, server)
    assert outcomes
    assert all(one.passed for one in outcomes), outcomes
