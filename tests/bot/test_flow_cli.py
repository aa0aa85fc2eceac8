"""`visabot flow`: lint, walk, talk, draw and diff on the command line."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot import loading
from bot.cli.group import visabot
from knowledge.loader import load_knowledge

ROOT = Path(__file__).parents[2]
TALKS = ROOT / "tests" / "conversations"
DAY = ("--today", "2026-11-22")
_KB = load_knowledge()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(visabot, ("flow", *arguments))


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, ""), result.output
    assert result.stderr.count("\n") == 1, result.stderr
    return result.stderr


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts are loaded once."""
    monkeypatch.setattr(loading, "load_knowledge", lambda: _KB)


def test_lint_of_a_sound_flow_ends_with_nothing() -> None:
    result = run("lint", "visa_inside", *DAY)
    assert (result.exit_code, result.stdout) == (0, "visa_inside as of 2026-11-22: 0 errors, 0 findings\n")
    assert run("lint", "visa_inside", "--json", *DAY).stdout == ""


def test_walk_counts_ways_outcomes_and_passports() -> None:
    result = run("walk", "evisa_check", *DAY)
    assert result.exit_code == 0
    assert result.stdout.startswith("evisa_check: 215 ways, 1 of 1 rules taken, at most 1 questions, 0 dead ends\n")
    walked: dict[str, Any] = json.loads(run("walk", "evisa_check", "--json", *DAY).stdout)
    assert walked["outcomes"]["evisa"]["paths"] == 215
    assert "IN" in walked["outcomes"]["evisa"]["countries"]
    assert walked["dead_ends"] == []


def test_talk_prints_the_conversation_and_its_failures(tmp_path: Path) -> None:
    good = run("talk", str(TALKS / "evisa_check.yaml"))
    assert (good.exit_code, good.stderr) == (0, "")
    assert "\n> " in good.stdout
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: Bad\nlanguage: en\nsteps:\n  - {say: /evisa, see: [moon]}\n", "utf-8")
    result = run("talk", str(bad))
    assert result.exit_code == 1
    assert result.stderr == "bad.yaml: step 1: see: 'moon' is missing\n"
    bad.write_text("title: Bad\nsteps:\n  - {shout: hello}\n", "utf-8")
    assert "bad.yaml: step 1: " in refused("talk", str(bad))


def test_talk_tells_the_lines_that_no_conversation_takes() -> None:
    result = run("talk", "--coverage", str(TALKS / "evisa_check.yaml"))
    assert "evisa_check: 1 of 1 rules\n" in result.stdout
    assert "  visa_inside.yaml:12: what_do_you_need_inside: no conversation takes it\n" in result.stdout


def test_draw_prints_or_writes(tmp_path: Path) -> None:
    assert run("draw", "evisa_check", "--lang", "ru").stdout.startswith("flowchart TD\n")
    (tmp_path / "gone.en.md").write_text("old", "utf-8")
    assert run("draw", "--all", "--write", "--directory", str(tmp_path)).exit_code == 0
    written = sorted(file.name for file in tmp_path.iterdir())
    assert "gone.en.md" not in written
    assert [name for name in written if name.startswith("evisa_check")] == [
        "evisa_check.en.md",
        "evisa_check.kk.md",
        "evisa_check.ru.md",
    ]


@pytest.fixture
def commit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str, str], None]:
    """A repository with the facts and the flows of today; the call commits them with one text replaced."""
    monkeypatch.chdir(tmp_path)
    for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(variable, raising=False)
    for part in ("knowledge/data", "dialogs/flows"):
        shutil.copytree(ROOT / part, tmp_path / part)
    git("init", "--quiet")

    def committed(part: str, old: str, new: str) -> None:
        file = tmp_path / part
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")
        git("add", "--all")
        git("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "Old facts")

    return committed


def git(*arguments: str) -> None:
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def test_diff_names_who_moved_where(commit: Callable[[str, str, str], None]) -> None:
    facts = (ROOT / "knowledge" / "data" / "entry_regimes.yaml").read_text("utf-8")
    india = facts[facts.index('\n  "IN":') : facts.index('\n  "IQ":')]
    commit("knowledge/data/entry_regimes.yaml", india, india.replace("days: 14", "days: 7", 1))
    result = run("diff", "HEAD", "--flow", "evisa_check", *DAY)
    assert result.exit_code == 0, result.output
    first, last = result.stdout.splitlines()
    assert first.startswith("1 nationality: e-visa ")
    assert "7 days without a visa" in first.partition(" → ")[0]
    assert first.endswith("IN")
    assert last == "evisa_check since HEAD, as of 2026-11-22: 1 nationalities moved"
    moved: dict[str, Any] = json.loads(run("diff", "HEAD", "--flow", "evisa_check", "--json", *DAY).stdout)
    assert moved["countries"] == ["IN"]


def test_diff_against_the_same_facts_moves_nobody(commit: Callable[[str, str, str], None]) -> None:
    commit("dialogs/flows/evisa_check.yaml", "# Can", "# Could")
    result = run("diff", "HEAD", "--flow", "which_visa", *DAY)
    assert result.stdout == "which_visa since HEAD, as of 2026-11-22: 0 nationalities moved\n"


def test_diff_says_in_one_line_why_it_cannot(commit: Callable[[str, str, str], None]) -> None:
    commit("knowledge/data/entry_regimes.yaml", "regimes:", "rules:")
    assert "HEAD: its facts or flows do not fit today's program" in refused("diff", "HEAD", "--flow", "evisa_check")
    assert "nowhere: git does not give it" in refused("diff", "nowhere")
    assert "'XX': no such passport" in refused("diff", "HEAD", "--country", "XX")
    assert "'tea' is not a flow" in refused("diff", "HEAD", "--flow", "tea")
    assert "asks about people" in refused("diff", "HEAD", "--flow", "invitation")


@pytest.mark.parametrize("arguments", [("draw",), ("draw", "evisa_check", "--all"), ("walk", "tea"), ("lint", "tea")])
def test_a_wrong_call_is_told_in_one_line(arguments: tuple[str, ...]) -> None:
    assert refused(*arguments).startswith("visabot: ")
