"""Modes of parts that the product does not have yet."""

from collections.abc import Sequence

from tests.drill.bench import Bench
from tests.drill.outcome import Outcome

__all__ = ["drill"]


async def drill(_bench: Bench) -> Sequence[Outcome]:
    """Say so."""
    return [
        Outcome.waits(
            "9 status by reference",
            "no look-up by reference: /status shows one's own alone; enumeration waits for the status page",
        ),
        Outcome.waits("10 outgoing webhooks", "the product sends none yet"),
    ]
