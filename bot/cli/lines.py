"""JSON, one object a line."""

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["line_of"]


def line_of(thing: Mapping[str, Any]) -> str:
    """The object on one line, in the letters people use."""
    return json.dumps(thing, ensure_ascii=False)
