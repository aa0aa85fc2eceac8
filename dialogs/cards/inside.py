"""What the cards about a visa inside Kazakhstan share: how long at most, the duties, steps and doubts in words."""

from collections.abc import Iterable

from dialogs.cards.parts import fee_lines, warning_lines
from dialogs.cited import cited
from dialogs.formats import Voice
from dialogs.says import Fact, Line
from dialogs.situation import Situation
from knowledge.categories import Extension

__all__ = ["doubts", "duties", "longest_extension", "told"]


def longest_extension(extension: Extension, voice: Voice) -> Fact:
    """How long at most; what only some get is said beside it."""
    words = voice.days(extension.max_days)
    if extension.once:
        words += f" ({voice.text('outcome.extension.once')})"
    if extension.longer_days is not None:
        words += (
            f"; {voice.text(f'outcome.extension.{extension.longer_audience}', days=voice.days(extension.longer_days))}"
        )
    if extension.extra_days is not None:
        words += (
            f"; {voice.text(f'outcome.extension.{extension.extra_audience}', days=voice.days(extension.extra_days))}"
        )
    return Fact(voice.text("outcome.extension.longest"), (words,))


def duties(names: Iterable[str], situation: Situation, voice: Voice) -> tuple[Line, ...]:
    """Duties as they may be told today: outside their year without an amount."""
    return fee_lines((situation.knowledge.fees[name].on(situation.today) for name in names), voice)


def told(family: str, names: Iterable[str], situation: Situation, voice: Voice) -> list[Line]:
    """The texts `outcome.<family>.<name>` with the figures they refer to."""
    return [
        cited(voice.text(f"outcome.{family}.{name}"), situation.knowledge, voice, situation.today) for name in names
    ]


def doubts(own: tuple[str, ...], conflicts: Iterable[str], situation: Situation, voice: Voice) -> tuple[Line, ...]:
    """The texts `outcome.<name>` of `own`, that the order was read in a copy, and where sources disagree."""
    own_words = [cited(voice.text(f"outcome.{name}"), situation.knowledge, voice, situation.today) for name in own]
    return (*own_words, *warning_lines(("unofficial_copy",), conflicts, voice))
