"""Every text that flows and code use exists, none lies unused, and buttons are short."""

import re
from importlib.resources import files
from pathlib import Path

from babel.messages.pofile import read_po

from dialogs.engine import World
from dialogs.events import OddityKind
from dialogs.menu import COMMANDS
from dialogs.option_sources import OPTION_SOURCES
from dialogs.reading.dates import DateProblem
from dialogs.reading.words import fold, words
from knowledge.advice import Outcome
from knowledge.evisa import EvisaVerdict
from knowledge.fees import FeeStatus
from knowledge.language import Language

ROOT = Path(__file__).parents[2]
COUNTRY_REASONS = (
    "stateless", "refugee", "other_document", "union", "unrecognised", "place", "people", "relative", "destination",
    "residence", "unknown", "no_rules",
)  # fmt: skip
LONGEST_BUTTON = 30
LONGEST_NOTICE = 200


def own_ids() -> dict[str, tuple[str, ...]]:
    """The texts of the dialogs' own catalogue."""
    with (ROOT / "locales" / "en" / "dialogs.po").open("rb") as file:
        catalog = read_po(file)
    found = {}
    for message in catalog:
        key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if key:
            found[str(key)] = tuple(str(form) for form in forms)
    return found


def used_ids(world: World) -> set[str]:
    """Ids written out in the code, and those it forms from lists."""
    used = {f"language.name.{language}" for language in Language} | {f"oddity.{kind}" for kind in OddityKind}
    used |= {f"command.{name}" for name in COMMANDS} | {f"error.date_{problem}" for problem in DateProblem}
    used |= {f"country_none.{reason}" for reason in COUNTRY_REASONS}
    used |= {f"verdict.{outcome}" for outcome in Outcome} | {f"way.{outcome}" for outcome in Outcome}
    used |= {f"evisa_verdict.{verdict}" for verdict in (*EvisaVerdict, "citizen", "visa_free", "ended")}
    used |= {f"fee_status.{status}" for status in FeeStatus}
    used |= {f"money.{fee.currency}" for fee in world.knowledge.fees.values() if fee.currency is not None}
    for flow in world.flows.values():
        for question in flow.questions.values():
            used |= {f"question.{question.id}.{part}" for part in ("ask", "example", "label")}
            family = "purpose" if question.source in ("purposes", "long_purposes") else "option"
            used |= {f"{family}.{option}" for option in question.options}
    literal = re.compile(r"""["']([a-z_]+(?:\.[a-z_]+)+)["']""")
    for part in sorted((ROOT / "dialogs").rglob("*.py")):
        used |= {key for key in literal.findall(part.read_text("utf-8")) if not key.endswith((".json", ".yaml"))}
    return used


def is_optional(key: str) -> bool:
    return re.fullmatch(r"question\..*\.(why|skipped)", key) is not None or key.startswith(("contact.", "money."))


def test_every_used_text_exists(world: World) -> None:
    families = {key.split(".")[0] for key in own_ids()} | {"purpose"}
    missing = {key for key in used_ids(world) if key.split(".")[0] in families} - world.texts.ids()
    assert missing == set()


def test_no_text_lies_unused(world: World) -> None:
    unused = {key for key in set(own_ids()) - used_ids(world) if not is_optional(key)}
    assert unused == set()


def test_every_why_belongs_to_a_question(world: World) -> None:
    questions = {id_ for flow in world.flows.values() for id_ in flow.questions}
    assert {key.split(".")[1] for key in own_ids() if re.fullmatch(r"question\..*\.why", key)} <= questions


def test_buttons_and_notices_are_short(world: World) -> None:
    for key, forms in own_ids().items():
        for form in forms:
            if key.startswith(("button.", "option.")):
                assert len(form) <= LONGEST_BUTTON, key
            if key.startswith("notice."):
                assert len(form) <= LONGEST_NOTICE, key
    for purpose in OPTION_SOURCES["purposes"]:
        assert len(world.texts.get(Language.EN, f"purpose.{purpose}")) <= LONGEST_BUTTON


def test_language_texts_are_the_same_in_all_catalogues(world: World) -> None:
    """Before a language is chosen there is no language to ask in."""
    for key in ("language.ask", *(f"language.name.{language}" for language in Language)):
        assert len({world.texts.get(language, key) for language in Language}) == 1


def test_words_are_unambiguous() -> None:
    """A word means one command, and no control word is a language."""
    import yaml

    data = yaml.safe_load((files("dialogs") / "data" / "words.yaml").read_text("utf-8"))
    for name in ("commands", "languages", "answers", "units", "numbers", "months", "days_from_today"):
        meanings: dict[str, set[str]] = {}
        for meaning, said in data[name].items():
            for word in said:
                meanings.setdefault(fold(str(word)), set()).add(str(meaning))
        assert {word: found for word, found in meanings.items() if len(found) > 1} == {}
    assert set(words().commands) & set(words().languages) == set()
    synonyms = {word for said in words().options.values() for word in said}
    # Where an option is called so, the word answers the question; at any other time it asks for a person.
    assert {words().commands[word] for word in set(words().commands) & synonyms} <= {"person"}


def test_every_option_has_words(world: World) -> None:
    """Every option can be said in other words than those of its button."""
    options = {option for flow in world.flows.values() for q in flow.questions.values() for option in q.options}
    assert options - set(words().options) == set()
