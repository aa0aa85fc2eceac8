"""What is wrong with a flow beyond its form: names nobody knows, questions nobody reaches, roads without an end."""

from collections import Counter
from collections.abc import Iterator, Sequence

from dialogs.kind_checks import kind_problems
from dialogs.option_sources import OPTION_SOURCES
from dialogs.outcomes import OUTCOMES
from dialogs.predicates import PREDICATES
from dialogs.tree import Flow, Kind, Question

__all__ = ["problems_of"]


def problems_of(flow: Flow, ids: Sequence[str]) -> Iterator[str]:
    """Every problem of `flow` as "question: value: what; repair". `ids` are its question ids as the file lists them."""
    for id_, number in Counter(ids).items():
        if number > 1:
            yield f"{id_}: stands {number} times; keep one"
    for question in flow.questions.values():
        yield from _unknown_names(flow, question)
        yield from _rules_out_of_order(question)
        yield from _unusable_numbers(question)
        yield from kind_problems(flow, question)
    reached = flow.reachable_from(flow.start)
    for id_ in flow.questions:
        if id_ not in reached:
            yield f"{id_}: no answer leads here; route to it or remove it"
        elif _comes_back(flow, id_):
            yield f"{id_}: leads back to itself, so it can never end; route onward to an `end`"


def _comes_back(flow: Flow, id_: str) -> bool:
    """Whether some answers lead from a question to itself. That the next person is asked the same is no loop."""
    seen: set[str] = set()
    waiting = [rule.ask for rule in flow.questions[id_].next]
    while waiting:
        asked = waiting.pop()
        if asked == id_:
            return True
        if asked is not None and asked not in seen and asked in flow.questions:
            seen.add(asked)
            waiting += [rule.ask for rule in flow.questions[asked].next]
    return False


def _unknown_names(flow: Flow, question: Question) -> Iterator[str]:
    for rule in question.next:
        if rule.when is not None and rule.when not in PREDICATES:
            yield f"{question.id}: when: {rule.when}: no such predicate; known: {', '.join(sorted(PREDICATES))}"
        if rule.ask is not None and rule.ask not in flow.questions:
            yield f"{question.id}: ask: {rule.ask}: no such question in this flow; add it or correct the name"
        if rule.end is not None and rule.end not in OUTCOMES:
            yield f"{question.id}: end: {rule.end}: no such outcome; known: {', '.join(sorted(OUTCOMES))}"
    if question.source is not None and question.source not in OPTION_SOURCES:
        yield f"{question.id}: source: {question.source}: no such list; known: {', '.join(sorted(OPTION_SOURCES))}"


def _rules_out_of_order(question: Question) -> Iterator[str]:
    *earlier, last = question.next
    if last.when is not None:
        yield f"{question.id}: when: {last.when}: there is no else; end `next` with a rule without `when`"
    for rule in earlier:
        if rule.when is None:
            yield f"{question.id}: {rule.ask or rule.end}: the rules after it are never read; move it to the end"


def _unusable_numbers(question: Question) -> Iterator[str]:
    if question.kind is not Kind.NUMBER:
        return
    if question.low > question.high:
        yield f"{question.id}: min: {question.low}: is above max {question.high}; swap them"
    for number in question.suggest:
        if not question.low <= number <= question.high:
            yield f"{question.id}: suggest: {number}: is not within {question.low} to {question.high}; remove it"
