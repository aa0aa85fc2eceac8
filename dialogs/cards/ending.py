"""The end of a card: whose word it is, the sources, and the ways on from the outcome of a dialog."""

from collections.abc import Iterable, Sequence

from dialogs.buttons import tap
from dialogs.cards.answer import topic_button
from dialogs.cards.parts import sources
from dialogs.cards.room import fitted
from dialogs.formats import Voice
from dialogs.says import Block, Button, Paragraph, Say
from dialogs.situation import Situation
from dialogs.wire import Action
from knowledge.facts import Source

__all__ = ["Ending"]


class Ending:
    """What every outcome of `flow` ends with, for one person at one moment."""

    def __init__(self, flow: str, situation: Situation, voice: Voice, run: int) -> None:
        self._flow = flow
        self._situation = situation
        self._voice = voice
        self._run = run

    def button(self, key: str, action: Action, target: str = "") -> Button:
        """A button of this run."""
        return tap(self._voice, key, self._run, action, target)

    def say(self, blocks: Sequence[Block], found: Iterable[Source], topics: Iterable[str], *first: Button) -> Say:
        """The card of `blocks` on the documents `found`; `first` stand above the buttons of the vetted `topics`.

        Raises KeyError for a topic that does not exist.
        """
        knowledge, voice = self._situation.knowledge, self._voice
        told = (*blocks, Paragraph((voice.text("card.not_official"),)))
        documents = sources(dict.fromkeys(found), knowledge, voice)
        read = (topic_button(knowledge.answers[topic], voice, self._run) for topic in topics)
        return Say(fitted(told, (), documents, voice), (*((button,) for button in (*first, *read)), *self._ways()))

    def _ways(self) -> tuple[tuple[Button, ...], ...]:
        return (
            (self.button("button.change_something", Action.CHANGES),),
            (self.button("button.ask_a_person", Action.PERSON),),
            (
                self.button("button.restart", Action.START, self._flow),
                self.button("button.menu", Action.MENU),
                self.button("button.language", Action.LANGUAGES),
            ),
        )
