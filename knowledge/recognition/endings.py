"""Endings: Russian names in all cases, and the chains of suffixes a Kazakh name takes."""

from collections.abc import Iterator
from itertools import product

__all__ = [
    "KAZAKH_CHAINS",
    "KAZAKH_CHAINS_AFTER_POSSESSIVE",
    "adjective_forms",
    "declined",
    "may_take",
    "people_forms",
    "without_ending",
]

_HUSHING = "гкхжчшщ"
_VOICELESS = "птксшщчцхфбвгдьжз"
_FLEETING = {"египет": "египт", "турок": "турк"}
_ADJECTIVE_ENDINGS = ("ский", "цкий", "ская", "цкая", "ое", "ая", "яя", "ые", "ие", "ый", "ний", "ой")


def _adjective(word: str) -> tuple[str, ...] | None:
    """The six cases of an adjective in the gender and number it stands in."""
    stem, ending = word[:-2], word[-2:]
    soft = "и" if stem[-1:] in _HUSHING or ending in ("яя", "ий") or word.endswith("ние") else "ы"
    o, e = ("е", "е") if ending == "яя" or word.endswith(("ний", "нее")) else ("о", "о")
    match ending:
        case "ая" | "яя":
            oblique = stem + o + "й"
            return word, oblique, oblique, stem + ("юю" if ending == "яя" else "ую"), oblique, oblique
        case "ое":
            return word, stem + "ого", stem + "ому", word, stem + soft + "м", stem + "ом"
        case "ые" | "ие":
            return word, stem + soft + "х", stem + soft + "м", word, stem + soft + "ми", stem + soft + "х"
        case "ый" | "ий" | "ой":
            return word, stem + o + "го", stem + o + "му", word, stem + soft + "м", stem + e + "м"
    return None


def _noun(word: str) -> tuple[str, ...]:
    """The six cases of a noun; a noun that does not change stands six times."""
    if word == "острова":
        return word, "островов", "островам", word, "островами", "островах"
    if word.endswith("ия"):
        return word, word[:-1] + "и", word[:-1] + "и", word[:-1] + "ю", word[:-1] + "ей", word[:-1] + "и"
    if word.endswith("я"):
        stem = word[:-1]
        return word, stem + "и", stem + "е", stem + "ю", stem + "ей", stem + "е"
    if word.endswith(("уа", "оа")):
        return (word,) * 6
    if word.endswith("а"):
        stem = word[:-1]
        return word, stem + ("и" if stem[-1:] in _HUSHING else "ы"), stem + "е", stem + "у", stem + "ой", stem + "е"
    if word.endswith("й"):
        stem = word[:-1]
        return word, stem + "я", stem + "ю", word, stem + "ем", stem + "е"
    if word.endswith("ь"):
        stem = word[:-1]
        return word, stem + "я", stem + "ю", word, stem + "ем", stem + "е"
    if word.endswith("ы"):
        stem = word[:-1]
        return word, stem + "ов", stem + "ам", word, stem + "ами", stem + "ах"
    if word.endswith(("ство", "ово")):
        stem = word[:-1]
        return word, stem + "а", stem + "у", word, stem + "ом", stem + "е"
    if word[-1:] in "оеиуюэё" or not word.isalpha():
        return (word,) * 6
    stem = _stem(word)
    instrumental = "ем" if stem.endswith("ц") else "ом"
    return word, stem + "а", stem + "у", word, stem + instrumental, stem + "е"


def _stem(word: str) -> str:
    """The stem before an ending: индиец → индийц-, немец → немц-, египет → египт-."""
    if word in _FLEETING:
        return _FLEETING[word]
    if word.endswith("ец") and len(word) > 4:
        return word[:-2] + ("йц" if word[-3] in "аеиоуыэюя" else "ьц" if word[-3] == "л" else "ц")
    return word


def declined(name: str) -> Iterator[str]:
    """A Russian name (lower case, words parted by spaces) in its cases, the nominative first.

    Adjectives and the first noun change; what follows stands in the genitive and stays, or all change alike
    ("Босния и Герцеговина"): both readings are given.
    """
    parts = name.split()
    heads: list[tuple[str, ...]] = []
    everything: list[tuple[str, ...]] = []
    tail = False
    for part in parts:
        adjective = _adjective(part) if len(parts) > 1 and part.endswith(_ADJECTIVE_ENDINGS) else None
        forms = adjective or _noun(part)
        everything.append(forms)
        heads.append((part,) * 6 if tail else forms)
        tail = tail or adjective is None
    last_only = [(part,) * 6 for part in parts[:-1]] + everything[-1:]
    yield name
    for paradigm in (heads, everything, last_only):
        for case in range(1, 6):
            yield " ".join(forms[case] for forms in paradigm)
    if parts and parts[-1].endswith("ы"):
        yield " ".join([*(forms[1] for forms in everything[:-1]), parts[-1][:-1]])
    if parts and parts[-1].endswith("ь"):
        yield " ".join([*(forms[1] for forms in everything[:-1]), parts[-1][:-1] + "и"])
        yield " ".join([*(forms[4] for forms in everything[:-1]), parts[-1] + "ю"])


