"""Weighs the countries of a sentence: which of them is the passport."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.recognition.claims import Claim, share_claims
from knowledge.recognition.folding import BREAK
from knowledge.recognition.former import is_exchange, is_former, is_present
from knowledge.recognition.grammar import (
    CONJUNCTIONS,
    ETHNIC,
    FROM,
    GLUE,
    HOME,
    NEGATIONS,
    NEGATIONS_AFTER,
    OWNED_BY_A_STATE,
    REPLY,
    SELF,
    STAY,
    TOWARDS,
    is_citizenship,
    is_destination,
    is_origin,
    is_stay,
    is_stop_word,
)
from knowledge.recognition.mentions import Mention
from knowledge.recognition.names import Kind, NameTable
from knowledge.recognition.standing import own_mentions
from knowledge.recognition.statuses import VISAS, Status, StatusKind

__all__ = ["WITHOUT_PASSPORT", "Verdict", "weigh"]

_REACH = 4
_MOST_CANDIDATES = 6
_HELD = frozenset({"have", "hold", "имею"})
_NOT_HELD = frozenset({"dont", "doesnt", "cannot"})
WITHOUT_PASSPORT = frozenset({"stateless", "refugee"})
"""Reasons that outweigh every country named beside them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The countries that remain, best first (none: `codes` is empty), and why there is none or another issuer."""

    codes: tuple[str, ...]
    reason: str | None = None


def weigh(
    tokens: Sequence[str], mentions: Sequence[Mention], table: NameTable, found: Sequence[Status] = ()
) -> Verdict:
    """The verdict over the mentions of one text and the statuses found in it."""
    reasons = [mention.entry.reason for mention in mentions if mention.entry.kind is Kind.NOT]
    for reason in reasons:
        if reason in WITHOUT_PASSPORT:
            return Verdict((), reason)
    mentions, status = own_mentions(tokens, mentions, found)
    foreign = [m for m in mentions if m.entry.codes and m.entry.codes != (HOME,)]
    visas = [m for m in foreign if not VISAS.isdisjoint(tokens[m.end : m.end + 1])]
    named = [m for m in mentions if m.entry.codes and not _is_thing(tokens, m, table)]
    ethnic = [m for m in named if _is_ethnic(tokens, m)]
    named = [m for m in named if m not in ethnic and not _negated(tokens, m)]
    if not named:
        if status is None and visas:
            status = StatusKind.RESIDENCE
        return Verdict(
            (), status.value if status is not None else next(filter(None, reasons), "people" if ethnic else None)
        )
    if _is_personal_name(tokens, mentions, table):
        return Verdict(())
    enumerated = _is_enumeration(tokens, mentions)
    bare = enumerated or _is_bare(tokens, mentions)
    gone = [m for m in named if is_former(tokens, m, mentions)]
    named = [m for m in named if m not in gone]
    if not named:
        return Verdict(())
    weights = [_weight(tokens, m, bare=bare) for m in named]
    share_claims(tokens, named, weights)
    _raise_present(tokens, named, weights, after_former=bool(gone))
    if any(m.entry.codes != (HOME,) for m in named) and not enumerated:
        kept = [(m, w) for m, w in zip(named, weights, strict=True) if m.entry.codes != (HOME,) or w >= Claim.PERSON]
        named, weights = [m for m, _ in kept], [w for _, w in kept]
    best = max(weights)
    if best == Claim.DESTINATION:
        return Verdict((), "destination")
    if best == Claim.STOPOVER:
        return Verdict((), "residence")
    top = [m for m, w in zip(named, weights, strict=True) if w == best]
    if gone and best == Claim.PLAIN:
        # "I was an Indian citizen, flying from Turkey": nothing says what the traveller is now.
        return Verdict(_codes([*top, *gone]))
    plain = [m for m, w in zip(named, weights, strict=True) if w >= Claim.PLAIN]
    single = {m.entry.codes[0] for m in plain if len(m.entry.codes) == 1}
    if len(single) == 1 and all(single <= set(m.entry.codes) for m in top):
        # One country, perhaps beside a word it shares with others: "Korean from South Korea".
        return Verdict(tuple(single), top[0].entry.reason)
    return Verdict(_codes(top))


def _codes(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for m in mentions for code in m.entry.codes))[:_MOST_CANDIDATES]


def _raise_present(
    tokens: Sequence[str], mentions: Sequence[Mention], weights: list[Claim], *, after_former: bool
) -> None:
    """Give the citizenship of now, and both sides of an exchange, the strongest claim of the text."""
    strongest = max(*weights, Claim.PERSON)
    exchange = len(mentions) > 1 and is_exchange(tokens)
    for position, mention in enumerate(mentions):
        foreign = mention.entry.codes != (HOME,) or mention.entry.kind is Kind.PEOPLE
        if exchange and foreign:
            weights[position] = Claim.PASSPORT
        elif is_present(tokens, mention) and (after_former or (foreign and weights[position] >= Claim.PLAIN)):
            weights[position] = strongest


def _weight(tokens: Sequence[str], mention: Mention, *, bare: bool) -> Claim:
    if _marked_left(tokens, mention) or _marked_right(tokens, mention):
        return Claim.PASSPORT
    before = _before(tokens, mention)
    after = tokens[mention.end] if mention.end < len(tokens) else BREAK
    people = mention.entry.kind is Kind.PEOPLE
    if people and mention.entry.codes == (HOME,):
        # "Қазақпын" is said by the ethnic Kazakhs of China and Mongolia too.
        return Claim.PLAIN
    if mention.chain.endswith(("мын", "мин", "бын", "бин", "пын", "пин", "min", "bin", "pin")):
        return Claim.PERSON
    if bare:
        if mention.entry.codes == (HOME,) and (before in TOWARDS | STAY or is_destination(mention.chain)):
            return Claim.DESTINATION
        return Claim.PLAIN
    if before in TOWARDS or is_destination(mention.chain):
        return Claim.DESTINATION
    if before in STAY or is_stay(after) or mention.chain in ("да", "де", "та", "те"):
        return Claim.DESTINATION if mention.entry.codes == (HOME,) else Claim.STOPOVER
    if people:
        return Claim.PERSON
    clause = _clause_before(tokens, mention)
    if before in FROM:
        flying = any(is_origin(token) for token in clause)
        return Claim.PLAIN if flying or not any(token in SELF for token in clause) else Claim.PERSON
    if mention.entry.codes == (HOME,) and not mention.chain and not _is_reply(tokens, mention):
        return Claim.DESTINATION
    return Claim.PLAIN


def _marked_left(tokens: Sequence[str], mention: Mention) -> bool:
    crossed = 0
    for position in range(mention.start - 1, max(-1, mention.start - 1 - _REACH), -1):
        token = tokens[position]
        if is_citizenship(token):
            return True
        if token in ("в", "во", "in") and crossed == 0:
            crossed += 1
            issued = tokens[position - 1] if position else ""
            return is_citizenship(issued) and issued[:2] in ("вы", "is")
        if token not in GLUE or (token in FROM and not _passport_before(tokens, position)):
            return False
        crossed += 1
    return False


def _passport_before(tokens: Sequence[str], position: int) -> bool:
    return position > 0 and is_citizenship(tokens[position - 1])


def _marked_right(tokens: Sequence[str], mention: Mention) -> bool:
    for position in range(mention.end, min(len(tokens), mention.end + _REACH)):
        token = tokens[position]
        if is_citizenship(token):
            return not (mention.entry.kind is Kind.NAME and mention.chain in ("га", "ге", "ка", "ке"))
        if token not in GLUE or token in FROM:
            return False
    return False


def _before(tokens: Sequence[str], mention: Mention, also: tuple[str, ...] = ()) -> str:
    """The last word before a mention, without articles and the words in `also`."""
    position = mention.start - 1
    while position >= 0 and tokens[position] in ("the", "republic", "республику", "республики", *also):
        position -= 1
    return tokens[position] if position >= 0 else BREAK


def _clause_before(tokens: Sequence[str], mention: Mention) -> Sequence[str]:
    start = mention.start
    while start > 0 and tokens[start - 1] != BREAK:
        start -= 1
    return tokens[start : mention.start]


def _is_thing(tokens: Sequence[str], mention: Mention, table: NameTable) -> bool:
    if mention.entry.kind is Kind.NAME and _before(tokens, mention, also=("of",)) in OWNED_BY_A_STATE:
        return True
    if mention.end >= len(tokens):
        return False
    follows = tokens[mention.end]
    if follows in VISAS and tokens[mention.start].endswith("s"):
        return False
    if mention.entry.kind is Kind.NAME and follows in VISAS:
        return False
    return follows in table.things


def _is_ethnic(tokens: Sequence[str], mention: Mention) -> bool:
    before = tokens[mention.start - 1] if mention.start else BREAK
    after = tokens[mention.end] if mention.end < len(tokens) else BREAK
    return before in ETHNIC or (mention.entry.kind is Kind.PEOPLE and after in ETHNIC)


def _negated(tokens: Sequence[str], mention: Mention) -> bool:
    if _is_kazakh_or(tokens, mention):
        return False
    position = mention.start - 1
    while position >= 0 and (tokens[position] in ("a", "an", "the", "of") or is_citizenship(tokens[position])):
        position -= 1
    if position >= 0 and tokens[position] in _HELD:
        position -= 1
        if position >= 0 and tokens[position] in _NOT_HELD:
            return True
    if position >= 0 and tokens[position] in NEGATIONS:
        return True
    before = [token for token in tokens[max(0, mention.start - 3) : mention.start] if token != BREAK]
    while before and before[-1] in ("a", "an", "the", "из", "from", "гражданин"):
        before.pop()
    if before and before[-1] in NEGATIONS:
        return True
    after = mention.end
    if after + 1 < len(tokens) and is_citizenship(tokens[after]):
        after += 1
    return after < len(tokens) and tokens[after] in NEGATIONS_AFTER


def _is_kazakh_or(tokens: Sequence[str], mention: Mention) -> bool:
    """ "Үндістан не Пәкістан азаматымын": before a Kazakh ending or noun "не" is "or", not the Russian "not"."""
    if mention.start < 2 or tokens[mention.start - 1] != "не" or tokens[mention.start - 2] == BREAK:
        return False
    follows = tokens[mention.end] if mention.end < len(tokens) else BREAK
    return bool(mention.chain) or follows.startswith(("азамат", "толкужат", "паспорты"))


def _is_bare(tokens: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Whether nothing but small words surrounds the mentions: an answer rather than a sentence."""
    covered = {position for m in mentions for position in range(m.start, m.end)}
    rest = [token for position, token in enumerate(tokens) if position not in covered and token != BREAK]
    return len(mentions) == 1 and len(rest) <= 1 and all(token in FROM | TOWARDS | STAY | {"the"} for token in rest)


def _is_enumeration(tokens: Sequence[str], mentions: Sequence[Mention]) -> bool:
    """Whether the text is nothing but countries and conjunctions."""
    covered = {position for m in mentions for position in range(m.start, m.end)}
    return all(position in covered or token in CONJUNCTIONS or token == BREAK for position, token in enumerate(tokens))


def _is_reply(tokens: Sequence[str], mention: Mention) -> bool:
    """Whether only words of an answer stand around the mention: "it is Kazakhstan"."""
    around = [*tokens[: mention.start], *tokens[mention.end :]]
    return all(token in REPLY or token in CONJUNCTIONS or token == BREAK or is_citizenship(token) for token in around)


def _is_personal_name(tokens: Sequence[str], mentions: Sequence[Mention], table: NameTable) -> bool:
    if len(mentions) != 1 or mentions[0].end - mentions[0].start != 1 or len(tokens) not in (2, 3):
        return False
    if tokens[mentions[0].start] not in table.given_names:
        return False
    others = [token for position, token in enumerate(tokens) if position != mentions[0].start]
    known = SELF | FROM | STAY | table.everyday
    return all(token.isalpha() and token not in known and not is_stop_word(token) for token in others)
