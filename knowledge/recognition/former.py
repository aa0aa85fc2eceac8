"""Citizenships of the past: "former Indian citizen, now American" says nothing of an Indian passport."""

from collections.abc import Callable, Iterable, Sequence

from knowledge.recognition.folding import BREAK
from knowledge.recognition.grammar import FROM, GLUE, is_citizenship, word_set
from knowledge.recognition.mentions import Mention
from knowledge.recognition.names import Kind
from knowledge.recognition.statuses import clause_start

__all__ = ["is_exchange", "is_former", "is_present"]

_REACH = 7
_FORMER = word_set("former formerly previous previously earlier onetime erstwhile бывшии бывшая бывшие бывшего бывшеи "
                   "бывшему бывшим раньше ранее прежде прежнии прежнее прежняя бурын бурынгы бурынырак "
                   "buryn buryngy экс")  # fmt: skip
_PAST = word_set("was were had held been был была было были имел имела имели являлся являлась")
_RENOUNCED = word_set("renounced relinquished surrendered gave lost longer cancelled отказался отказалась "
                      "вышел вышла утратил утратила лишен лишена лишился лишилась")  # fmt: skip
_LOST = frozenset({"lost", "утратил", "утратила"})
_AFTER = word_set("раньше ранее прежде previously formerly earlier бурын болганмын болганбыз болдым болдык едим едик "
                  "отказался отказалась лишен лишена утратил утратила anymore")  # fmt: skip
_LAST = word_set("before болган болды еди")
_LEFT_BEHIND = word_set("бас тарттым шыктым шыкканмын аирылдым")
_CHANGED = word_set("changed change switched exchanged swapped сменил сменила поменял поменяла обменял обменяла "
                    "изменил изменила заменил заменила ауыстырдым ауыстырганмын ауыстырган")  # fmt: skip
_NOW = word_set("now currently presently nowadays today теперь сеичас ныне казир казирги kazir qazir")
_HAVE = word_set("have has ive weve had")
_SUPPOSED = word_set("if when whether если егер")
_ISSUED = word_set("issued выдан выдано выданныи выдали берген берилген")
_RULED = word_set("citizens nationals passports гражданам граждане граждан азаматтары азаматтарына азаматтарынын")
_THROUGH = (GLUE | FROM | _PAST | word_set("i im me up to be used my gave no он только лишь been болып")) - {
    "with", "с", "со", "новый", "new", "two"
}  # fmt: skip
_PRESENT_THROUGH = (GLUE - _NOW) | word_set("i im we am have has hold got became become а но but и and стал стала имею "
                                            "получил получила являюсь только only")  # fmt: skip


def is_former(tokens: Sequence[str], mention: Mention, mentions: Iterable[Mention]) -> bool:
    """Whether the words beside a country make it a citizenship that somebody had before."""
    named = {position for other in mentions for position in range(other.start, other.end)}
    passed: list[str] = []

    def blocked(token: str) -> bool:
        return token in _ISSUED or not (token in _THROUGH or is_citizenship(token))

    after = _run(tokens, range(mention.end, len(tokens)), named, blocked)
    citizenships = [token for token in after if is_citizenship(token)]
    for position in range(mention.start - 1, max(-1, mention.start - 1 - _REACH), -1):
        token = tokens[position]
        if position in named or token in _NOW or token == BREAK:
            break
        if _ends_here(tokens, position, mention, passed, citizenships):
            return not _RULED.intersection([*passed, *after]) or token.startswith(("former", "бывш"))
        if blocked(token):
            break
        passed.append(token)
    end = mention.end + len(after)
    if end < len(tokens) and end not in named:
        last = end + 1 == len(tokens) or tokens[end + 1] == BREAK
        if tokens[end] in _AFTER or (last and tokens[end] in _LAST):
            return _RULED.isdisjoint(after)
        return bool(citizenships) and tokens[end] in _LEFT_BEHIND
    return False


def _ends_here(
    tokens: Sequence[str], position: int, mention: Mention, passed: Sequence[str], after: Sequence[str]
) -> bool:
    """Whether the word at a position, before the mention, says that the citizenship is over."""
    token = tokens[position]
    before = tokens[position - 1] if position else BREAK
    if token in _FORMER or (token in ("past", "прошлом") and before in ("the", "в", "in")):
        return True
    if token == "to" and before == "used":  # noqa: S105 - a word of a sentence
        return True
    of_citizenship = any(map(is_citizenship, passed)) or bool(after)
    if token == "ex":  # noqa: S105 - a word of a sentence
        return mention.entry.kind is Kind.PEOPLE or of_citizenship
    if token in _RENOUNCED:
        kept = any(word.startswith(("passport", "паспорт")) for word in (*passed, *after))
        return token == "longer" or (of_citizenship and not (token in _LOST and kept))  # noqa: S105
    clause = tokens[clause_start(tokens, position) : position]
    return token in _PAST and token != "been" and before not in _HAVE and _SUPPOSED.isdisjoint(clause)  # noqa: S105


def _run(tokens: Sequence[str], positions: Iterable[int], named: set[int], blocked: Callable[[str], bool]) -> list[str]:
    run: list[str] = []
    for position in positions:
        if position in named or blocked(tokens[position]) or tokens[position] in _AFTER | _LAST:
            break
        run.append(tokens[position])
    return run


def is_present(tokens: Sequence[str], mention: Mention) -> bool:
    """Whether "now" introduces a country: "now American", "теперь гражданин России"."""
    for position in range(mention.start - 1, max(-1, mention.start - 1 - _REACH), -1):
        token = tokens[position]
        if token in _NOW:
            return True
        if token not in _PRESENT_THROUGH and not is_citizenship(token):
            return False
    return False


def is_exchange(tokens: Sequence[str]) -> bool:
    """Whether a clause tells of one citizenship exchanged for another; which one is left is not sure."""
    for position, token in enumerate(tokens):
        if token in _CHANGED:
            start = clause_start(tokens, position)
            end = next((index for index in range(position, len(tokens)) if tokens[index] == BREAK), len(tokens))
            if any(map(is_citizenship, tokens[start:end])):
                return True
    return False
