"""Errors that end the program with one line instead of a traceback."""

from collections.abc import Iterable

__all__ = ["StartError"]


class StartError(Exception):
    """The program cannot start or go on; each problem names the thing, the value and the repair. Exit code 2."""

    def __init__(self, *problems: str) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems

    @classmethod
    def of(cls, problems: Iterable[str]) -> "StartError":
        """One error out of problems that were collected."""
        return cls(*problems)
