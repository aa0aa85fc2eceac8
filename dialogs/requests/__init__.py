"""Invitations that were handed over, and where they stand."""

from dialogs.requests.request import Change, Request
from dialogs.requests.status import Status, may_follow

__all__ = ["Change", "Request", "Status", "may_follow"]
