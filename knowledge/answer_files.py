"""Reads `knowledge/answers/<group>/<name>.yaml`, and says everything that is wrong with the answers."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from knowledge.answer import Answer, AnswerStatus, Part, PartKind, Reference, references_in
from knowledge.base import KnowledgeBase
from knowledge.errors import Problem
from knowledge.language import Language
from knowledge.ledger import fact_record
from knowledge.tables import Table, read_file, shown

__all__ = ["answer_problems", "read_answer_files"]


def read_answer_files(root: Traversable) -> tuple[Mapping[str, Answer], tuple[Problem, ...]]:
    """The answers below `root` by id, and the defects that each file has by itself. Never raises for bad content."""
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for group in sorted((item for item in root.iterdir() if item.is_dir()), key=lambda item: item.name):
        for file in sorted((item for item in group.iterdir() if item.name.endswith(".yaml")), key=lambda i: i.name):
            name = f"answers/{group.name}/{file.name}"
            table = read_file(file, name, "answer")
            problems += table.problems
            if table.problems:
                continue
            topic = f"{group.name}.{file.name.removesuffix('.yaml')}"
            if table.content["id"] != topic:
                what = "the id is not that of the file's place"
                problems.append(
                    Problem(name, "id", shown(table.content["id"]), what, f"write {topic}, or move the file")
                )
            problems += _texts_differ(table)
            answers[table.content["id"]] = _answer(table.content)
    return MappingProxyType(answers), tuple(problems)


def answer_problems(answers: Mapping[str, Answer], kb: KnowledgeBase) -> Iterator[Problem]:
    """What the answers get wrong about the facts and about each other."""
    for answer in answers.values():
        file = f"answers/{answer.id.replace('.', '/')}.yaml"
        yield from _unknown_facts(answer, file, kb)
        yield from _unknown(file, "sources", answer.sources, kb.sources, "source", "sources.yaml")
        yield from _unknown(file, "related", answer.related, answers, "answer", "answers")
        yield from _unknown(file, "links", answer.links, kb.contacts, "contact", "contacts.yaml")
        if not any(part.kind is PartKind.VERDICT for part in answer.parts[:1]):
            yield Problem(file, "parts[0]", "-", "the first part does not settle the question", "begin with a verdict")
        if answer.review_by <= answer.as_of:
            what = "the review is due before the answer was checked"
            yield Problem(file, "review_by", answer.review_by.isoformat(), what, "give a later day")
    yield from _doubled(answers.values())


def _answer(row: Mapping[str, Any]) -> Answer:
    dialog = row.get("dialog", {})
    return Answer(
        id=row["id"],
        version=row["version"],
        status=AnswerStatus(row["status"]),
        owner=row["owner"],
        as_of=date.fromisoformat(row["as_of"]),
        review_by=date.fromisoformat(row["review_by"]),
        expires=date.fromisoformat(row["expires"]) if "expires" in row else None,
        revised=MappingProxyType({language: date.fromisoformat(row["revised"][language]) for language in Language}),
        shortcut=row["shortcut"],
        titles=_in_all_languages(row["title"]),
        keywords=MappingProxyType({language: tuple(row["keywords"][language]) for language in Language}),
        parts=tuple(_part(part) for part in row["parts"]),
        facts=tuple(row.get("facts", ())),
        sources=tuple(row.get("sources", ())),
        conflicts=tuple(row.get("conflicts", ())),
        told=tuple(row.get("told", ())),
        related=tuple(row.get("related", ())),
        flow=dialog.get("flow"),
        given=tuple(dialog.get("given", {}).items()),
        at_once=dialog.get("at_once", False),
        links=tuple(row.get("links", ())),
    )


def _part(row: Mapping[str, Any]) -> Part:
    return Part(PartKind(row["part"]), _in_all_languages(row), tuple(row.get("while", ())), tuple(row.get("after", ())))


def _in_all_languages(row: Mapping[str, Any]) -> Mapping[Language, str]:
    return MappingProxyType({language: " ".join(row[language].split()) for language in Language})


def _texts_differ(table: Table) -> Iterator[Problem]:
    """A part that shows other figures in one language than in another tells two stories."""
    for index, part in enumerate(table.content["parts"]):
        expected = Counter(references_in(part[Language.EN]))
        for language in (Language.KK, Language.RU):
            odd = sorted(map(str, set(references_in(part[language])) ^ set(expected)))
            if odd:
                place = f"parts[{index}].{language}"
                what = "its figures are not those of the English text"
                yield Problem(table.file, place, ", ".join(odd), what, "show the same figures in all languages")
        for language in Language:
            left = part[language]
            for reference in references_in(left):
                left = left.replace(str(reference), "")
            if "{" in left or "}" in left:
                what = "a brace that belongs to no reference"
                repair = "write {family.id.field}, such as {fee.duty_single.amount}"
                yield Problem(table.file, f"parts[{index}].{language}", shown(left), what, repair)


def _unknown_facts(answer: Answer, file: str, kb: KnowledgeBase) -> Iterator[Problem]:
    records = {name: fact_record(kb, name, answer.as_of) for name in answer.named_facts}
    for name, record in records.items():
        if record is None:
            yield Problem(file, "-", name, "there is no such fact", "correct the name, or add the fact")
        elif not record.served:
            yield Problem(file, "-", name, "travellers are not told this fact", "leave it out")
    for index, part in enumerate(answer.parts):
        for reference in part.references:
            record = records[reference.fact]
            if record is not None and reference.field not in record.figures:
                yield _no_figure(file, f"parts[{index}]", reference, record.figures)
    known = {*answer.conflicts, *answer.told}
    for name, record in records.items():
        for conflict in () if record is None else record.conflicts:
            if conflict not in known:
                what = f"the sources of {name} disagree, and the answer does not say so"
                repair = "list it under conflicts, or under told where the words tell it"
                yield Problem(file, "conflicts", conflict, what, repair)


def _no_figure(file: str, place: str, reference: Reference, figures: Iterable[str]) -> Problem:
    repair = f"use one of {', '.join(figures) or 'no figure: the fact has none'}"
    return Problem(file, place, str(reference), f"{reference.fact} has no such figure", repair)


def _unknown(
    file: str, path: str, names: Iterable[str], known: Iterable[str], kind: str, home: str
) -> Iterator[Problem]:
    for name in names:
        if name not in known:
            yield Problem(file, path, name, f"there is no such {kind}", f"correct the id, or add it to {home}")


def _doubled(answers: Iterable[Answer]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for answer in answers:
        other = owners.setdefault(answer.shortcut, answer.id)
        if other != answer.id:
            what = f"{other} has this shortcut too"
            yield Problem(
                f"answers/{answer.id.replace('.', '/')}.yaml", "shortcut", answer.shortcut, what, "choose another"
            )
