"""Every id that an advice or an e-visa check can give has an English text that its values fill."""

import re
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from knowledge.advice import Advice
from knowledge.base import KnowledgeBase
from knowledge.policy import advise, check_evisa
from knowledge.trip import Border, Entries, PassportType, Purpose, Trip

CATALOGUES = [Path(__file__).parents[3] / "locales" / "en" / f"{name}.po" for name in ("advice", "timeline")]
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
LONGEST_BUTTON = 28


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in CATALOGUES:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        found |= {str(message.id): str(message.string) for message in catalogue if message.id}
    return found


@pytest.fixture(scope="module")
def advices(kb: KnowledgeBase) -> list[Advice]:
    """Advices of every passport and purpose in the situations that differ most."""
    today = date(2026, 11, 22)
    situations = [
        (20, date(2026, 12, 10), Entries.SINGLE, Border.AIR, PassportType.ORDINARY),
        (30, date(2026, 12, 20), Entries.SINGLE, Border.AIR, PassportType.ORDINARY),
        (2000, date(2026, 11, 1), Entries.SINGLE, Border.AIR, PassportType.ORDINARY),
        (45, date(2027, 12, 10), Entries.MULTIPLE, Border.LAND, PassportType.ORDINARY),
        (45, date(2020, 1, 10), Entries.SINGLE, Border.LAND, PassportType.ORDINARY),
        (20, date(2026, 12, 10), Entries.SINGLE, Border.LAND, PassportType.ORDINARY),
        (20, date(2027, 1, 10), Entries.MULTIPLE, Border.AIR, PassportType.ORDINARY),
        (20, None, Entries.SINGLE, Border.AIR, PassportType.SERVICE),
        (20, None, Entries.SINGLE, Border.AIR, PassportType.DIPLOMATIC),
        (100, None, Entries.SINGLE, Border.AIR, PassportType.ORDINARY),
        (5, date(2026, 11, 24), Entries.SINGLE, Border.AIR, PassportType.ORDINARY),
    ]
    return [
        advise(kb, Trip(country, purpose, *situation), today)
        for country, purpose, situation in product(kb.regimes, Purpose, situations)
    ]


def test_every_id_of_an_advice_has_a_text(texts: dict[str, str], advices: list[Advice]) -> None:
    used = set()
    for advice in advices:
        used |= {f"warning.{name}" for name in advice.warnings}
        used |= {f"document.{name}" for name in advice.documents}
        used |= {f"step.{name}" for name in advice.steps}
        used |= {f"regime_note.{name}" for name in advice.notes}
        used |= {f"conflict.{name}" for name in advice.conflicts}
        used |= {f"reason.{reason.id}" for reason in advice.path}
        used |= {f"alternative.{way.condition}" for way in advice.alternatives}
        used |= {f"category.{way.category}" for way in advice.alternatives if way.category}
        used |= {f"deadline.{deadline.what}" for deadline in advice.deadlines}
        used |= {f"fee.{fee.id}" for fee in advice.fees}
    assert used - set(texts) == set()
    # And the other way round: no text of these families is dead.
    only_in_checks = {
        "warning.evisa_one_category_only",
        "warning.evisa_rule_has_ended",
        "warning.evisa_b9_1_disputed",
        "warning.evisa_fee_dated",
        "warning.no_evisa_list_for_that_day",
        "warning.visa_free_no_evisa_needed",
        "warning.visa_free_days_unknown",
    }
    families = ("warning.", "step.", "reason.", "alternative.")
    assert {name for name in texts if name.startswith(families)} - used == only_in_checks


def test_every_id_of_an_evisa_check_has_a_text(kb: KnowledgeBase, texts: dict[str, str]) -> None:
    used = set()
    for country, today in product(kb.regimes, (date(2020, 1, 1), date(2026, 11, 22), date(2027, 1, 1))):
        check = check_evisa(kb, country, today)
        used |= {f"warning.{name}" for name in check.warnings}
        used |= {f"evisa_condition.{name}" for name in check.conditions}
        used |= {f"conflict.{name}" for name in check.conflicts}
        used |= {f"category.{name}" for name in check.categories}
        used |= {f"fee.{fee.id}" for fee in check.fees}
    assert used - set(texts) == set()


def test_every_fact_id_has_a_text(kb: KnowledgeBase, texts: dict[str, str]) -> None:
    notes = {note for rules in kb.regimes.values() for rule in rules for note in rule.notes}
    wanted = {
        *(f"category.{name}" for name in kb.categories),
        *(f"document.{name}" for name in kb.documents),
        *(f"deadline.{name}" for name in kb.deadlines),
        *(f"conflict.{name}" for name in kb.conflicts),
        *(f"fee.{name}" for name in kb.fees),
        *(f"regime_note.{name}" for name in notes),
        *(f"purpose.{purpose}" for purpose in Purpose),
    }
    assert wanted - set(texts) == set()


def test_reasons_give_the_values_their_texts_need(texts: dict[str, str], advices: list[Advice]) -> None:
    for reason in {reason for advice in advices for reason in advice.path}:
        assert set(PLACEHOLDER.findall(texts[f"reason.{reason.id}"])) <= {name for name, _ in reason.values}, reason


def test_papers_give_the_figures_their_texts_need(kb: KnowledgeBase, texts: dict[str, str]) -> None:
    for document in kb.documents.values():
        figures = {name for name, _ in document.figures}
        assert set(PLACEHOLDER.findall(texts[f"document.{document.id}"])) <= figures, document.id


def test_notes_give_the_figures_their_texts_need(kb: KnowledgeBase, texts: dict[str, str]) -> None:
    for note, figures in kb.regime_notes.items():
        assert set(PLACEHOLDER.findall(texts[f"regime_note.{note}"])) == set(figures), note


def test_nothing_else_has_placeholders(texts: dict[str, str]) -> None:
    with_values = ("reason.", "document.", "regime_note.")
    conditions = {"evisa_condition.passport_clean_pages", "evisa_condition.passport_validity"}
    counted = {f"deadline.{name}_{pace}" for name in ("decision", "visa") for pace in ("expected", "latest")}
    counted |= {"deadline.visa_issued", "deadline.us_ds160_deadline", "timeline.who", "timeline.decision"}
    filled = {name for name, text in texts.items() if PLACEHOLDER.search(text) and not name.startswith(with_values)}
    assert filled == conditions | counted


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("deadline.invite_before_entry", "legal minimum"),
        ("deadline.passport_valid_after_visa", "later if the visa ends later"),
        ("alternative.business_extension_inside", "check whether this still holds"),
        ("warning.all_stays_count", "does not start the count anew"),
        ("warning.no_days_left_for_earlier_stays", "even one earlier day"),
        ("reason.passport_in_row_of_china", "only in the row of China"),
        ("reason.visa_free_days_unknown", "cannot say"),
        ("reason.no_source_names_the_passport", "can answer"),
        ("document.bank_statements", "{usd_per_month}"),
    ],
)
def test_what_is_not_sure_is_said_so(texts: dict[str, str], key: str, words: str) -> None:
    assert words in texts[key]


def test_nothing_is_called_likely(texts: dict[str, str]) -> None:
    assert [key for key, text in texts.items() if "likely" in text] == []


def test_purposes_fit_a_button_and_stay_distinct(texts: dict[str, str]) -> None:
    labels = [text for name, text in texts.items() if name.startswith("purpose.")]
    assert [label for label in labels if len(label) > LONGEST_BUTTON] == []
    assert len(set(labels)) == len(labels) == len(Purpose)
