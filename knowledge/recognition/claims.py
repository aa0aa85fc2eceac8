"""How strongly the words around a country claim it as a passport, and how neighbours share a claim."""

from collections.abc import Sequence
from enum import IntEnum

from knowledge.recognition.folding import BREAK
from knowledge.recognition.grammar import CONJUNCTIONS, FROM, GLUE, HOME, is_citizenship, word_set
from knowledge.recognition.mentions import Mention
from knowledge.recognition.names import Kind
from knowledge.recognition.statuses import VISAS

__all__ = ["Claim", "share_claims"]


class Claim(IntEnum):
    """What the words beside a country make of it; the strongest claim of a text wins."""

    DESTINATION = 0
    STOPOVER = 1
    PLAIN = 2
    PERSON = 3
    PASSPORT = 4


_DOUBT = word_set("maybe perhaps possibly может возможно мумкин балким не")
_LINKS = CONJUNCTIONS | FROM | _DOUBT | word_set("the a an of be быть either both also даже а республики") | {BREAK}
_DUAL = word_set("dual double bipatride двоиное двоиным двоиного двоиная бипатрид кос")
_TWO = word_set("two both 2 два двумя двух оба обоих еки")
_SECOND = word_set("second other another второе второй второго другое екинши")
_TWO_OF = ("passports", "citizenships", "nationalities", "паспорт", "гражданств", "азаматты", "толкужат")


def share_claims(tokens: Sequence[str], mentions: Sequence[Mention], claims: list[Claim]) -> None:
    """Raise the claims of countries named as alternatives or together to the strongest of them.

    "Indian and British passports", "I am from Pakistan or India", "German-Turkish dual national".
    """
    pairs = range(len(mentions) - 1)
    for left in (*pairs, *reversed(pairs)):
        pair = claims[left : left + 2]
        if _shares_marker(tokens, mentions[left], mentions[left + 1]) and Claim.PASSPORT in pair:
            claims[left] = claims[left + 1] = Claim.PASSPORT
        elif _is_people_of_elsewhere(tokens, mentions[left], mentions[left + 1]) and min(pair) >= Claim.PLAIN:
            claims[left] = claims[left + 1] = max(pair)
        elif _is_pair(tokens, mentions[left], mentions[left + 1]):
            if min(pair) >= Claim.PLAIN:
                claims[left] = claims[left + 1] = max(pair)
            elif _is_home_beside_origin(tokens, mentions[left], mentions[left + 1]):
                claims[left] = claims[left + 1] = max(Claim.PERSON, *pair)
    if _is_dual(tokens):
        strongest = max(claims)
        claims[:] = [strongest if claim >= Claim.PLAIN else claim for claim in claims]


def _shares_marker(tokens: Sequence[str], left: Mention, right: Mention) -> bool:
    between = tokens[left.end : right.start]
    joined = all(token in CONJUNCTIONS or token in GLUE or token == BREAK for token in between)
    return joined and any(token in CONJUNCTIONS for token in between)


def _is_people_of_elsewhere(tokens: Sequence[str], left: Mention, right: Mention) -> bool:
    """Whether a people's name and an origin differ ("русский из Узбекистана"): either may be the passport."""
    between = tokens[left.end : right.start]
    return left.entry.kind is Kind.PEOPLE and left.entry.codes != (HOME,) and len(between) == 1 and between[0] in FROM


def _is_pair(tokens: Sequence[str], left: Mention, right: Mention) -> bool:
    """Whether nothing but "or", "and", "maybe", a comma or a hyphen stands between two countries."""
    between = tokens[left.end : right.start]
    follows = tokens[right.end] if right.end < len(tokens) else BREAK
    if follows in VISAS or not all(token in _LINKS or is_citizenship(token) for token in between):
        return False
    if any(map(is_citizenship, between)) and not (
        follows == BREAK or follows in CONJUNCTIONS or is_citizenship(follows)
    ):
        # "Indian passport and German driving licence"
        return False
    kinds = {left.entry.kind, right.entry.kind}
    if not between:
        return kinds == {Kind.PEOPLE}
    if list(between) == [BREAK]:
        return kinds == {Kind.NAME}
    linking = {token for token in between if token in CONJUNCTIONS or token in _DOUBT}
    # Kazakh "мен" is "and" only after a name without an ending; otherwise it is "I".
    return bool(linking) and (linking != {"мен"} or not left.chain)


def _is_home_beside_origin(tokens: Sequence[str], left: Mention, right: Mention) -> bool:
    """ "from India or Kazakhstan": the country of the journey named as an alternative origin."""
    ends = right.end == len(tokens) or tokens[right.end] == BREAK
    from_left = left.start > 0 and tokens[left.start - 1] in FROM
    return right.entry.codes == (HOME,) and from_left and ends and tokens[right.start - 1] in CONJUNCTIONS | FROM


def _is_dual(tokens: Sequence[str]) -> bool:
    """Whether somebody speaks of two passports or citizenships of one person."""
    for position, token in enumerate(tokens):
        if token in _DUAL and any(map(is_citizenship, tokens)):
            return True
        following = tokens[position + 1] if position + 1 < len(tokens) else BREAK
        if (token in _TWO and following.startswith(_TWO_OF)) or (token in _SECOND and is_citizenship(following)):
            return True
    return False
