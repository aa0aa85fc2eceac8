"""Where an invitation stands, from the day it is handed over to its end."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

__all__ = ["Status", "may_follow"]


class Status(StrEnum):
    """One stage. The inviting party is told of each change; `issued` has a number and `refused` a ground."""

    RECEIVED = "received"
    IN_CHECK = "in_check"
    RETURNED = "returned"
    SENT = "sent_to_portal"
    POLICE_CHECK = "police_check"
    SECURITY = "security_coordination"
    ISSUED = "issued"
    REFUSED = "refused"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


_BEFORE_THE_PORTAL = frozenset({Status.CLOSED, Status.WITHDRAWN})
_FOLLOWS: Mapping[Status, frozenset[Status]] = MappingProxyType(
    {
        Status.RECEIVED: frozenset({Status.IN_CHECK, Status.RETURNED, *_BEFORE_THE_PORTAL}),
        Status.IN_CHECK: frozenset({Status.RETURNED, Status.SENT, *_BEFORE_THE_PORTAL}),
        Status.RETURNED: frozenset({Status.RECEIVED, Status.IN_CHECK, *_BEFORE_THE_PORTAL}),
        Status.SENT: frozenset({Status.POLICE_CHECK, Status.ISSUED, Status.REFUSED, *_BEFORE_THE_PORTAL}),
        Status.POLICE_CHECK: frozenset({Status.SECURITY, Status.ISSUED, Status.REFUSED, *_BEFORE_THE_PORTAL}),
        Status.SECURITY: frozenset({Status.ISSUED, Status.REFUSED, *_BEFORE_THE_PORTAL}),
        Status.ISSUED: frozenset({Status.CLOSED, Status.WITHDRAWN}),
        Status.REFUSED: frozenset({Status.CLOSED}),
        Status.CLOSED: frozenset(),
        Status.WITHDRAWN: frozenset(),
    }
)


def may_follow(now: Status) -> frozenset[Status]:
    """The stages that can come after `now`; none after the end."""
    return _FOLLOWS[now]
