"""Each file of tests/conversations is a talk: what the person does, what they see."""

from pathlib import Path

import pytest

from dialogs.talks import coverage_of, play, read_script, rule_lines, taken_in
from dialogs.talks.coverage import Taken
from dialogs.world import World

FILES = sorted((Path(__file__).parents[1] / "conversations").glob("*.yaml"))
FLOWS = Path(__file__).parents[2] / "dialogs" / "flows"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_conversation(file: Path, world: World) -> None:
    assert play(read_script(file), world).failures == ()


def test_every_rule_of_every_flow_is_talked_about(world: World) -> None:
    """Each rule of each question is taken in some conversation; what is missed is told by its line."""
    taken: set[Taken] = set()
    for file in FILES:
        taken |= taken_in(play(read_script(file), world))
    for covered in coverage_of(world.flows.values(), taken):
        lines = rule_lines((FLOWS / f"{covered.flow}.yaml").read_text("utf-8"))
        missed = [f"line {lines[rule.question, rule.rule]}: {rule.question}" for rule in covered.missed]
        assert missed == [], covered.flow
