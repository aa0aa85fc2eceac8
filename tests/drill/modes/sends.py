"""Mode 3: calls of which nobody knows whether they arrived."""

import asyncio
from collections.abc import Sequence
from typing import Any

from tests.drill.bench import Bench
from tests.drill.load import talk
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import Way, scene

__all__ = ["drill"]

_FAULTS: dict[str, dict[str, Any]] = {
    "delivered, then dropped": {"when": "after", "drop": True},
    "delivered, then reset": {"when": "after", "reset": True},
    "delivered, then 502": {"when": "after", "status": 502, "description": "Bad Gateway"},
    "delivered, then garbage": {"when": "after", "body": "<html>Bad gateway</html>"},
    "reset before": {"when": "before", "reset": True},
    "502 before": {"when": "before", "status": 502, "description": "Bad Gateway"},
    "garbage before": {"when": "before", "body": "{", "status": 200},
    "slow": {"when": "before", "delay": 2.0},
}
_PROMISED = "0 lost, at most one copy too many, and that one marked; never 3"


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Each fault alone, then all of them together, then a line that is cut."""
    return [*[await _fault(bench, name) for name in _FAULTS], await _storm(bench), await _refused(bench)]


async def _fault(bench: Bench, name: str) -> Outcome:
    async with scene(bench, Way(replicas=2)) as stage:
        people = await stage.people(bench.few(10, 3))
        order = {"method": "sendmessage", "times": 0, "chance": 0.3, "seed": bench.chance.randrange(10**6)}
        await stage.town.post("faults", **order, **_FAULTS[name])
        ledger = await talk(stage, people, bench.few(150, 12), 30)
        spent = await stage.settle()
        found = await stage.judge(ledger)
        marked = stage.figure("SELECT count(*) FROM outbox WHERE tries > 0")
        checks = Checks(found.problems)
        # Where both attempts met a fault before they took effect nobody can know: such a call is at its end, uncertain.
        gone = stage.figure("SELECT count(*) FROM outbox WHERE tries > 1 AND state = 'uncertain'")
        if found.lost <= gone:
            checks.problems = [problem for problem in checks.problems if "no answer" not in problem]
        checks.that(spent is not None, "something still waited after 120 s")
        return checks.outcome(
            f"3 {name}",
            bench.engine,
            f"30 % of the calls of {found.said} answers",
            f"{_PROMISED} (two faults in a row: uncertain at its end)",
            f"{found.told}; {marked} marked, {gone} of them met a fault twice",
        )


async def _storm(bench: Bench) -> Outcome:
    """All faults at once, each now and then, on every method."""
    async with scene(bench, Way(replicas=3)) as stage:
        people = await stage.people(bench.few(20, 3))
        for fault in _FAULTS.values():
            order = {"method": "*", "times": 0, "chance": 0.03, "seed": bench.chance.randrange(10**6)}
            await stage.town.post("faults", **order, **fault)
        ledger = await talk(stage, people, bench.few(500, 30), 25)
        async with stage.town.http.delete(f"{stage.town.base}/preview/faults"):
            pass
        spent = await stage.settle()
        found = await stage.judge(ledger)
        gone = stage.figure("SELECT count(*) FROM outbox WHERE tries > 1 AND state = 'uncertain'")
        checks = Checks(found.problems)
        if found.lost <= gone:
            checks.problems = [problem for problem in checks.problems if "no answer" not in problem]
        checks.that(spent is not None, "something still waited after 120 s")
        return checks.outcome(
            "3 storm",
            bench.engine,
            f"all eight faults on every method, 3 % each, over {found.said} updates",
            _PROMISED,
            f"{found.told}; {gone} met a fault twice and stand as uncertain",
        )


async def _refused(bench: Bench) -> Outcome:
    """Connections to the Bot API are refused for a while."""
    async with scene(bench, Way(replicas=2, line=True)) as stage:
        assert stage.line is not None
        people = await stage.people(bench.few(10, 3))
        ledger = await talk(stage, people, bench.few(60, 6), 30)
        await stage.settle()
        before = stage.figure("SELECT count(*) FROM outbox WHERE tries > 0")
        await stage.town.post("faults", method="sendmessage", times=0, delay=0.3)
        talking = asyncio.create_task(talk(stage, people, bench.few(60, 6), 30, ledger))
        await asyncio.sleep(1)
        await stage.line.cut()
        await asyncio.sleep(bench.few(20, 2))
        await talking
        await stage.line.lay()
        spent = await stage.settle()
        found = await stage.judge(ledger)
        after = stage.figure("SELECT count(*) FROM outbox WHERE tries > 0")
        checks = Checks(found.problems)
        checks.that(spent is not None, "something still waited after 120 s")
        return checks.outcome(
            "3 refused",
            bench.engine,
            f"connections to the Bot API cut and refused for {bench.few(20, 2)} s amid {found.said} updates",
            "0 lost; only what was on the wire at the cut may come twice",
            f"{found.told}; {after - before} calls were on the wire and are marked; all done {spent or 0:.0f} s after",
        )
