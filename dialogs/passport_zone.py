"""A passport's machine-readable zone, typed or photographed, fills the passport questions once the person agrees."""

import json
from collections.abc import Mapping
from dataclasses import replace

from dialogs.answer import Answer
from dialogs.checks import CHECKS
from dialogs.forms.form import Mistake
from dialogs.forms.zone import Zone, read_zone
from dialogs.keys import bare, key_of, person_of
from dialogs.questions import KINDS
from dialogs.replay import fallen, replay, situation_at
from dialogs.says import SayMode
from dialogs.session import Session, View
from dialogs.showing import Turn, show, voice_of
from dialogs.stance import current_key, flow_of
from dialogs.tree import Flow, Kind
from dialogs.world import World
from dialogs.zone_screen import ZONE, offered_zone

__all__ = ["takes_a_zone", "waits_for_a_zone", "zone_read", "zone_taken"]


def takes_a_zone(flow: Flow, key: str) -> bool:
    """Whether the question under `key` is one of those that a zone fills."""
    question = flow.questions.get(bare(key))
    if question is None:
        return False
    first = question.kind is Kind.HANDOVER
    return question.zone is not None or (first and any(other.zone for other in flow.questions.values()))


def waits_for_a_zone(session: Session, world: World) -> tuple[str, Flow] | None:
    """The key of the question on the screen and its flow, when a zone fills it."""
    key, flow = current_key(session, world), flow_of(session, world)
    if session.view is not View.FLOW or key is None or flow is None or not takes_a_zone(flow, key):
        return None
    return key, flow


def zone_read(session: Session, key: str, flow: Flow, text: str, world: World) -> Turn:
    """The zone in `text` is offered for confirmation, or the line and the field that do not fit are named."""
    voice = voice_of(session, world)
    zone = read_zone(text, world.today)
    if isinstance(zone, Mistake):
        return show(replace(session, offer=()), world, first=(voice.text(f"form.{zone.key}", **zone.values),))
    found = _answers(zone, key, flow, world)
    first = [voice.text("zone.names_cut")] if zone.names_cut else []
    offered = replace(session, view=View.FLOW, offer=(ZONE, json.dumps(found)), misses=0)
    return show(offered, world, first=first)


def zone_taken(session: Session, key: str, flow: Flow, agreed: bool, world: World) -> Turn:
    """The fields become answers; what the other answers have against one of them is said, and it is asked."""
    voice = voice_of(session, world)
    found = offered_zone(session)
    bare_session = replace(session, offer=(), editing=None)
    if not agreed or not found:
        return show(bare_session, world, first=(voice.text("text.write_again"),))
    told: list[str] = []
    filled = bare_session
    waiting = flow.questions[bare(key)]
    if waiting.kind is Kind.HANDOVER and waiting.optional:
        filled = filled.with_answer(key, None)
    for name, value in found.items():
        situation = situation_at(flow, filled.answers, world, person_of(name))
        objections = [check(situation, bare(name), value) for check in CHECKS.get(bare(name), ())]
        words = [voice.told(objection.key, objection.values) for objection in objections if objection is not None]
        told += words
        if not words:
            filled = filled.with_answer(name, value)
    gone = fallen(filled, flow, replay(flow, filled.answers, world), world)
    return show(filled.without(gone), world, first=(voice.text("zone.taken"), *told), mode=SayMode.SEND)


def _answers(zone: Zone, key: str, flow: Flow, world: World) -> Mapping[str, Answer]:
    """The fields of the zone as answers about the person of `key`, as far as the questions take them."""
    fields: Mapping[str, Answer] = {
        "surname": zone.surname,
        "first_names": zone.first_names or None,
        "sex": zone.sex,
        "birth_date": None if zone.birth_date is None else zone.birth_date.isoformat(),
        "citizenship": zone.citizenship,
        "passport_number": zone.passport_number,
        "passport_expires": zone.passport_expires.isoformat(),
        "passport_country": zone.passport_country,
    }
    found: dict[str, Answer] = {}
    for question in flow.questions.values():
        value = fields.get(question.zone or "")
        if value is not None and KINDS[question.kind].is_valid(question, value, world.knowledge, world.today):
            found[key_of(question.id, person_of(key))] = value
    return found
