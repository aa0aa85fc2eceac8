"""No text about typed data lies unused; that each reading has its text, the tables of readings show."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

from dialogs.forms.state_number import Holder
from dialogs.reading.reach import DateProblem

ROOT = Path(__file__).parents[3]
_FULL = re.compile(r'"((?:form|format|error)\.[a-z_]+)"')


def own_ids() -> set[str]:
    with (ROOT / "locales" / "en" / "forms.po").open("rb") as file:
        catalog = read_po(file)
    return {str(message.id[0] if isinstance(message.id, tuple | list) else message.id) for message in catalog} - {""}


def named_in_code() -> set[str]:
    """Keys that forms give, and ids that the questions write out."""
    forms = [part.read_text("utf-8") for part in (ROOT / "dialogs" / "forms").glob("*.py")]
    quoted = {f"form.{key}" for text in forms for key in re.findall(r'"([a-z]+(?:_[a-z]+)+)"', text)}
    quoted |= {f"form.{holder}_{part}" for holder in Holder for part in ("figures", "length")}
    questions = [part.read_text("utf-8") for part in (ROOT / "dialogs" / "questions").glob("*.py")]
    return quoted | {id_ for text in questions for id_ in _FULL.findall(text)}


def test_no_text_lies_unused() -> None:
    dates = {f"error.date_{problem}" for problem in DateProblem}
    assert own_ids() - named_in_code() - dates == set()
