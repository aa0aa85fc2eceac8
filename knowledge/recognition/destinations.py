"""Where a text says that somebody goes: countries that are no passport, and not Kazakhstan."""

from collections.abc import Sequence

from knowledge.recognition.folding import BREAK
from knowledge.recognition.grammar import HOME, TOWARDS, is_citizenship, is_destination, word_set
from knowledge.recognition.mentions import Mention
from knowledge.recognition.names import Kind

__all__ = ["destinations"]

_FOR = frozenset({"for"})
_RUSSIAN_INTO = frozenset({"в", "во"})
_RUSSIAN_VISAS = ("виза", "визу", "визы", "визе", "визои")
_VISAS = ("visa", "evisa", "viza", "виз", "эвиз")
_KINDS = word_set(
    "e е э tourist tourism work working student study business transit visitor electronic family online "
    "туристическая туристическую рабочая рабочую студенческая студенческую деловая деловую транзитная электронная "
    "электронную туристик жумыс студент электрондык"
)
# "В Турции" is where somebody is; "в Турцию" and "в Узбекистан" where they go.
_LOCATIVE_ENDINGS = ("е", "и")


def destinations(tokens: Sequence[str], mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The countries other than Kazakhstan behind "to", "for", "в" and "виза", in the Kazakh dative, or before "visa".

    Empty where Kazakhstan is named too: then the others lie on the way.
    """
    if any(mention.entry.codes == (HOME,) and mention.entry.kind is Kind.NAME for mention in mentions):
        return ()
    found = (mention for mention in mentions if _is_destination(tokens, mention))
    return tuple(dict.fromkeys(code for mention in found for code in mention.entry.codes))


def _is_destination(tokens: Sequence[str], mention: Mention) -> bool:
    after = tokens[mention.end] if mention.end < len(tokens) else BREAK
    if not mention.entry.codes or mention.entry.codes == (HOME,) or is_citizenship(after):
        return False
    before = _before(tokens, mention.start)
    if _is_its_visa(tokens, mention.end) or (mention.entry.kind is Kind.NAME and before.startswith(_RUSSIAN_VISAS)):
        return True
    if mention.entry.kind is not Kind.NAME:
        return False
    if before in _RUSSIAN_INTO:
        return not tokens[mention.end - 1].endswith(_LOCATIVE_ENDINGS)
    return before in TOWARDS | _FOR or is_destination(mention.chain)


def _is_its_visa(tokens: Sequence[str], end: int) -> bool:
    """Whether a visa stands behind the country: "Uzbekistan e-visa", "испанская рабочая виза"; not "visa-free"."""
    rest = [token for token in tokens[end : end + 3] if token not in _KINDS]
    return bool(rest) and rest[0].startswith(_VISAS) and rest[1:2] != ["free"]


def _before(tokens: Sequence[str], start: int) -> str:
    position = start - 1
    while position >= 0 and tokens[position] in ("the", "republic", "республику"):
        position -= 1
    return tokens[position] if position >= 0 else BREAK
