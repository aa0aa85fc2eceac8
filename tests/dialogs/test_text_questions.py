"""Questions for typed data: what is not sure is offered, and no button holds what was typed."""

from dataclasses import replace

import pytest

from dialogs.engine import World, turn
from dialogs.events import Press, Text
from dialogs.flow import Flow, Question, Rule
from dialogs.formats import Voice
from dialogs.forms import FORMS
from dialogs.plain import to_plain
from dialogs.questions import KINDS, Accepted, Asking, Offered, Refused
from dialogs.says import PressButton
from dialogs.session import Session, View
from dialogs.tree import Kind
from knowledge.language import Language

# The words of questions that there are; what is asked is no matter here.
NAME, PHONE = "what_is_the_trip_for", "how_often_will_you_enter"


def asked(world: World, form: str, offer: tuple[str, ...] = (), language: Language = Language.EN) -> Asking:
    question = Question(NAME, Kind.TEXT, (), personal=True, form=form)
    return Asking(question, Voice(world.texts, language), world.knowledge, world.today, 1, offer)


@pytest.fixture
def talk(world: World) -> tuple[World, Session]:
    """A dialog that asks for a name, then for a number."""
    questions = {
        NAME: Question(NAME, Kind.TEXT, (Rule(None, PHONE, None),), personal=True, form="latin_name"),
        PHONE: Question(PHONE, Kind.TEXT, (Rule(None, None, "none"),), personal=True, form="iin"),
    }
    flow = Flow("which_visa", 1, questions)
    session = Session(language=Language.EN, run=1, flow=flow.id, version=1, view=View.FLOW)
    return replace(world, flows={flow.id: flow}), session


def test_a_written_value_is_the_answer(world: World) -> None:
    kind = KINDS[Kind.TEXT]
    assert kind.read(asked(world, "latin_name"), "Eriksson") == Accepted("ERIKSSON")
    assert kind.read(asked(world, "phone"), "8 701 123 45 67") == Accepted("+77011234567")


@pytest.mark.parametrize("language", Language)
def test_a_mistake_shows_the_right_form(world: World, language: Language) -> None:
    reading = KINDS[Kind.TEXT].read(asked(world, "document_number", language=language), "12")
    assert isinstance(reading, Refused)
    assert "N1234567" in reading.says[0]


def test_a_proposal_is_offered_and_confirmed(world: World) -> None:
    kind = KINDS[Kind.TEXT]
    reading = kind.read(asked(world, "latin_name"), "Иванова")
    assert isinstance(reading, Offered)
    offering = asked(world, "latin_name", reading.offer)
    assert "IVANOVA" in str(kind.lead(offering))
    for said in ("yes", "да", "иә", "1", "ok"):
        assert kind.read(offering, said) == Accepted("IVANOVA")
    for said in ("no", "нет", "жоқ", "2"):
        refused = kind.read(offering, said)
        assert isinstance(refused, Offered)
        assert refused.offer == ()
    assert kind.read(offering, "Petrova") == Accepted("PETROVA")


def test_no_button_holds_the_text(world: World) -> None:
    kind = KINDS[Kind.TEXT]
    rows = kind.rows(asked(world, "address", ("confirm_text", "Astana, Koktem Street " + "x" * 150)))
    data = [button.action.data for row in rows for button in row if isinstance(button.action, PressButton)]
    assert len(data) == 2
    assert all(len(each) <= 64 and "Koktem" not in each for each in data)
    assert kind.rows(asked(world, "address")) == ()


def test_an_offer_of_another_question_is_none(world: World) -> None:
    """A button that outlived its offer takes nothing, and a stored offer must be of this form."""
    kind = KINDS[Kind.TEXT]
    for offer in ((), ("confirm_text", "not a number"), ("confirm", "80051030012"), ("confirm_text",)):
        assert isinstance(kind.tapped(asked(world, "iin", offer), "ok"), Refused)
        assert kind.lead(asked(world, "iin", offer)) == ()


def test_stored_values(world: World) -> None:
    question = Question(NAME, Kind.TEXT, (), form="phone")
    kind = KINDS[Kind.TEXT]
    assert kind.is_valid(question, "+77011234567", world.knowledge, world.today)
    assert not kind.is_valid(question, "87011234567", world.knowledge, world.today)
    assert not kind.is_valid(question, 77011234567, world.knowledge, world.today)
    assert kind.shown(question, "+77011234567", Voice(world.texts, Language.RU)) == FORMS["phone"].shown("+77011234567")


def test_the_whole_way(talk: tuple[World, Session]) -> None:
    """A typed name in Cyrillic is offered, pressed, told, and the next question comes; "1" is no button there."""
    world, session = talk
    offered = turn(session, Text("Иванова"), world)
    assert "IVANOVA" in to_plain(offered.says[-1])
    yes = next(
        button.action.data
        for row in offered.says[-1].buttons
        for button in row
        if isinstance(button.action, PressButton) and button.label.endswith("Yes")
    )
    settled = turn(offered.session, Press(yes), world)
    assert settled.session.answer_to(NAME) == "IVANOVA"
    assert turn(offered.session, Text("1"), world).session.answer_to(NAME) == "IVANOVA"
    number = turn(settled.session, Text("1"), world)
    assert number.session.answer_to(PHONE) is None
    assert "12" in to_plain(number.says[-1])