def adjective_forms(word: str) -> Iterator[str]:
    """All genders, numbers and cases of an adjective in -ский, -цкий."""
    stem = word[:-2]
    for ending in ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими"):
        yield stem + ending


def people_forms(word: str) -> Iterator[str]:
    """A Russian word for people of a country (индиец, индианка, индийский) in all its forms."""
    if word.endswith(("ский", "цкий")):
        yield from adjective_forms(word)
        return
    yield from _noun(word)
    plural: tuple[str, ...]
    if word.endswith(("анин", "янин")):
        stem, plural = word[:-2], ("е", "", "ам", "ами", "ах")
    elif word.endswith("ин"):
        stem, plural = word[:-2], ("ины", "ы", "ин", "", "инам", "ам", "инами", "ами", "инах", "ах")
    elif word.endswith("ка"):
        stem, plural = word[:-2], ("ки", "ок", "ек", "кам", "ками", "ках")
    elif word.endswith("а"):
        stem, plural = word[:-1], ("ы", "", "ам", "ами", "ах")
    elif word[-1:] in "оеиуюя":
        return
    else:
        stem = _stem(word)
        i = "и" if stem[-1:] in _HUSHING else "ы"
        plural = (i, "ев" if stem.endswith("ц") else "ов", "ам", "ами", "ах")
        if stem.endswith("к") and word != stem:
            yield word
    for ending in plural:
        yield stem + ending


def _chains(cases: tuple[tuple[str, ...], tuple[str, ...]]) -> frozenset[str]:
    plural = (("", "лар", "дар", "тар"), ("", "лер", "дер", "тер"))
    made_of = (("", "лык", "дык", "тык"), ("", "лик", "дик", "тик"))
    person = (
        ("", "мын", "бын", "пын", "мыз", "быз", "пыз", "сын", "сыз"),
        ("", "мин", "бин", "пин", "миз", "биз", "пиз", "син", "сиз"),
    )
    chains: set[str] = set()
    for back_or_front in (0, 1):
        for parts in product(
            made_of[back_or_front], plural[back_or_front], cases[back_or_front], person[back_or_front]
        ):
            chains.add("".join(parts))
    # Writers without Kazakh letters and names with mixed vowels use the other row too: only whole chains agree.
    return frozenset(chains - {""})


_CASES = (
    ("", "нын", "дын", "тын", "га", "ка", "ды", "ты", "ны", "да", "та", "дан", "тан", "нан", "мен", "бен", "пен",
     "дагы", "тагы", "дики", "тики", "ники"),
    ("", "нин", "дин", "тин", "ге", "ке", "ди", "ти", "ни", "де", "те", "ден", "тен", "нен", "мен", "бен", "пен",
     "деги", "теги", "дики", "тики", "ники"),
)  # fmt: skip
KAZAKH_CHAINS = _chains(_CASES)
"""Folded suffix chains: plural, -лық, case, person ("дарданмын")."""

KAZAKH_CHAINS_AFTER_POSSESSIVE = KAZAKH_CHAINS | _chains(
    (("", "на", "нда", "нан", "ндагы"), ("", "не", "нде", "нен", "ндеги"))
)
"""The same after names that end in a possessive ("Республикасы", "елі"), which take -на, -нда, -нан."""


_LONGEST_FIRST = sorted((chain for chain in KAZAKH_CHAINS if len(chain) > 2), key=len, reverse=True)
_SHORTEST_STEM = 6


def without_ending(word: str, *, russian: bool) -> Iterator[str]:
    """What a misspelt word may be without its ending, in folded letters: a Kazakh suffix chain, or a Russian case.

    Russian endings are one letter that many words have, so they are tried only where the text speaks of a passport.
    """
    for chain in _LONGEST_FIRST:
        stem = word.removesuffix(chain)
        if stem != word and stem and may_take(stem, chain):
            if len(stem) >= _SHORTEST_STEM:
                yield stem
            break
    if russian and word.endswith("ии"):
        yield word[:-1] + "я"
    elif russian and word.endswith(("и", "ы")):
        yield word[:-1] + "а"
    elif russian and word.endswith("а"):
        yield word[:-1]


def may_take(stem: str, chain: str) -> bool:
    """Whether a suffix chain may follow a stem: т, к, п come only after a voiceless end."""
    return chain[0] not in "ткп" or stem[-1] in _VOICELESS or chain[:3] in ("пен",)
