"""What is refused of single questions when the flows are loaded: people, forms, personal data."""

from pathlib import Path
from textwrap import dedent

import pytest

from dialogs.flow import FlowError, load_flows

HEAD = "flow: broken\nversion: 1\nquestions:\n"

BROKEN = {
    "done outside a person": (
        "- {question: one, kind: date, next: [{done: true}]}",
        "one: done: only questions inside `person` are done; use `ask` or `end`",
    ),
    "an outcome inside a person, and a way out of it": (
        """
        - question: guests
          kind: people
          max: 2
          person:
            - question: age
              kind: date
              next: [{when: holds_a_kazakh_passport, end: evisa}, {ask: after}]
          next: [{ask: after}]
        - {question: after, kind: date, next: [{end: evisa}]}
        """,
        "age: end: evisa: a person has no outcome; use `done: true`",
        "age: ask: after: belongs to the flow itself, not to guests; ask one of the same list",
    ),
    "a review of one person, a handover of none": (
        """
        - question: link
          kind: handover
          next: [{ask: guests}]
        - question: guests
          kind: people
          max: 2
          person:
            - {question: sure, kind: review, next: [{done: true}]}
          next: [{end: evisa}]
        """,
        "link: kind: handover: hands over one person's part; move it into `person`",
        "sure: kind: review: is asked of nobody in particular; move it out of `person`",
    ),
    "a review that can be skipped": (
        "- {question: sure, kind: review, optional: true, next: [{end: evisa}]}",
        "sure: optional: a review cannot be skipped; remove `optional`",
    ),
    "a form that nobody knows": (
        "- {question: poem, kind: text, form: sonnet, next: [{end: evisa}]}",
        "poem: form: sonnet: no such form; known: address, amount, bin",
    ),
    "a name that is not said to be personal": (
        "- {question: name, kind: text, form: latin_name, next: [{end: evisa}]}",
        "name: form: latin_name: is personal data; add `personal: true`",
    ),
    "a field of the passport of another kind": (
        "- {question: born, kind: text, form: line, zone: birth_date, next: [{end: evisa}]}",
        "born: zone: birth_date: is a date, not a text; correct one of them",
        "born: zone: birth_date: is read from a passport; add `personal: true`",
    ),
}


@pytest.mark.parametrize(("questions", "problems"), [(row[0], row[1:]) for row in BROKEN.values()], ids=BROKEN)
def test_a_misplaced_question_is_refused(questions: str, problems: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "broken.yaml").write_text(HEAD + dedent(questions).lstrip(), "utf-8")
    with pytest.raises(FlowError) as error:
        load_flows(tmp_path)
    for problem in problems:
        assert f"broken.yaml: {problem}" in str(error.value)
