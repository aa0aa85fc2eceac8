"""Reduces text to what its writers agree on: case, accents, Kazakh letters, scripts, spelling habits."""

import re
import unicodedata

__all__ = ["BREAK", "FLAG", "flags", "fold", "romanised", "skeleton", "without_runs", "words"]

BREAK = ","
"""The token that stands for punctuation between clauses."""

_KAZAKH = str.maketrans("әғқңөұүһі", "агкноуухи")
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ə": "a", "ð": "d", "þ": "th", "ё": "е"}
    | {"&": " and ", "_": " "}
    | dict.fromkeys("'’‘ʼʻ`´′\"ʿʾ«»“”„")
)
# Accents, Hebrew and Arabic points, joiners, direction marks, emoji variation selectors.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+"
)
_TOKEN = re.compile(r"[\w\u0780-\u07bf\u0900-\u109f\u1780-\u18af]+|[,;:.!?…/()\n]+")
_ONLY_DOTS = re.compile(r"[./()]+\Z")
_LATIN = re.compile("[a-z]")
_CYRILLIC = re.compile("[а-я]")
_AS_CYRILLIC = str.maketrans("aeopcyxkmtbhiun0346", "аеорсухкмтвниипозчб")
_AS_LATIN = str.maketrans("аеорсухкмтвни", "aeopcyxkmtbhi")

_SKELETON = str.maketrans(
    dict(zip("абвгдежзийклмнопрстуфхчшщыэ", "abvgdeJziiklmnoprstufhCSSie", strict=True))
    | {"ц": "ts", "ю": "iu", "я": "ia", "ъ": None, "ь": None, " ": None}
    | {"q": "k", "y": "i", "w": "v", "x": "ks", "j": "J", "c": "k"}
)
_DIGRAPHS = re.compile("shch|sch|sh|ch|zh|kh|gh|ph|ck|'")
_DIGRAPH = {
    "shch": "S", "sch": "S", "sh": "S", "ch": "C", "zh": "J", "kh": "h", "gh": "g", "ph": "f", "ck": "k", "'": "",
}  # fmt: skip
_STRETCHED = re.compile(r"(\w)\1{2,}", re.IGNORECASE)
_RUNS = re.compile(r"(.)\1+")
FLAG = re.compile("([\U0001f1e6-\U0001f1ff])([\U0001f1e6-\U0001f1ff])")
_BRITISH_FLAG = re.compile("\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067|\U000e0073\U000e0063"
                           "\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f")  # fmt: skip


def _plain(text: str) -> str:
    text = _STRETCHED.sub(r"\1", text)
    if text.isascii():
        return text.lower().replace("'", "").replace('"', "").replace("`", "").replace("&", " and ").replace("_", " ")
    text = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).casefold()
    return text.translate(_LETTERS).translate(_KAZAKH)


def _one_script(token: str) -> str:
    """A word typed with letters of two alphabets, in the one it was meant in."""
    if token.isascii() or not (_LATIN.search(token) and _CYRILLIC.search(token)):
        return token
    cyrillic = token.translate(_AS_CYRILLIC)
    if not _LATIN.search(cyrillic):
        return cyrillic
    latin = token.translate(_AS_LATIN)
    return token if _CYRILLIC.search(latin) else latin


def words(text: str) -> list[str]:
    """The folded words of a text, with BREAK between clauses.

    A full stop ends a clause only after a word of four letters or more: "St. Lucia" and "U.S.A." hold together.
    """
    tokens: list[str] = []
    for token in _TOKEN.findall(_plain(text)):
        if not (token[0].isalnum() or token[0] > "\u0700"):
            if tokens and tokens[-1] != BREAK and (len(tokens[-1]) >= 4 or not _ONLY_DOTS.match(token)):
                tokens.append(BREAK)
        else:
            tokens.append(_one_script(token))
    while tokens and tokens[-1] == BREAK:
        tokens.pop()
    return tokens


def fold(text: str) -> str:
    """One folded line without punctuation: the key under which a name is stored and looked up."""
    return " ".join(token for token in words(text) if token != BREAK)


def skeleton(folded: str) -> str:
    """What is left of a folded name when Cyrillic, Latin Kazakh and romanised Russian are written alike.

    Spaces and doubled letters vanish too: "Қытай", "Qytai", "Kitay" give "kitai"; "шри ланка", "Srilanka"
    differ only in the sibilant.
    """
    return without_runs(romanised(folded))


def romanised(folded: str) -> str:
    """The skeleton with its doubled letters still there."""
    if folded.isascii():
        folded = _DIGRAPHS.sub(lambda found: _DIGRAPH[found[0]], folded)
    return folded.translate(_SKELETON)


def without_runs(text: str) -> str:
    """The text with each run of one letter written once."""
    return _RUNS.sub(r"\1", text)


def flags(text: str) -> list[str]:
    """ISO codes of the flag emoji in a text, in order."""
    if max(text, default="") >= "\U0001f1e6" and (found := FLAG.findall(text)):
        return ["".join(chr(ord(half) - 0x1F1E6 + 65) for half in pair) for pair in found]
    return ["GB"] if _BRITISH_FLAG.search(text) else []
