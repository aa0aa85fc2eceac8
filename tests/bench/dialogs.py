"""What one turn costs of our own CPU in the longest flow, and how replay grows with the answers.

Run: python -m tests.bench.dialogs
"""

import argparse
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from dialogs.engine import turn
from dialogs.events import Event, Press, Text
from dialogs.flow import load_flows
from dialogs.keys import bare, key_of, person_of
from dialogs.replay import replay
from dialogs.session import Session
from dialogs.talks import play, read_script
from dialogs.texts import Texts
from dialogs.wire import Action, Tap
from dialogs.world import World
from knowledge.loader import load_knowledge

__all__ = ["main"]

_SCRIPT = Path(__file__).parents[1] / "conversations" / "invitation_company.yaml"
_TODAY = date(2026, 11, 22)
_GUESTS = 9
_GOAL_MS = 5.0
_TABLE = "who_are_the_guests"
_REVIEW = "is_the_invitation_right"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300, help="turns of each kind")
    rounds = parser.parse_args().rounds
    world = World(load_knowledge(), Texts.load(), load_flows(), _TODAY, fresh="7K2M9Q")
    full = _with_guests(world, _GUESTS)
    print(f"invitation with {_GUESTS} guests: {len(full.answers)} answers; {rounds} turns of each kind")
    events: dict[str, tuple[Session, Event]] = {
        "an answer typed": (_without(full, key_of("which_address_abroad", _GUESTS)), Text("12 Example Street, Cairo")),
        "an answer that is none": (_without(full, key_of("which_passport_number", 5)), Text("?")),
        "a correction in words": (full, Text("change the passport number")),
        "the table of people": (_without(full, _REVIEW, _TABLE), Text("repeat")),
        "the review page": (_without(full, _REVIEW), Text("repeat")),
        "back": (_without(full, _REVIEW), Text("back")),
        "a press on an old button": (full, Press(Tap(full.run - 1, Action.ANSWER, "x").encode())),
        "a question in the middle": (_without(full, _REVIEW), Text("how long does the security check take")),
    }
    worst = 0.0
    for name, (session, event) in events.items():
        spent = _measured(lambda session=session, event=event: turn(session, event, world), rounds)  # type: ignore[misc]
        p99 = statistics.quantiles(spent, n=100)[98]
        worst = max(worst, p99)
        print(f"  {name:26} median {statistics.median(spent):6.2f} ms   p99 {p99:6.2f} ms")
    print(f"worst p99 {worst:.2f} ms; goal {_GOAL_MS:.0f} ms")
    print("replay by answers:")
    flow = world.flows["invitation"]
    for guests in (1, 3, 9):
        session = _with_guests(world, guests)
        answers = dict(session.answers)
        spent = _measured(lambda answers=answers: replay(flow, answers, world), rounds)  # type: ignore[misc]
        each = 1000 * statistics.median(spent) / len(answers)
        print(f"  {len(answers):4} answers: {statistics.median(spent):6.3f} ms, {each:.2f} us an answer")


def _measured(act: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of CPU of each round."""
    act()  # the first call reads word lists and weights
    spent: list[float] = []
    for _ in range(rounds - 1):
        begin = time.process_time_ns()
        act()
        spent.append((time.process_time_ns() - begin) / 1e6)
    return spent


def _with_guests(world: World, number: int) -> Session:
    """The golden conversation at its review page, with its first full guest `number` times."""
    played = play(read_script(_SCRIPT), world)
    last = [
        exchange.session
        for exchange in played.exchanges
        if exchange.session.flow == "invitation" and _at_review(exchange.session, world)
    ][-1]
    answers = dict(last.answers)
    counts: dict[int, int] = {}
    for key in answers:
        if (person := person_of(key)) is not None:
            counts[person] = counts.get(person, 0) + 1
    model = max(counts, key=lambda person: counts[person])
    about = {bare(key): value for key, value in answers.items() if person_of(key) == model}
    told = {key: value for key, value in answers.items() if person_of(key) is None}
    guests = {key_of(question, person): value for person in range(1, number + 1) for question, value in about.items()}
    return replace(last, answers=tuple({**told, **guests}.items()))


def _at_review(session: Session, world: World) -> bool:
    return replay(world.flows["invitation"], dict(session.answers), world).ask == _REVIEW


def _without(session: Session, *keys: str) -> Session:
    return replace(session, answers=tuple(pair for pair in session.answers if pair[0] not in keys))


if __name__ == "__main__":
    main()
