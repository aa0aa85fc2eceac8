"""The dialog as the peers hold it: screens with buttons, and what takes the place of an answered question."""

import json
from dataclasses import dataclass

__all__ = ["Dialog", "Screen"]


@dataclass(frozen=True, slots=True)
class Screen:
    """A question or the outcome; each button has its label and its data, `<question>:<option>`."""

    text: str
    rows: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Dialog:
    """Six questions and an outcome."""

    screens: tuple[Screen, ...]
    answers: dict[tuple[int, int], str]
    help: str

    @classmethod
    def read(cls, script: str) -> "Dialog":
        """From a script as JSON."""
        told = json.loads(script)
        screens: list[Screen] = []
        answers: dict[tuple[int, int], str] = {}
        for number, step in enumerate(told["steps"]):
            options = [label for row in step["told"][-1]["labels"] for label in row]
            numbers = iter(range(len(options)))
            rows = tuple(
                tuple((label, f"{number}:{next(numbers)}") for label in row) for row in step["told"][-1]["labels"]
            )
            if number:
                chosen = next(data for row in screens[-1].rows for label, data in row if label == step["move"])
                answers[number - 1, int(chosen.partition(":")[2])] = step["told"][0]["text"]
            screens.append(Screen(step["told"][-1]["text"], rows))
        return cls(tuple(screens), answers, told["help"])

    def closed(self, number: int, option: int) -> str:
        """What stands in the place of question `number` once `option` was chosen."""
        return self.answers.get((number, option), "Noted.")
