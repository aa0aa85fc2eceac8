"""The texts about days: each is used, and each day has one."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from dialogs.engine import World
from knowledge.language import Language

ROOT = Path(__file__).parents[2]
WHO = ("traveller", "inviter", "host", "authority")


def ids() -> set[str]:
    with (ROOT / "locales" / "en" / "timeline.po").open("rb") as file:
        return {str(message.id) for message in read_po(file) if message.id}


def test_no_text_lies_unused(world: World) -> None:
    code = "".join(path.read_text("utf-8") for path in sorted((ROOT / "dialogs").rglob("*.py")))
    rules = (ROOT / "knowledge" / "timeline.py").read_text("utf-8")
    days = set(re.findall(r'"([a-z_]+)"', rules)) | set(world.knowledge.statements)
    days |= {f"{what}_{pace}" for what in ("decision", "visa") for pace in ("expected", "latest")}
    used = {f"deadline.{day}" for day in days} | {f"who.{who}" for who in WHO}
    assert {key for key in ids() - used if f'"{key}"' not in code} == set()


def test_everybody_who_may_have_to_act_has_a_name(world: World) -> None:
    assert {rule.who for rule in world.knowledge.deadlines.values()} == set(WHO)
    for language in Language:
        assert all(world.texts.get(language, f"who.{who}") for who in WHO)
