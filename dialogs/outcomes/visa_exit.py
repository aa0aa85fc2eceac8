"""Where the dialog about a visa inside Kazakhstan ends with a visa for leaving, or with a lost one given anew."""

from collections.abc import Iterator

from dialogs.cards.ending import Ending
from dialogs.cards.inside import doubts, duties, longest_extension, told
from dialogs.cards.parts import titled, warning_lines
from dialogs.cited import proof
from dialogs.contacts import contact_lines
from dialogs.formats import Voice
from dialogs.inside import exit_category
from dialogs.says import Block, Fact, Facts, Heading, Line, Paragraph, Say
from dialogs.situation import Situation
from knowledge.categories import Category

__all__ = ["exit_reason_unclear", "exit_visa", "visa_restored"]

_FLOW = "visa_inside"
_DUTIES, _EXIT_DUTY = ("duty_single", "duty_multiple"), ("duty_exit",)


def visa_restored(situation: Situation, voice: Voice, run: int) -> Say:
    """A lost or damaged visa is given anew; without the passport that comes first, or an exit visa."""
    ending, lost = Ending(_FLOW, situation, voice, run), situation.answers.get("what_is_lost") == "lost_passport"
    steps = ("new_passport", "ask_for_it", "or_leave") if lost else ("ask_for_it",)
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.visa_restored.title")),
        *titled(voice.text("card.steps"), told("visa_restored", (*steps, "wait"), situation, voice), numbered=True),
        *titled(voice.text("card.documents"), [(voice.text("outcome.visa_restored.papers"),)]),
        *titled(voice.text("card.fees"), duties((*_DUTIES, *(_EXIT_DUTY if lost else ())), situation, voice)),
        *titled(voice.text("card.warnings"), doubts(("visa_restored.evisa",), ("visa_issue_time",), situation, voice)),
    )
    facts = (
        "statement.visa_restored",
        "statement.lost_passport",
        "deadline.visa_issue",
        *(f"fee.{duty}" for duty in _DUTIES),
    )
    found = proof((*facts, "special_rule.evisa_data_match"), situation.knowledge, situation.today)
    return ending.say(blocks, found, ("visa.lost-passport", "service.contacts"))


def exit_visa(situation: Situation, voice: Voice, run: int) -> Say:
    """The exit visa that fits the reason: how long it holds, where it is given, what it costs."""
    category = exit_category(situation)
    if category is None:
        return exit_reason_unclear(situation, voice, run)
    ending, variant = Ending(_FLOW, situation, voice, run), category.variants[0]
    steps = (*(("new_passport",) if category.code == "B15" else ()), "ask_for_it", "wait", "leave")
    rows = [
        Fact(voice.text("card.category"), (f"{category.code} – {voice.text(f'category.{category.code}')}",)),
        Fact(voice.text("outcome.exit_visa.holds"), (voice.days(variant.max_validity_days),)),
    ]
    if category.extension is not None:
        rows.append(longest_extension(category.extension, voice))
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.exit_visa.title")),
        Facts(tuple(rows)),
        *titled(voice.text("card.steps"), told("exit_visa", steps, situation, voice), numbered=True),
        *titled(voice.text("card.documents"), [(voice.text("outcome.exit_visa.papers"),)]),
        *titled(voice.text("card.fees"), duties(_EXIT_DUTY, situation, voice)),
        *titled(voice.text("card.warnings"), tuple(_notes(category, situation, voice))),
    )
    facts = (f"category.{category.code}", "fee.duty_exit", "deadline.visa_issue")
    return ending.say(blocks, proof(facts, situation.knowledge, situation.today), ("service.contacts",))


def exit_reason_unclear(situation: Situation, voice: Voice, run: int) -> Say:
    """No exit visa is known for the reason: who says which one it is."""
    ending = Ending(_FLOW, situation, voice, run)
    blocks: tuple[Block, ...] = (
        Heading(voice.text("outcome.exit_reason_unclear.title")),
        Paragraph((voice.text("outcome.exit_reason_unclear.text"),)),
        *titled(voice.text("person.title"), contact_lines(situation.knowledge, voice)),
        *titled(voice.text("card.fees"), duties(_EXIT_DUTY, situation, voice)),
        *titled(voice.text("card.warnings"), warning_lines(("unofficial_copy",), (), voice)),
    )
    found = proof(("category.B17", "fee.duty_exit"), situation.knowledge, situation.today)
    return ending.say(blocks, found, ("service.contacts",))


def _notes(category: Category, situation: Situation, voice: Voice) -> Iterator[Line]:
    for note in category.variants[0].notes:
        yield (voice.text(f"variant_note.{note}"),)
    waived = ("exit_visa.passport_conditions",) if "passport_conditions_waived" in category.notes else ()
    yield from doubts(waived, ("visa_issue_time",), situation, voice)
