"""The modes by name, in the order of the report; the last one searches what all others have logged."""

from collections.abc import Mapping

from tests.drill.bench import Drill
from tests.drill.modes import (
    absent,
    albums,
    clocks,
    database,
    duplicates,
    erasure,
    flood,
    frozen,
    kills,
    leaks,
    mixups,
    poison,
    sends,
    staff,
    stale,
    taps,
    texts,
    unreachable,
    writers,
)

__all__ = ["MODES"]

MODES: Mapping[str, Drill] = {
    "duplicates": duplicates.drill,
    "kills": kills.drill,
    "database": database.drill,
    "sends": sends.drill,
    "flood": flood.drill,
    "texts": texts.drill,
    "staff": staff.drill,
    "unreachable": unreachable.drill,
    "albums": albums.drill,
    "absent": absent.drill,
    "poison": poison.drill,
    "taps": taps.drill,
    "writers": writers.drill,
    "stale": stale.drill,
    "erasure": erasure.drill,
    "mixups": mixups.drill,
    "clocks": clocks.drill,
    "frozen": frozen.drill,
    "leaks": leaks.drill,
}
