"""What people said, and whether each word got exactly one turn, in order, and its answer no oftener than allowed."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

__all__ = ["Judgement", "Ledger"]

_ANSWER = re.compile(r"(\d+): (.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Counts; all but `said` and `marked` are of what must not be. `extra` copies are allowed where they are marked."""

    said: int
    lost: int
    turned_twice: int
    displaced: int
    extra: int
    unmarked: int
    tripled: int
    stray: int
    examples: tuple[str, ...] = ()

    @property
    def problems(self) -> list[str]:
        """What was broken."""
        bad = {
            "words got no answer": self.lost,
            "words got more than one turn": self.turned_twice,
            "answers came out of order": self.displaced,
            "extra copies were not marked as uncertain": self.unmarked,
            "answers came more than twice": self.tripled,
            "answers went to a chat that had not asked": self.stray,
        }
        told = [f"{count} {what}" for what, count in bad.items() if count]
        return [*told, *self.examples] if told else []

    @property
    def told(self) -> str:
        """In a few words."""
        return (
            f"{self.lost} lost, {self.turned_twice} double turns, {self.displaced} out of order, "
            f"{self.extra} extra copies ({self.unmarked} unmarked)"
        )


@dataclass
class Ledger:
    """The words of each chat in the order in which they were said; no word is said twice."""

    said: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    at_ms: dict[str, float] = field(default_factory=dict)
    """When a word was said, by the monotonic clock of the machine, as in the entries."""

    def delays(self, entries: Sequence[Mapping[str, Any]], chats: Collection[int]) -> list[float]:
        """The seconds from each word of these chats to its first answer, the shortest first."""
        came: dict[str, float] = {}
        for entry in entries:
            found = _ANSWER.fullmatch(entry["text"] or "")
            if found is not None and entry["chat_id"] in chats:
                came.setdefault(found[2], entry["at_ms"])
        return sorted((came[word] - at) / 1000 for word, at in self.at_ms.items() if word in came)

    def judge(
        self, entries: Sequence[Mapping[str, Any]], marked: Mapping[int, int], *, ordered: bool = True
    ) -> Judgement:
        """Hold what arrived (entries of `/preview/sent`) against it.

        `marked` counts the calls of each chat whose row says that they may have arrived twice. Where updates came out
        of order (not `ordered`) only the order of the turns is looked at.
        """
        came: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for entry in entries:
            found = _ANSWER.fullmatch(entry["text"] or "") if entry["method"] == "sendMessage" else None
            if found is not None:
                came[entry["chat_id"]].append((int(found[1]), found[2]))
        owners = {word: chat for chat, words in self.said.items() for word in words}
        examples: list[str] = []
        lost = twice = displaced = extra = unmarked = tripled = stray = 0
        for chat in self.said.keys() | came.keys():
            words, answers = self.said.get(chat, []), came.get(chat, [])
            stray += sum(owners.get(word, chat) != chat for _, word in answers)
            mine = [(turn, word) for turn, word in answers if owners.get(word) == chat]
            copies = Counter(word for _, word in mine)
            lost += sum(word not in copies for word in words)
            twice += sum(len({turn for turn, word in mine if word == one}) > 1 for one in copies)
            first = list(dict.fromkeys(mine))
            turns = [turn for turn, _ in first]
            jumps = [place for place, (before, after) in enumerate(pairwise(turns)) if after < before]
            if ordered:
                place = {word: number for number, word in enumerate(words)}
                by_turn = [place[word] for _, word in sorted(first)]
                jumps += [place for place, (before, after) in enumerate(pairwise(by_turn)) if after < before]
            displaced += len(jumps)
            examples += [f"chat {chat}, turns and words: {first[max(0, at - 2) : at + 4]}" for at in jumps[:1]]
            over = sum(count - 1 for count in copies.values())
            extra += over
            unmarked += max(0, over - marked.get(chat, 0))
            tripled += sum(count > 2 for count in copies.values())
        said = sum(map(len, self.said.values()))
        return Judgement(said, lost, twice, displaced, extra, unmarked, tripled, stray, tuple(examples[:2]))
