"""What is kept about a person, for the person."""

import json
from collections.abc import Mapping
from typing import Any

from dialogs.formats import Voice
from dialogs.requests import Request
from dialogs.says import Block, Bullets, Line, Paragraph
from dialogs.session import Session
from dialogs.shelf import paper_title
from dialogs.world import World

__all__ = ["kept_data", "kept_facts"]


def kept_data(session: Session, world: World) -> Mapping[str, Any]:
    """Everything, as JSON values: the conversation with its papers, and the invitations handed over."""
    return {
        "conversation": json.loads(session.to_json()),
        "invitations": [_request(request, world.payloads.get(request.reference)) for request in world.requests],
    }


def kept_facts(session: Session, world: World, voice: Voice) -> tuple[Block, ...]:
    """The same in short."""
    lines: list[Line] = [(voice.text("privacy.kept_language", name=voice.text(f"language.name.{voice.language}")),)]
    if session.flow is not None and session.answers:
        title = voice.text(f"flow.{session.flow}.title")
        lines.append((voice.count("privacy.kept_answers", len(session.answers), title=title),))
    for paper in session.papers:
        if paper.id != session.paper:
            title = paper_title(paper, world, voice)
            lines.append((voice.text("privacy.kept_paper", title=title, date=voice.date(paper.kept_until)),))
    for request in world.requests:
        status = voice.text(f"status.{request.now.status}")
        lines.append((voice.text("privacy.kept_request", reference=request.reference, status=status),))
    return (Bullets(tuple(lines)), Paragraph((voice.text("privacy.file"),)))


def _request(request: Request, payload: Mapping[str, Any] | None) -> Mapping[str, Any]:
    return {
        "reference": request.reference,
        "history": [
            {"status": change.status, "on": change.on.isoformat(), "detail": change.detail}
            for change in request.history
        ],
        "data": payload,
    }
