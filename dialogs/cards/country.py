"""The card of a country: how its passport holders enter today, and whether they can get an e-visa."""

from dialogs.cards.evisa import evisa_verdict, list_facts
from dialogs.cards.parts import note_text, sources, titled, warning_lines, window_text
from dialogs.cards.room import fitted
from dialogs.formats import Voice
from dialogs.says import Block, Bold, Fact, Facts, Heading, Line, Paragraph
from dialogs.world import World
from knowledge.advice import Outcome
from knowledge.evisa import EvisaCheck
from knowledge.policy import check_evisa
from knowledge.policy.case import regime_on
from knowledge.policy.entry import smaller_windows
from knowledge.policy.way_in import way_in
from knowledge.regimes import Regime

__all__ = ["country_card", "country_line"]

_BY_VISA = (Outcome.EVISA, Outcome.VISA)
_TOLD = frozenset(
    {
        "evisa_editions_differ",
        "evisa_fee_dated",
        "evisa_one_category_only",
        "evisa_rule_has_ended",
        "no_evisa_list_for_that_day",
        "visa_free_no_evisa_needed",
    }
)
"""Warnings that only repeat the verdict of the check, or speak of fees."""


def country_card(country: str, world: World, voice: Voice) -> tuple[Block, ...]:
    """The rules of an ordinary passport today, short, with their day and sources. The country must have regimes."""
    check, regime = _looked_up(country, world)
    notes = () if regime is None else tuple((note_text(name, world.knowledge, voice),) for name in regime.notes)
    told = (*notes, *_warnings(check, voice))
    label = voice.text("inline.entry_on", date=voice.date(world.today))
    blocks: tuple[Block, ...] = (
        Heading(voice.country(country)),
        Facts((Fact(label, (Bold(_entry(check, regime, voice)),)),)),
        Paragraph((voice.text(f"evisa_verdict.{evisa_verdict(check, world.knowledge)}"),)),
        Facts((*list_facts(check, world.knowledge, voice), *_limits(check, voice))),
        *titled(voice.text("card.warnings"), told),
        Paragraph((voice.text("card.not_official"),)),
    )
    return fitted(blocks, (), sources(check.sources, world.knowledge, voice), voice)


def country_line(country: str, world: World, voice: Voice) -> str:
    """Both verdicts in one line."""
    check, regime = _looked_up(country, world)
    entry = _entry(check, regime, voice)
    if way_in(check, regime) not in _BY_VISA:
        return entry
    return f"{entry} {voice.text(f'inline.evisa.{evisa_verdict(check, world.knowledge)}')}"


def _looked_up(country: str, world: World) -> tuple[EvisaCheck, Regime | None]:
    check = check_evisa(world.knowledge, country, world.today)
    return check, regime_on(world.knowledge, country, world.today)


def _entry(check: EvisaCheck, regime: Regime | None, voice: Voice) -> str:
    """The entry rule in a few words."""
    outcome = way_in(check, regime)
    if outcome is Outcome.VISA_FREE and check.visa_free is not None and check.visa_free.days is not None:
        return voice.text("inline.entry.visa_free", days=voice.days(check.visa_free.days))
    if outcome is Outcome.CITIZEN:
        return voice.text("evisa_verdict.citizen")
    return voice.text("inline.entry.visa" if outcome in _BY_VISA else "inline.entry.ask_authority")


def _warnings(check: EvisaCheck, voice: Voice) -> tuple[Line, ...]:
    """All doubts but those about fees, of which the card does not speak, and those that its verdict tells."""
    fees = {fee.conflict_id for fee in check.fees}
    warnings = (warning for warning in check.warnings if warning not in _TOLD)
    return warning_lines(warnings, (conflict for conflict in check.conflicts if conflict not in fees), voice)


def _limits(check: EvisaCheck, voice: Voice) -> tuple[Fact, ...]:
    """The rolling limit to keep to, and the last day of a visa-free regime."""
    regime = check.visa_free
    if regime is None:
        return ()
    windows = (Fact(voice.text("card.window"), (window_text(window, voice),)) for window in smaller_windows(regime)[:1])
    end = (
        () if regime.validity.end is None else (Fact(voice.text("card.last_day"), (voice.date(regime.validity.end),)),)
    )
    return (*windows, *end)
