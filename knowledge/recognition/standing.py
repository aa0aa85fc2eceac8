"""What stands between a person and a passport: another document, a permit to stay, a relative, an ethnicity.

The rules of entry are for citizens with a national passport. A country that is named only as the issuer of such a
document, as the place somebody may live in, or as the country of somebody else says nothing of the traveller's own.
"""

from collections.abc import Container, Sequence
from itertools import pairwise

from knowledge.recognition.folding import BREAK
from knowledge.recognition.grammar import CONJUNCTIONS, FROM, GLUE, is_citizenship, word_set
from knowledge.recognition.mentions import Mention
from knowledge.recognition.names import Kind
from knowledge.recognition.statuses import Status, StatusKind, clause_start, is_status, statuses_beside

__all__ = ["own_mentions"]


_SELF = word_set("i im me we myself я мы меня мне сам сама биз бизге менде маган мени")
_SUBJECTS = frozenset({"i", "im", "we", "я", "мы", "мен", "биз"})
_PLURAL_SELF = frozenset({"i", "we", "me", "im", "мы", "я", "биз", "мен"})
_WITH_A_LINK = word_set("of the a an in for at by from to is issued valid в во на по от из для республики "
                        "республика государства выдан выданныи выдано берген елинин мемлекетинин "
                        "republic federation")  # fmt: skip
_BEFORE_STATUS = word_set("s the a permanent temporary valid issued постоянныи временныи елинин мемлекетинин "
                           "республикасынын берген")  # fmt: skip
_POSSESSIVES = word_set("my our his her their the a an мои моя моеи моего моему моим мою наш наша нашего менин биздин")
_COMPANION = word_set("and with и с со plus")
_OF_SOMEBODY = word_set("of for у для")
_INSTRUMENTAL = ("ом", "ем", "ои", "еи", "ью")
_REACH = 4


def own_mentions(
    tokens: Sequence[str], mentions: Sequence[Mention], found: Sequence[Status]
) -> tuple[list[Mention], StatusKind | None]:
    """The mentions that may be the traveller's passport, and the kind of the first status that took one away."""
    found = [*found, *statuses_beside(tokens, mentions)]
    if not found:
        return list(mentions), None
    found.sort(key=lambda status: status.start)
    named = [mention for mention in mentions if mention.entry.codes]
    inside = _positions(found)
    relatives = [status for status in found if status.kind is StatusKind.RELATIVE]
    papers = [status for status in found if status.kind is not StatusKind.RELATIVE]
    lost: dict[int, StatusKind] = {
        mention.start: StatusKind.RELATIVE
        for mention in named
        if any(_is_of_relative(tokens, mention, status, named) for status in relatives)
    }
    free = [mention for mention in named if mention.start not in lost]
    own = {mention.start for mention in free if _is_own(tokens, mention, free, inside)}
    loose: list[Status] = []
    for status in papers:
        held = [mention for mention in free if status.start <= mention.start < status.end]
        held += _attached(tokens, status, free, own)
        if not held:
            loose.append(status)
        for mention in held:
            lost.setdefault(mention.start, status.kind)
    documents = [status for status in papers if status.kind is StatusKind.DOCUMENT]
    issuers = {code for m in named if lost.get(m.start) is StatusKind.DOCUMENT for code in m.entry.codes}
    for mention in free:
        if mention.start in lost:
            continue
        if documents:
            clear = mention.start in own and not issuers & set(mention.entry.codes)
            if not clear or any(status.kind is StatusKind.DOCUMENT for status in loose):
                lost[mention.start] = StatusKind.DOCUMENT
        elif loose and mention.start not in own and not _is_said_of_self(tokens, mention):
            lost[mention.start] = StatusKind.RESIDENCE
    for left, right in pairwise(named):
        # "UK (United Kingdom)" is one country, named twice.
        if left.entry.codes == right.entry.codes and tokens[left.end : right.start] == [BREAK]:
            for one, other in ((left, right), (right, left)):
                if one.start in lost:
                    lost.setdefault(other.start, lost[one.start])
    kept = [mention for mention in mentions if mention.start not in lost]
    kinds = {*lost.values(), *(status.kind for status in found)}
    return kept, next(kind for kind in StatusKind if kind in kinds)


def _positions(found: Sequence[Status]) -> frozenset[int]:
    return frozenset(position for status in found for position in range(status.start, status.end))


