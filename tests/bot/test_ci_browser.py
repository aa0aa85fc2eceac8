"""The script that sees to a browser for the tests tells what it is about to install."""

import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]


def stub(path: Path, script: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o755)


def test_it_says_so_before_it_installs(tmp_path: Path) -> None:
    folder, programs = tmp_path / "checkout", tmp_path / "programs"
    (folder / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "browser", folder / ".ci" / "browser")
    steps = tmp_path / "steps"
    # As root, where nothing can be installed: every step leaves its name, and what had been said by then.
    stub(folder / ".venv" / "bin" / "python", f'[ "$2" != playwright ] || echo playwright >> {steps}; exit 1')
    stub(programs / "id", "echo 0")
    stub(programs / "apt-get", f"wc -l < {tmp_path / 'said'} >> {steps}; exit 1")
    with (tmp_path / "said").open("w") as said:
        done = subprocess.run(
            [folder / ".ci" / "browser"],
            env={"PATH": f"{programs}:{os.environ['PATH']}", "CI": "1"},
            stderr=said,
            check=False,
            timeout=30,
        )
    by_apt, by_playwright, last = (tmp_path / "said").read_text("utf-8").splitlines()
    assert "installing the package chromium with apt-get" in by_apt
    assert "downloading" in by_playwright
    assert "No Chromium could be had" in last
    assert steps.read_text("utf-8").split() == ["1", "playwright"]
    assert done.returncode == 1
