"""Cards for any chat: a few typed letters to dated, sourced answers and country checks."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain, islice

import yaml

from dialogs.cards.answer import answer_card, part_line
from dialogs.cards.country import country_card, country_line
from dialogs.deeplink import country_start, topic_start
from dialogs.formats import Voice
from dialogs.reading.words import clip
from dialogs.says import Block, Button, OpenAssistant, Say
from dialogs.world import World
from knowledge.answer import Answer, PartKind
from knowledge.asking.ask import POSSIBLE, Asked, ask
from knowledge.asking.keywords import FEWEST_LETTERS, Keyed, by_keyword
from knowledge.asking.tongue import tongue
from knowledge.language import Language
from knowledge.serving import ServedAnswer, serve

__all__ = ["LONGEST_DESCRIPTION", "MOST_CARDS", "InlineCard", "first_topics", "inline_cards"]

MOST_CARDS = 10
LONGEST_DESCRIPTION = 100
"""Characters; clients show about two lines under the title."""

_ANOTHER_COUNTRY = "us."
_MOST_BY_KEYWORD = 6
_MOST_COUNTRIES = 4
_AFTER_A_SENTENCE = re.compile(r"(?:(?<=[^\W\d_]{3}[.!?])|(?<=\)[.!?])) ")
"""Not after "U.S." or another short form."""


@dataclass(frozen=True, slots=True)
class InlineCard:
    """One card to choose from.

    `id` is stable and at most 64 bytes; `title` and `description` are seen in the list, `say` is what is posted: one
    message with one button that leads to the assistant.
    """

    id: str
    title: str
    description: str
    say: Say


def inline_cards(query: str, world: World, own: Language) -> tuple[InlineCard, ...]:
    """The cards for what somebody typed, best first, at most MOST_CARDS; none for what is not ours.

    `own` is the reader's language; the cards are in the language of the query as far as it can be told. Pure; any text
    is answered. An answer that may not be told today never appears.
    """
    text = clip(query)
    answers = _in_order(world)
    countries = _countries(text, world)
    if not countries and sum(letter.isalnum() for letter in text) < FEWEST_LETTERS:
        few = (world.knowledge.answers[topic] for topic in first_topics())
        return tuple(_topic_cards(few, world, Voice(world.texts, own)))
    keyed = by_keyword(answers, text)
    asked = ask(world.knowledge, text, world.today)
    voice = Voice(world.texts, tongue(text, _languages(keyed), asked.language, own))
    found = _found(keyed, countries, asked, world, voice)
    return tuple(islice(found, MOST_CARDS))


@cache
def first_topics() -> tuple[str, ...]:
    """The topics shown before a word is typed, the most asked for first."""
    data = yaml.safe_load((files("dialogs") / "data" / "inline.yaml").read_text("utf-8"))
    return tuple(data["first"])


def _in_order(world: World) -> list[Answer]:
    """All answers, those that are asked for most at the front; visas of another country are seldom meant."""
    first = {topic: place for place, topic in enumerate(first_topics())}

    def place(answer: Answer) -> tuple[bool, int]:
        return answer.id.startswith(_ANOTHER_COUNTRY), first.get(answer.id, len(first))

    return sorted(world.knowledge.answers.values(), key=place)


def _countries(text: str, world: World) -> tuple[str, ...]:
    """The countries that the text names, then those that it begins to name."""
    recognizer = world.knowledge.recognizer
    codes = (*recognizer.recognize(text).candidates, *recognizer.begun(text))
    known = (code for code in dict.fromkeys(codes) if code in world.knowledge.regimes)
    return tuple(islice(known, _MOST_COUNTRIES))


def _languages(keyed: tuple[Keyed, ...]) -> frozenset[Language]:
    """The languages of the keywords that match best."""
    best = (match.languages for match in keyed if match.closeness is keyed[0].closeness)
    return frozenset(chain.from_iterable(best))


def _found(
    keyed: tuple[Keyed, ...], countries: tuple[str, ...], asked: Asked, world: World, voice: Voice
) -> Iterator[InlineCard]:
    named = [match.answer for match in keyed[:_MOST_BY_KEYWORD]]
    yield from _topic_cards(named, world, voice)
    for country in countries:
        yield _country_card(country, world, voice)
    likely = (item.answer for item in asked.suggestions if item.score >= POSSIBLE)
    rest = [*likely, *(match.answer for match in keyed[_MOST_BY_KEYWORD:])]
    seen = {answer.id for answer in named}
    unseen = {answer.id: answer for answer in rest if answer.id not in seen}
    yield from _topic_cards(unseen.values(), world, voice)


def _topic_cards(answers: Iterable[Answer], world: World, voice: Voice) -> Iterator[InlineCard]:
    for answer in answers:
        served = serve(world.knowledge, answer, world.today)
        if served is not None:
            blocks = answer_card(served, world.knowledge, voice).blocks
            title, line = answer.titles[voice.language], _verdict(served, world, voice)
            yield _card(answer.id, title, line, blocks, topic_start(answer.id), voice)


def _country_card(country: str, world: World, voice: Voice) -> InlineCard:
    name, line = voice.country(country), country_line(country, world, voice)
    blocks = country_card(country, world, voice)
    return _card(f"country.{country}", name, line, blocks, country_start(country), voice)


def _card(name: str, title: str, line: str, blocks: tuple[Block, ...], start: str, voice: Voice) -> InlineCard:
    button = Button(voice.text("inline.open"), OpenAssistant(start))
    return InlineCard(f"{name}.{voice.language}", title, _shortened(line), Say(blocks, ((button,),)))


def _verdict(served: ServedAnswer, world: World, voice: Voice) -> str:
    """The words of the first part that settles the question."""
    first = next(part for part in served.parts if part.kind is PartKind.VERDICT)
    line = part_line(first, served, world.knowledge, voice)
    return "".join(span if isinstance(span, str) else span.text for span in line)


def _shortened(line: str) -> str:
    """As many whole sentences as there is room for; of a long first sentence the words that fit, marked as cut."""
    if len(line) <= LONGEST_DESCRIPTION:
        return line
    ends = [match.start() for match in _AFTER_A_SENTENCE.finditer(line, 0, LONGEST_DESCRIPTION + 1)]
    if ends:
        return line[: ends[-1]]
    return f"{line[:LONGEST_DESCRIPTION].rpartition(' ')[0].rstrip(' ,.;:–')}…"
