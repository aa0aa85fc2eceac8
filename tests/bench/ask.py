"""How well questions find their answers, how fast, and at what cost: `python -m tests.bench.ask`.

`--folds 5` judges on held-out folds of the product's own questions (trains anew for each fold; needs scikit-learn from
requirements-train.lock). Without it the shipped weights are judged on questions they never saw (held_out.tsv, or
`--file`: topic, language and question between tabs). Run it on an idle machine for the times.
"""

import argparse
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from knowledge.asking.ask import Asked, AskStatus, ask
from knowledge.asking.classifier import Classifier
from knowledge.asking.questions import NONE, Question, read_questions, read_tsv
from knowledge.language import Language
from knowledge.loader import load_knowledge

_HELD_OUT = Path(__file__).parents[1] / "knowledge" / "asking" / "held_out.tsv"
_TODAY = date(2026, 11, 28)
_HOSTILE = ("x" * 100_000, "виза " * 20_000, "\x00\x01\x02" * 30_000, "🙂" * 50_000, "签证" * 30_000)
_GARBAGE = (
    "qwertyuiop asdf",
    "ыфваыфва",
    "....",
    "1234567890",
    "🙂🙂🙂",
    "签证需要什么材料",
    "تأشيرة كازاخستان",
    "\x00\x01",
)


@dataclass
class Tally:
    """What became of the questions of one language."""

    asked: int = 0
    first: int = 0
    among_three: int = 0
    sure_and_wrong: int = 0
    to_choose: int = 0
    missed: int = 0
    outside: int = 0
    outside_answered: int = 0
    outside_offered: int = 0

    def add(self, topic: str, asked: Asked) -> None:
        """Count one question."""
        found = [item.answer.id for item in asked.suggestions]
        if topic == NONE:
            self.outside += 1
            self.outside_answered += asked.status is AskStatus.ANSWER
            self.outside_offered += asked.status is AskStatus.CHOOSE
            return
        self.asked += 1
        self.first += found[:1] == [topic]
        self.among_three += topic in found
        self.sure_and_wrong += asked.status is AskStatus.ANSWER and found[0] != topic
        self.to_choose += asked.status is AskStatus.CHOOSE
        self.missed += asked.status is AskStatus.NONE

    def line(self, name: str) -> str:
        """One row of the report."""
        shares = (self.first, self.among_three, self.sure_and_wrong, self.to_choose, self.missed)
        inside = "  ".join(f"{100 * n / max(self.asked, 1):5.1f}" for n in shares)
        outside = "  ".join(
            f"{100 * n / max(self.outside, 1):5.1f}" for n in (self.outside_answered, self.outside_offered)
        )
        return f"{name:6} {self.asked:6}  {inside}  {self.outside:6}  {outside}"


def report(rows: Iterable[tuple[Question, Asked]]) -> None:
    """Shares per language, in per cent."""
    tallies = {language: Tally() for language in Language}
    for question, asked in rows:
        tallies[question.language].add(question.topic, asked)
    print("        asked  top-1  top-3  wrong  choose  none  outside  answered  offered")
    for language, tally in tallies.items():
        print(tally.line(language.value))


def on_folds(questions: Sequence[Question], folds: int) -> Iterable[tuple[Question, Asked]]:
    """Each question asked of a classifier that learned from the other folds."""
    from knowledge.asking.training import train

    kb = load_knowledge()
    for fold in range(folds):
        held = [question for place, question in enumerate(questions) if place % folds == fold]
        rest = [question for place, question in enumerate(questions) if place % folds != fold]
        learned = replace(kb, classifier=Classifier(train(rest)))
        yield from ((question, ask(learned, question.text, _TODAY)) for question in held if not _is_talk(question))


def _is_talk(question: Question) -> bool:
    return question.topic.startswith("talk.")


def times(run: Callable[[str], object], texts: Iterable[str]) -> list[float]:
    """Milliseconds of each call, in order of size."""
    found = []
    for text in texts:
        start = time.perf_counter()
        run(text)
        found.append(1000 * (time.perf_counter() - start))
    return sorted(found)


def main() -> None:
    """Print the report."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--folds", type=int, default=0)
    arguments.add_argument("--file", type=Path, default=_HELD_OUT)
    chosen = arguments.parse_args()
    if chosen.folds:
        report(on_folds(read_questions(), chosen.folds))
        return
    began = time.process_time()
    kb = load_knowledge()
    print(f"knowledge and classifier loaded in {time.process_time() - began:.2f} s of CPU")
    questions = tuple(read_tsv(chosen.file))
    report((question, ask(kb, question.text, _TODAY)) for question in questions)
    spent = times(lambda text: ask(kb, text, _TODAY), [question.text for question in questions])
    print(f"one question: median {spent[len(spent) // 2]:.2f} ms, p99 {spent[int(len(spent) * 0.99)]:.2f} ms")
    worst = times(lambda text: ask(kb, text, _TODAY), _HOSTILE)
    print(f"100 kB of anything: worst {worst[-1]:.2f} ms")
    loud = [text[:20] for text in (*_HOSTILE, *_GARBAGE) if ask(kb, text, _TODAY).status is not AskStatus.NONE]
    print(f"garbage that got an answer: {loud or 'none'}")
    print(f"process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB", file=sys.stdout)


if __name__ == "__main__":
    main()
