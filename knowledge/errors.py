"""What is wrong with the facts, all at once, each with its place and its repair."""

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["KnowledgeError", "Problem"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One defect: the file, the path inside it (`regimes.AT[0].days`), the value there, what is wrong, the repair."""

    file: str
    path: str
    value: str
    what: str
    repair: str

    def __str__(self) -> str:
        return f"{self.file}: {self.path}: {self.value}: {self.what}; {self.repair}"


class KnowledgeError(Exception):
    """The facts cannot be used. `problems` lists every defect found, ordered by file and path."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
