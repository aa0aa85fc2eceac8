"""A conversation under way, driven from a test: what is typed and pressed, and what came of the last turn."""

from dataclasses import dataclass, replace

from dialogs.answer import Answer
from dialogs.effects import Count, Effect
from dialogs.engine import Turn, World, turn
from dialogs.events import Command, Event, Press, Text
from dialogs.plain import to_plain
from dialogs.says import Button, PressButton
from dialogs.session import Session
from dialogs.stance import current_key
from dialogs.wire import Action, Tap
from knowledge.language import Language

__all__ = ["GUEST", "LINES", "PART", "Talk", "at_the_guests", "at_the_review", "at_the_table"]

LINES = "P<INDSPECIMEN<<ASHA<MIRA<<<<<<<<<<<<<<<<<<<<\nZ1234567<1IND9002144F3209309<<<<<<<<<<<<<<08"
"""The machine-readable zone of an invented passport."""

_BEFORE_THE_GUESTS = (
    "/invite", "I agree", "private person", "850315301235", "Arman Ulgibayev", "Astana, Dostyk street, 5",
    "+7 702 111 22 33", "skip", "private", "several times", "10 December 2026", "20 December 2026", "Astana",
    "Astana, Dostyk street, 5", "India", "New Delhi", "A wedding",
)  # fmt: skip

GUEST = (
    "ASHA MIRA", "female", "14.02.1990", "India", "India", "ordinary", "Z1234567", "1 October 2022",
    "30 September 2032", "India", "Nord Textil, manager", "India", "New Delhi, Rajpath 7",
)  # fmt: skip
"""What is typed about a guest after the surname."""

PART: tuple[tuple[str, Answer], ...] = (
    ("what_is_the_surname", "SPECIMEN"),
    ("what_are_the_first_names", "ASHA MIRA"),
    ("which_sex_has_the_holder", "female"),
    ("which_date_of_birth", "1990-02-14"),
    ("which_country_of_birth", "IN"),
    ("which_citizenship", "IN"),
    ("which_type_of_passport", "ordinary"),
    ("which_passport_number", "Z1234567"),
    ("when_was_the_passport_issued", "2022-10-01"),
    ("when_does_the_passport_end", "2032-09-30"),
    ("which_country_issued_it", "IN"),
    ("which_work_and_position", "Nord Textil, manager"),
    ("which_country_of_residence", "IN"),
    ("which_address_abroad", "New Delhi, Rajpath 7"),
)
"""The same as a guest delivers it."""


@dataclass
class Talk:
    """One conversation. Each turn has random characters of its own, as in life."""

    world: World
    session: Session
    done: Turn
    turns: int = 0

    @classmethod
    def begin(cls, world: World, language: Language = Language.EN) -> "Talk":
        """A person whose language is known."""
        session = Session(language=language)
        return cls(world, session, Turn(session, ()))

    def take(self, event: Event, world: World | None = None) -> "Talk":
        """One turn, in another world for once; the session is stored and read again."""
        self.turns += 1
        self.done = turn(self.session, event, replace(world or self.world, fresh=f"{self.turns:04}k7m2q9w4"))
        self.session = Session.from_json(self.done.session.to_json())
        return self

    def say(self, *texts: str) -> "Talk":
        """Typed messages; what begins with a slash is a command."""
        for text in texts:
            name, _, argument = text[1:].partition(" ")
            self.take(Command(name, argument) if text.startswith("/") else Text(text))
        return self

    def take_command(self, name: str, argument: str, world: World) -> "Talk":
        """A command in another world for once."""
        return self.take(Command(name, argument), world)

    def tap(self, action: Action, target: str = "", value: str = "") -> "Talk":
        """A button of the run at hand."""
        return self.take(Press(Tap(self.session.run, action, target, value).encode()))

    def add_guest(self, surname: str) -> "Talk":
        """One more guest, filled in by the inviting party."""
        if self.key == "who_are_the_guests":
            self.tap(Action.ADD, self.key)
        return self.tap(Action.SKIP, str(self.key)).say(surname, *GUEST)

    @property
    def key(self) -> str | None:
        """The question that waits."""
        return current_key(self.session, self.world)

    @property
    def answers(self) -> dict[str, Answer]:
        """The answers so far."""
        return dict(self.session.answers)

    @property
    def seen(self) -> str:
        """What was said in the last turn."""
        return "\n".join(map(to_plain, self.done.says))

    @property
    def effects(self) -> list[Effect]:
        """What else the last turn asked for, without the counts."""
        return [effect for effect in self.done.effects if not isinstance(effect, Count)]

    @property
    def buttons(self) -> list[Button]:
        """The buttons of the last turn."""
        return [button for say in self.done.says for row in say.buttons for button in row]

    @property
    def data(self) -> list[str]:
        """What they carry."""
        return [button.action.data for button in self.buttons if isinstance(button.action, PressButton)]

    def text(self, key: str, **values: object) -> str:
        """The text `key` in the language of the conversation."""
        return self.world.texts.get(self.session.language or Language.EN, key, **values)


def at_the_guests(world: World) -> Talk:
    """An invitation at its first guest."""
    return Talk.begin(world).say(*_BEFORE_THE_GUESTS)


def at_the_table(world: World) -> Talk:
    """An invitation with one guest filled in."""
    return at_the_guests(world).add_guest("SPECIMEN")


def at_the_review(world: World) -> Talk:
    """An invitation that waits to be confirmed."""
    return at_the_table(world).tap(Action.ANSWER, "who_are_the_guests", "complete")
