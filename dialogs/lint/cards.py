"""The cards at the ends: they come without an error in every language, fit a message, and their buttons fit a tap."""

from collections.abc import Iterator, Sequence

from dialogs.cards.room import LONGEST_CARD, length
from dialogs.formats import Voice
from dialogs.outcomes import OUTCOMES
from dialogs.says import PressButton, Say
from dialogs.tree import Flow
from dialogs.walk import Survey
from dialogs.walk.standing import situation_of
from dialogs.walk.summary import Answered
from dialogs.wire import LIMIT
from dialogs.world import World
from knowledge.checks.finding import Finding, Severity
from knowledge.language import Language

__all__ = ["findings"]

_LAST_RUN = 999_999
_LONGEST_LABEL = 64
_MOST_TRIED = 200


def findings(flow: Flow, world: World, ways: Survey) -> Iterator[Finding]:
    """One finding for each outcome, language and kind of defect, with the first way on which it shows."""
    for end, examples in sorted(ways.examples.items()):
        seen: set[tuple[str, Language]] = set()
        for way in _some(examples) if end in OUTCOMES else ():
            for language in Language:
                for kind, message, repair in _defects(end, way, Voice(world.texts, language), world):
                    if (kind, language) not in seen:
                        seen.add((kind, language))
                        what = f"{language}: {message}, after {', '.join(f'{key}: {value}' for key, value in way)}"
                        yield Finding(Severity.ERROR, f"flow.{flow.id}.{end}", what, repair)


def _some(examples: Sequence[Answered]) -> Sequence[Answered]:
    """At most so many of the ways, spread over all of them."""
    return examples[:: -(-len(examples) // _MOST_TRIED)]


def _defects(end: str, way: Answered, voice: Voice, world: World) -> Iterator[tuple[str, str, str]]:
    try:
        say = OUTCOMES[end](situation_of(way, world), voice, _LAST_RUN)
    except Exception as error:  # whatever an outcome raises is a finding
        yield "error", f"raised {type(error).__name__} ({error})", "make a card of every way"
        return
    units = sum(map(length, say.blocks))
    if units > LONGEST_CARD:
        yield "long", f"the card has {units} UTF-16 units, {LONGEST_CARD} fit", "shorten it, or fold more of it away"
    yield from _of_buttons(say)


def _of_buttons(say: Say) -> Iterator[tuple[str, str, str]]:
    if not say.buttons:
        yield "stuck", "the card has no button", "lead on: change something, the menu, the language"
    for button in (button for row in say.buttons for button in row):
        if len(button.label) > _LONGEST_LABEL:
            yield "label", f"the button {button.label!r} has more than {_LONGEST_LABEL} characters", "shorten its text"
        if isinstance(button.action, PressButton) and len(button.action.data.encode()) > LIMIT:
            yield "data", f"the button {button.label!r} carries more than {LIMIT} bytes", "shorten the ids it names"
