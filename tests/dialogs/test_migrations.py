"""Sessions stored by each earlier version of a flow go on in today's version: what fits is kept, and it is said."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest

from dialogs.answer import Answer
from dialogs.engine import turn
from dialogs.events import Text
from dialogs.flow import load_flows
from dialogs.migration import Migration, migrated
from dialogs.papers import Paper
from dialogs.plain import to_plain
from dialogs.session import Session
from dialogs.tree import Flow
from dialogs.world import World
from knowledge.language import Language

STORED = sorted((Path(__file__).parent / "sessions").glob("*.json"))
NAME = re.compile(r"(?P<flow>\w+)\.v(?P<version>\d+)\.(?P<stage>\w+)")


def _parts(file: Path) -> tuple[str, int]:
    match = NAME.fullmatch(file.stem)
    assert match is not None, f"{file.name}: name it <flow>.v<version>.<stage>.json"
    return match["flow"], int(match["version"])


def test_every_earlier_version_has_a_stored_session() -> None:
    earlier = {(flow.id, version) for flow in load_flows().values() for version in range(1, flow.version)}
    assert earlier - {_parts(file) for file in STORED} == set()


@pytest.mark.parametrize("file", STORED, ids=lambda file: file.stem)
def test_a_stored_session_goes_on(file: Path, world: World) -> None:
    stored = Session.from_json(file.read_text("utf-8"))
    flow_id, version = _parts(file)
    assert (stored.flow, stored.version) == (flow_id, version)
    today = world.flows[flow_id].version
    done = turn(stored, Text("repeat"), world)
    assert done.session.flow == flow_id
    assert done.session.version == today
    assert dict(done.session.answers) == dict(stored.answers), "answers that still fit are kept"
    seen = "\n".join(map(to_plain, done.says))
    told = world.texts.get(stored.language or Language.EN, "flow.updated")
    assert (told in seen) == (version != today), "one sentence, and only where something changed"
    again = turn(done.session, Text("repeat"), world)
    assert told not in "\n".join(map(to_plain, again.says)), "it is said once"


RENAMES = Migration(
    since=1,
    rename=MappingProxyType({"when_do_you_come": "when_do_you_arrive"}),
    values=MappingProxyType({"what_is_the_trip_for": MappingProxyType({"holiday": "tourism"})}),
)
ASKS_AGAIN = Migration(since=2, ask_again=frozenset({"how_often_will_you_enter"}))


@pytest.mark.parametrize(
    ("version", "answers", "expected"),
    [
        (
            1,
            {"when_do_you_come": "2026-12-10", "what_is_the_trip_for": "holiday", "how_often_will_you_enter": "single"},
            {"when_do_you_arrive": "2026-12-10", "what_is_the_trip_for": "tourism"},
        ),
        (2, {"when_do_you_come": "x", "how_often_will_you_enter": "single"}, {"when_do_you_come": "x"}),
        (3, {"how_often_will_you_enter": "single"}, {"how_often_will_you_enter": "single"}),
        (1, {"when_do_you_come_back": "2027-01-01"}, {"when_do_you_come_back": "2027-01-01"}),
        (1, {"3.when_do_you_come": "2026-12-10"}, {"3.when_do_you_arrive": "2026-12-10"}),
        (1, {"what_is_the_trip_for": None}, {"what_is_the_trip_for": None}),
    ],
)
def test_declared_migrations(version: int, answers: dict[str, Answer], expected: dict[str, Answer]) -> None:
    """Whole names only: a question whose name begins alike keeps its own."""
    assert dict(migrated(answers, version, (ASKS_AGAIN, RENAMES))) == expected


def test_papers_at_rest_are_brought_along(world: World) -> None:
    flow = world.flows["which_visa"]
    next_version = Flow(flow.id, flow.version + 1, flow.questions, (replace(RENAMES, since=flow.version),))
    later = replace(world, flows={**world.flows, flow.id: next_version})
    answers: tuple[tuple[str, Answer], ...] = (
        ("which_passport_do_you_hold", "EG"),
        ("what_kind_of_passport", "ordinary"),
        ("what_is_the_trip_for", "holiday"),
    )
    paper = Paper(7, flow.id, flow.version, answers, date(2026, 11, 20))
    session = Session(language=Language.EN, papers=(paper,))
    done = turn(session, Text("my papers"), later)
    (brought,) = done.session.papers
    assert brought.version == next_version.version
    assert dict(brought.answers)["what_is_the_trip_for"] == "tourism"


def test_stored_sessions_are_what_was_stored() -> None:
    """The files are as that version wrote them: without the fields that came later."""
    for file in STORED:
        assert "papers" not in json.loads(file.read_text("utf-8"))
