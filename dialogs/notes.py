"""Short notes on a special case (`stay_note.<id>`), each with the facts that it rests on."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from dialogs.cited import cited, proof
from dialogs.formats import Voice
from dialogs.says import Line
from dialogs.situation import Situation
from knowledge.facts import Source

__all__ = ["NOTES", "NOTES_ON_CHILDREN", "note_lines", "note_proof"]

NOTES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # Work and business
        "first_visa_place": ("category.C3",),
        "change_of_region": ("statement.c3_change_of_region",),
        "aifc_simplified": ("statement.aifc_simplified", "contact.aifc_expat_centre"),
        "profession_in_demand": ("category.C4",),
        "adults_only": ("category.C5",),
        "large_investment": ("statement.a6_investment", "category.A6"),
        "remote_income": ("document.bank_statements",),
        "nomad_channel": ("special_rule.digital_nomad_b9_1",),
        # Residence
        "residence_visa_abroad": ("category.B8",),
        "residence_visa_yearly": ("category.B9",),
        "residence_visa_inside": ("special_rule.residence_visa_inside",),
        "permit_papers_unknown": ("fee.duty_residence",),
        "stay_is_shorter": (),
        # Children
        "own_passport_of_a_child": ("special_rule.evisa_single_entry",),
        "child_form_signed": ("document.application_form",),
        "child_consent": ("document.parental_consent",),
        "child_fingerprints": ("special_rule.fingerprints", "statement.fingerprints_outside_the_law"),
        "minor_inside": ("category.C11",),
        "minor_enters_first": ("category.C2",),
        # Two passports
        "two_passports": ("statement.unknown_dual_nationals",),
    }
)
"""The facts behind each note, by their names in the ledger."""

NOTES_ON_CHILDREN = ("own_passport_of_a_child", "child_form_signed", "child_consent", "child_fingerprints")
"""What is told of every child, whatever the trip is for."""


def note_lines(notes: Iterable[str], situation: Situation, voice: Voice) -> tuple[Line, ...]:
    """The words of each note, with the figures of the facts on the day."""
    knowledge, today = situation.knowledge, situation.today
    return tuple(cited(voice.text(f"stay_note.{note}"), knowledge, voice, today) for note in notes)


def note_proof(notes: Iterable[str], situation: Situation, *facts: str) -> tuple[Source, ...]:
    """The sources of `facts`, then of those behind the notes, each once."""
    behind = (*facts, *(fact for note in notes for fact in NOTES[note]))
    return proof(behind, situation.knowledge, situation.today)
