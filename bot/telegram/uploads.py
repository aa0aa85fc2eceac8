"""Files on their way to Telegram: as JSON while they wait in the outbox, as a form when they are sent."""

import base64
import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from dialogs.says import Attachment

__all__ = ["as_upload", "upload_form"]

_CONTENT = "base64"


def as_upload(file: Attachment) -> dict[str, str]:
    """The file as a parameter of a stored call."""
    return {"name": file.name, "mime": file.mime, _CONTENT: base64.b64encode(file.content).decode("ascii")}


def upload_form(payload: Mapping[str, Any]) -> aiohttp.FormData | None:
    """The parameters as a form, when one of them is a file that `as_upload` made; None for a call without files.

    In a form all that is not text is JSON (https://core.telegram.org/bots/api#making-requests).
    """
    if not any(_is_file(value) for value in payload.values()):
        return None
    form = aiohttp.FormData(quote_fields=False)
    for name, value in payload.items():
        if _is_file(value):
            content = base64.b64decode(value[_CONTENT])
            form.add_field(name, content, filename=value["name"], content_type=value["mime"])
        else:
            form.add_field(name, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))
    return form


def _is_file(value: object) -> bool:
    return isinstance(value, dict) and _CONTENT in value
