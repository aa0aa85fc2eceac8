"""The items and the way of an invitation, its refusal and what is free of charge, as their sources have them."""

import pytest

from knowledge.base import KnowledgeBase
from knowledge.facts import Confidence
from knowledge.fees import FeePlace
from knowledge.invitation import FieldOwner, SentBy
from knowledge.loader import load_knowledge
from knowledge.refusals import AskedFor

_KB = load_knowledge()


@pytest.fixture
def kb() -> KnowledgeBase:
    return _KB


def test_items_by_owner(kb: KnowledgeBase) -> None:
    counted = {owner: sum(row.who is owner for row in kb.invitation_fields.values()) for owner in FieldOwner}

    assert counted == {FieldOwner.INVITER: 8, FieldOwner.INVITEE: 13, FieldOwner.TRIP: 8}


def test_items_that_are_not_always_asked(kb: KnowledgeBase) -> None:
    unsettled = {name for name, row in kb.invitation_fields.items() if row.required is None}
    limited = {name: row.only for name, row in kb.invitation_fields.items() if row.only is not None}

    assert unsettled == {"outgoing_number", "inviter_registration", "passport_type"}
    assert limited == {"inviter_signature": SentBy.PAPER, "inviter_eds": SentBy.PORTAL}
    assert all(row.required for name, row in kb.invitation_fields.items() if name not in unsettled)


def test_items_that_rest_on_other_facts(kb: KnowledgeBase) -> None:
    assert kb.invitation_fields["inviter_number"].format == "IIN or BIN, 12 digits with a check digit"
    assert kb.invitation_fields["passport_expires"].deadline == "passport_valid_after_visa"
    assert kb.invitation_fields["duty_receipt"].fee == "duty_invitation"
    assert kb.invitation_fields["passport_type"].confidence is Confidence.LOW


def test_the_way_of_an_invitation(kb: KnowledgeBase) -> None:
    assert [(stage.id, stage.actor, stage.deadlines) for stage in kb.invitation_stages] == [
        (
            "invitation_sent",
            "inviter",
            ("invite_before_entry", "invite_horizon_private", "invite_horizon_petition"),
        ),
        ("intake", "intake", ()),
        ("review_electronic", "migration_police", ("invite_review_electronic",)),
        ("review_paper", "migration_police", ("invite_review",)),
        ("local_check", "migration_police", ()),
        ("security_agreement", "security_service", ("security_check", "security_check_extended")),
        ("decision", "migration_police", ("invite_decision",)),
        ("result_shown", "portal", ("invite_review",)),
        ("number_passed_on", "inviter", ()),
        ("visa_application", "invitee", ()),
        ("visa_issued", "issuer", ("visa_issue", "visa_issue_long", "visa_issue_late_approval")),
        ("evisa_issued", "portal", ("evisa_issue",)),
        ("refusal_planned", "issuer", ()),
        ("arrival_reported", "host", ("notify_arrival",)),
        ("extension_asked", "inviter", ("extension_earliest", "extension_latest")),
    ]


def test_grounds_of_refusal(kb: KnowledgeBase) -> None:
    grounds = kb.refusal_grounds

    assert len(grounds) == 9
    assert {name for name, row in grounds.items() if row.applies_to == {AskedFor.INVITATION}} == {"inviter_liable"}
    assert {name for name, row in grounds.items() if row.applies_to == {AskedFor.VISA}} == {"altered_passport"}
    assert {name for name, row in grounds.items() if row.intake_only} == {"intake_refusal"}
    assert dict(grounds["expelled"].figures) == {"years": 5}
    assert dict(grounds["inviter_liable"].figures) == {"times": 2, "months": 12}
    assert {row.confidence for row in grounds.values()} == {Confidence.MEDIUM}


def test_who_pays_no_duty_and_no_fee(kb: KnowledgeBase) -> None:
    inside = {name for name, row in kb.fee_exemptions.items() if row.place is FeePlace.INSIDE}
    abroad = {name for name, row in kb.fee_exemptions.items() if row.place is FeePlace.MISSION}

    assert inside == {
        "official_delegations",
        "invited_by_state_bodies",
        "humanitarian_aid",
        "ethnic_kazakhs",
        "children",
        "funeral_of_former_citizens",
        "foreign_investors",
        "mutual_waiver",
        "official_mistake",
    }
    assert abroad == {
        "groups_of_article_677",
        "event_participants",
        "international_organisations",
        "invited_by_foreign_missions",
        "official_passports",
        "official_visas",
    }


def test_exemptions_with_conditions(kb: KnowledgeBase) -> None:
    exemptions = kb.fee_exemptions

    assert exemptions["children"].who == "Children under 16"
    assert {name for name, row in exemptions.items() if row.reciprocity} == {"children", "invited_by_foreign_missions"}
    limited = {name: row.only_for for name, row in exemptions.items() if row.only_for is not None}
    assert limited == {"funeral_of_former_citizens": AskedFor.VISA, "mutual_waiver": AskedFor.INVITATION}
