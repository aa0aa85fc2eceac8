"""A flow as a Mermaid flowchart: questions as boxes, conditions on the arrows, outcomes as ends, people as a frame."""

from collections.abc import Iterator
from textwrap import wrap

from dialogs.formats import Voice
from dialogs.texts import TextError
from dialogs.tree import Flow, Kind, Question, Rule

__all__ = ["mermaid", "name_of", "title_of"]

_WIDTH = 26  # characters: Mermaid breaks longer lines once more, at places of its own
_INDENT = "    "
_ENDS = "end_"
_SHAPES = {
    Kind.CHECKLIST: ('[["', '"]]'),
    Kind.REVIEW: ('[/"', '"/]'),
    Kind.HANDOVER: ('>"', '"]'),
}
_ESCAPES = str.maketrans(
    {'"': "#quot;", "<": "#lt;", ">": "#gt;", "#": "#35;", "`": "#96;", "{": "#123;", "}": "#125;"}
)


def mermaid(flow: Flow, voice: Voice) -> str:
    """The picture of `flow` in the words of `voice`, as one Mermaid diagram."""
    return "\n".join(("flowchart TD", *(_INDENT + line for line in _lines(flow, voice)))) + "\n"


def title_of(flow: Flow, voice: Voice) -> str:
    """The name of the flow, its id while it has none."""
    key = f"flow.{flow.id}.title"
    return voice.text(key) if voice.knows(key) else flow.id


def _lines(flow: Flow, voice: Voice) -> Iterator[str]:
    for question in flow.questions.values():
        if question.of is None:
            yield from _framed(flow, question, voice) if question.person else (_box(question, voice),)
    ends = dict.fromkeys(rule.end for question in flow.questions.values() for rule in question.next if rule.end)
    yield from (f'{_ENDS}{end}(["{_words(name_of(end, voice) or end)}"])' for end in ends)
    for question in flow.questions.values():
        yield from _arrows(question, flow, voice)
    if ends:
        yield "classDef ending stroke-width:3px"
        yield f"class {','.join(_ENDS + end for end in ends)} ending"


def _framed(flow: Flow, table: Question, voice: Voice) -> Iterator[str]:
    """The questions about each person in a frame, which the table of people closes."""
    yield f'subgraph frame_{table.id}["{_words(voice.text("picture.each_person"))}"]'
    for question in flow.questions.values():
        if question.of == table.id:
            yield _INDENT + _box(question, voice)
    yield "end"
    yield _box(table, voice)


def _box(question: Question, voice: Voice) -> str:
    opening, closing = _SHAPES.get(question.kind, ('["', '"]'))
    return f"{question.id}{opening}{_words(_asked(question, voice))}{closing}"


def _asked(question: Question, voice: Voice) -> str:
    """The words of a question; an optional one says that it may be skipped."""
    key = f"question.{question.id}.ask"
    asked = voice.text(key) if voice.knows(key) else question.id
    return f"{asked} ({voice.text('picture.optional')})" if question.optional else asked


def _arrows(question: Question, flow: Flow, voice: Voice) -> Iterator[str]:
    """An arrow a rule; rules that lead to one place stay apart, since each has its own reason."""
    alone = len(question.next) == 1
    for rule in question.next:
        condition = "" if alone else f'|"{_words(_condition(rule, voice))}"|'
        yield f"{question.id} -->{condition} {_target(question, rule, flow)}"
    if question.person is not None:
        yield f'{question.id} -.->|"{_words(voice.text("picture.another_person"))}"| {question.person}'


def _target(question: Question, rule: Rule, flow: Flow) -> str:
    if rule.end is not None:
        return _ENDS + rule.end
    if rule.ask is None:
        return str(question.of)
    # A table of people is reached through the questions about its first person.
    return flow.questions[rule.ask].person or rule.ask


def _condition(rule: Rule, voice: Voice) -> str:
    if rule.when is None:
        return voice.text("picture.otherwise")
    key = f"condition.{rule.when}"
    return voice.text(key) if voice.knows(key) else rule.when


def name_of(end: str, voice: Voice) -> str | None:
    """What an outcome is called: its name for pictures, else the title of its card where nothing is filled in there."""
    for key in (f"outcome.{end}.name", f"outcome.{end}.title"):
        try:
            return voice.text(key)
        except TextError:
            continue
    return None


def _words(text: str) -> str:
    """Words in a label: broken into lines, and nothing that Mermaid or HTML would read as a sign."""
    return "<br>".join(line.translate(_ESCAPES) for part in text.split("\n") for line in wrap(part, _WIDTH) or [""])
