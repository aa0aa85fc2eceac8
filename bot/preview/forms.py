"""The parameters of a Bot API call, from the query string and an urlencoded, multipart or JSON body."""

from __future__ import annotations

import json
from dataclasses import dataclass
from email.message import Message as Headers
from typing import Any
from urllib.parse import parse_qsl

from bot.preview.limits import UPLOAD_BYTES, RefusalError, bad_request

__all__ = ["Arguments", "Upload", "read_arguments"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a multipart body."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Arguments:
    """Parameters by name, with typed readers; a reader raises `RefusalError` where the value has the wrong type."""

    values: dict[str, Any]
    uploads: dict[str, Upload]

    def text(self, name: str) -> str:
        """The value as text, empty where it is absent."""
        value = self.values.get(name, "")
        if isinstance(value, bool):
            return str(value).lower()
        if isinstance(value, dict | list):
            raise bad_request(f'field "{name}" must be of type String')
        return "" if value is None else str(value)

    def integer(self, name: str, default: int) -> int:
        value = self.text(name).strip()
        if not value:
            return default
        try:
            return int(value)
        except ValueError:
            raise bad_request(f'field "{name}" must be a valid Number') from None

    def flag(self, name: str) -> bool:
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def structure(self, name: str, what: str) -> Any:
        """A JSON-serialised value, or None where it is absent; `what` names it in the error."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None

    def chat_id(self) -> int:
        value = self.text("chat_id").strip()
        if not value:
            raise bad_request("chat_id is empty")
        try:
            return int(value)
        except ValueError:
            raise bad_request("chat not found") from None

    def chat_id_or_none(self) -> int | None:
        """The chat that the call is about, where it names one by number."""
        try:
            return int(self.values["chat_id"])
        except (KeyError, TypeError, ValueError):
            return None

    def kinds(self) -> list[str] | None:
        """The kinds of updates asked for; as at Telegram a value that cannot be read changes nothing."""
        try:
            kinds = self.structure("allowed_updates", "allowed updates")
        except RefusalError:
            return None
        return [str(kind) for kind in kinds] if isinstance(kinds, list) else None

    def message_id(self, missing: str) -> int:
        number = self.integer("message_id", 0)
        if number <= 0:
            raise bad_request(missing)
        return number


def read_arguments(query: bytes, content_type: str, body: bytes) -> Arguments:
    """The parameters of one request; those in the body win."""
    if len(body) > UPLOAD_BYTES:
        raise RefusalError(413, "Request Entity Too Large")
    values: dict[str, Any] = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True))
    uploads: dict[str, Upload] = {}
    headers = Headers()
    headers["content-type"] = content_type or "application/x-www-form-urlencoded"
    kind = headers.get_content_type()
    try:
        if not body:
            pass
        elif kind == "application/json":
            given = json.loads(body)
            if not isinstance(given, dict):
                raise ValueError("object expected")
            values |= given
        elif kind == "multipart/form-data":
            _read_multipart(body, str(headers.get_param("boundary", "")), values, uploads)
        elif kind == "application/x-www-form-urlencoded":
            values |= parse_qsl(body.decode(), keep_blank_values=True)
    except ValueError:
        raise bad_request("can't parse the request body") from None
    return Arguments(values, uploads)


def _read_multipart(body: bytes, boundary: str, values: dict[str, Any], uploads: dict[str, Upload]) -> None:
    if not boundary:
        raise ValueError("boundary expected")
    delimiter = b"\r\n--" + boundary.encode()
    for part in (b"\r\n" + body).split(delimiter)[1:]:
        if part.startswith(b"--"):
            break
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = Headers()
        for line in head.decode().split("\r\n"):
            key, _, value = line.partition(":")
            headers[key.strip()] = value.strip()
        name = headers.get_param("name", header="content-disposition")
        if not isinstance(name, str):
            raise ValueError("a part without a name")
        file_name = headers.get_filename()
        if file_name is None:
            values[name] = content.decode()
        else:
            uploads[name] = Upload(file_name, headers.get_content_type(), content)