def _is_own(tokens: Sequence[str], mention: Mention, mentions: Sequence[Mention], inside: Container[int]) -> bool:
    """Whether a word for passport or citizenship, which no status takes, stands beside the mention."""
    for position in range(mention.end, min(len(tokens), mention.end + _REACH)):
        if position in inside:
            after = _past(tokens, position, inside)
            if tokens[after : after + 1] and tokens[after] in CONJUNCTIONS and _is_citizenship_at(tokens, after + 1):
                return True
            break
        if is_citizenship(tokens[position]):
            # "резидент Германии гражданин Индии": the status has its country, and the word goes with the next one.
            taken = mention.start - 1 in inside and any(other.start == position + 1 for other in mentions)
            return not taken
        if tokens[position] not in GLUE or tokens[position] in FROM:
            break
    ends = {other.end for other in mentions}
    label = mention.start - 2
    if label >= 0 and tokens[label + 1] == BREAK and is_citizenship(tokens[label]):
        return label not in inside and label not in ends
    for position in range(mention.start - 1, max(-1, mention.start - 1 - _REACH), -1):
        if position in inside:
            while position > 0 and position in inside:
                position -= 1
            return tokens[position] in CONJUNCTIONS and position > 0 and _is_citizenship_at(tokens, position - 1)
        if is_citizenship(tokens[position]):
            return position not in ends
        if tokens[position] not in GLUE:
            return False
    return False


def _past(tokens: Sequence[str], position: int, inside: Container[int]) -> int:
    while position < len(tokens) and position in inside:
        position += 1
    return position


def _is_citizenship_at(tokens: Sequence[str], position: int) -> bool:
    return position < len(tokens) and is_citizenship(tokens[position])


def _attached(tokens: Sequence[str], status: Status, mentions: Sequence[Mention], own: Container[int]) -> list[Mention]:
    """The country a document or a permit is of: "permit of Poland", "Poland residence permit"."""
    keeps_own = status.kind is StatusKind.RESIDENCE
    position = status.end
    while position < len(tokens) and tokens[position] in _WITH_A_LINK:
        position += 1
    right = [m for m in mentions if m.start == position and not (keeps_own and m.start in own)]
    position = status.start
    while position > 0 and tokens[position - 1] in _BEFORE_STATUS:
        position -= 1
    left = [m for m in mentions if m.end == position and not (keeps_own and m.start in own)]
    if keeps_own and right and left:
        # "Indian permanent resident of Canada", "UAE resident from India": the nearer link says where one lives.
        return left if tokens[right[0].start - 1] in FROM else right
    return right + left


def _is_said_of_self(tokens: Sequence[str], mention: Mention) -> bool:
    before = tokens[mention.start - 1] if mention.start else BREAK
    return mention.entry.kind is Kind.PEOPLE or before in FROM


def _is_of_relative(tokens: Sequence[str], mention: Mention, status: Status, mentions: Sequence[Mention]) -> bool:
    """Whether a country is said of somebody else."""
    if mention.end <= status.start:
        return _belongs_to(tokens[mention.end : status.start])
    if mention.start < status.end:
        return False
    between = tokens[status.end : mention.start]
    ahead = _ahead(tokens, status)
    if ahead in (["we", "are"], ["мы"]) and "of" not in between:
        return False
    companion = bool(ahead) and ahead[-1] in _COMPANION
    if companion and not _PLURAL_SELF.isdisjoint(ahead) and not tokens[mention.start].endswith(_INSTRUMENTAL):
        return bool(between) and is_citizenship(between[0])
    if BREAK in between:
        if companion or between.count(BREAK) > 1 or any(status.end <= m.start < mention.start for m in mentions):
            return False
        own = not _SUBJECTS.isdisjoint(tokens[clause_start(tokens, status.start) : status.start])
        return not (own and any(map(is_citizenship, between))) and not _speaks_of_self(between)
    return not _speaks_of_self(between)


def _belongs_to(between: Sequence[str]) -> bool:
    """Whether the words between a country and a relative make it the relative's: "German wife", "passport of my"."""
    rest = [token for token in between if token not in _POSSESSIVES and not is_citizenship(token)]
    return BREAK not in between and (not between or (len(rest) == 1 and rest[0] in _OF_SOMEBODY))


def _ahead(tokens: Sequence[str], status: Status) -> list[str]:
    """The words of the clause before a relative, without the possessive: "we with", "i and"."""
    ahead = list(tokens[clause_start(tokens, status.start) : status.start])
    while ahead and ahead[-1] in _POSSESSIVES:
        ahead.pop()
    return ahead[-2:]


def _speaks_of_self(between: Sequence[str]) -> bool:
    for position, word in enumerate(between):
        following = between[position + 1] if position + 1 < len(between) else BREAK
        if word in _SELF or (word in ("my", "мои", "моя", "менин") and is_citizenship(following)):
            return True
        if word == "мен" and (following == BREAK or not is_status(following)):
            return True
    return False
