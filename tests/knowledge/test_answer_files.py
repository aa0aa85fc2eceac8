"""Answers that are wrong are refused at load: all at once, each with its file, place, value and repair."""

import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.loader import load_knowledge

Edit = Callable[[str], str]


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    home = tmp_path / "answers"
    shutil.copytree(str(files("knowledge") / "answers"), home)
    return home


def problems(answers: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(answers=answers)
    return [str(problem) for problem in caught.value.problems]


def edit(answers: Path, change: Edit, name: str = "evisa/fees") -> None:
    file = answers / f"{name}.yaml"
    before = file.read_text("utf-8")
    after = change(before)
    assert after != before
    file.write_text(after, encoding="utf-8")


def test_the_product_loads(answers: Path) -> None:
    assert len(load_knowledge(answers=answers).answers) >= 71


def swap(old: str, new: str) -> Edit:
    return lambda text: text.replace(old, new, 1)


def add(line: str) -> Edit:
    return lambda text: f"{text}{line}\n"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (swap("id: evisa.fees", "id: evisa.price"), "write evisa.fees, or move the file"),
        (swap("status: approved", "status: done"), "use one of draft, approved"),
        (swap("shortcut: evfee\n", ""), "add the field"),
        (swap("related: [", "related: [evisa.no-such, "), "there is no such answer"),
        (add("sources: [no_such]"), "there is no such source"),
        (swap("- part: verdict", "- part: point"), "the first part does not settle the question"),
        (swap("- part: verdict", "- part: verdict\n    while: [fee.no_such]"), "there is no such fact"),
        (
            swap("- part: verdict", "- part: verdict\n    while: [statement.us_stat_refusal]"),
            "travellers are not told this fact",
        ),
        (lambda text: text.replace("fee.evisa_2020_single.amount", "fee.evisa_2019.amount"), "there is no such fact"),
        (lambda text: text.replace("evisa_2020_single.amount", "evisa_2020_single.price"), "has no such figure"),
        (lambda text: text.replace("{fee.evisa_2020_single.amount}", "{fee}"), "a brace that belongs to no reference"),
        (swap("{fee.evisa_2020_single.amount}", "60"), "its figures are not those of the English text"),
        (swap('review_by: "', 'review_by: "2020-01-01" #'), "the review is due before the answer was checked"),
    ],
)
def test_a_broken_answer_is_named(answers: Path, change: Edit, expected: str) -> None:
    edit(answers, change)
    found = problems(answers)
    assert any("answers/evisa/fees.yaml" in problem and expected in problem for problem in found), found


def test_a_dispute_must_be_told(answers: Path) -> None:
    def without(text: str) -> str:
        return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(("told:", "conflicts:")))

    edit(answers, without)
    assert any("disagree, and the answer does not say so" in problem for problem in problems(answers))


def test_a_shortcut_is_for_one_answer(answers: Path) -> None:
    edit(answers, swap("shortcut: evfee", "shortcut: evpk"))
    assert any("evisa.fees has this shortcut too" in problem for problem in problems(answers))


def test_all_files_are_reported_at_once(answers: Path) -> None:
    edit(answers, lambda text: text.replace("status: approved", "status: done"))
    edit(answers, lambda text: text.replace("status: approved", "status: done"), "visa/fees")
    text = "\n".join(problems(answers))
    assert "answers/evisa/fees.yaml" in text
    assert "answers/visa/fees.yaml" in text


def test_a_file_that_is_no_yaml_is_named(answers: Path) -> None:
    (answers / "evisa" / "fees.yaml").write_text("id: [", encoding="utf-8")
    assert any("answers/evisa/fees.yaml: line" in problem for problem in problems(answers))
