"""What a script makes of the world between two turns: the day, the chance, and what is stored beside the session."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dialogs.answer import Answer
from dialogs.guests import Delivered, GuestInvitation
from dialogs.requests import Change as Step
from dialogs.requests import Request, Status
from dialogs.world import World

__all__ = ["Change"]


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from this step on; None leaves a thing as it was."""

    today: date | None = None
    fresh: str | None = None
    staff: bool | None = None
    requests: tuple[Request, ...] | None = None
    delivered: tuple[Delivered, ...] | None = None
    returned: Mapping[str, tuple[tuple[str, Answer], ...]] | None = None
    invited: GuestInvitation | None = None

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Change":
        """Read the keys of a script or a step that fit its schema. Raises ValueError for a day that is not one."""
        return cls(
            today=date.fromisoformat(data["today"]) if "today" in data else None,
            fresh=data.get("fresh"),
            staff=data.get("staff"),
            requests=tuple(_request(item) for item in data["requests"]) if "requests" in data else None,
            delivered=tuple(_delivered(item) for item in data["delivered"]) if "delivered" in data else None,
            returned=_returned(data["returned"]) if "returned" in data else None,
            invited=GuestInvitation(**data["invited"]) if "invited" in data else None,
        )

    def applied(self, world: World) -> World:
        """The world after it. A link is open for one event only."""
        return replace(
            world,
            today=self.today or world.today,
            fresh=self.fresh or world.fresh,
            staff=world.staff if self.staff is None else self.staff,
            requests=world.requests if self.requests is None else self.requests,
            delivered=world.delivered if self.delivered is None else self.delivered,
            returned=world.returned if self.returned is None else self.returned,
            invited=self.invited,
        )


def _request(data: Mapping[str, Any]) -> Request:
    way = tuple(
        Step(Status(step["status"]), date.fromisoformat(step["on"]), str(step.get("detail", "")))
        for step in data["history"]
    )
    first = date.fromisoformat(data["first_day"])
    return Request(data["reference"], data["category"], data["guests"], first, way)


def _returned(data: Mapping[str, Mapping[str, Answer]]) -> Mapping[str, tuple[tuple[str, Answer], ...]]:
    return {reference: tuple(answers.items()) for reference, answers in data.items()}


def _delivered(data: Mapping[str, Any]) -> Delivered:
    return Delivered(data["token"], data["paper"], data["person"], tuple(data["answers"].items()))
