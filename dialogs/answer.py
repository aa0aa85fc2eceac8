"""An answer of a person, as it is kept."""

__all__ = ["Answer"]

Answer = str | int | None
"""An answer as a JSON value; None means that an optional question was skipped."""
