"""Finds what somebody may be besides a citizen: holder of another document or of a permit to stay, or a relative."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.recognition.folding import BREAK
from knowledge.recognition.grammar import HOME, word_set
from knowledge.recognition.mentions import Mention
from knowledge.recognition.names import Kind

__all__ = ["VISAS", "Status", "StatusKind", "clause_start", "is_status", "statuses", "statuses_beside"]


class StatusKind(StrEnum):
    """What a status is; the value is the reason that the answer carries."""

    DOCUMENT = "other_document"
    RESIDENCE = "residence"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Status:
    """A status named at tokens `start:end`."""

    start: int
    end: int
    kind: StatusKind


# Folded forms, as in grammar.py; " ," is the break between clauses.
_DOCUMENT = r"""
    (?:(?:сер\w{2,4}|фиолетов\w{2,4}|gr[ea]y|паспорт\w*)\ )?(?:non\ ?citizens?|неграждан\w*|negrazhdan\w*)
        (?:\ passports?)?
    | (?:resident\ )?aliens?(?:\ (?:passports?|certificate))? | (?:gr[ea]y|purple)\ passports? | fremdenpass
    | british\ ,?\ ?overseas(?:\ territor(?:y|ies))?(?:\ (?:citizens?|nationals?|passports?))?
    | british\ (?:dependent|indian\ ocean)\ territor(?:y|ies)(?:\ citizens?)? | british\ antarctic\ territory
    | british\ (?:protected\ persons?|subjects?) | british\ nationals?\ (?:,\ )?\(?overseas(?:\ passports?)?
    | (?:bno|bn\ ?,?\ ?o|botc|boc|bpp|biot)(?:\ passports?)? | british\ passports?\ ,?\ ?overseas
    | британск\w+\ (?:заморск\w+|зарубежн\w+)(?:\ (?:граждан\w+|территори\w+))?
    | британск\w+\ (?:защищенн\w+\ лиц\w+|подданн\w+\ за\ рубежом|территори\w+\ в\ индииском\ океане)
    | британия\w*\ шетелдеги\ \w+
    | (?:emergency\ )?travel\ (?:docs?|documents?|certificate) | emergency\ (?:passports?|certificate)
    | (?:certificate|document)s?\ of\ (?:identity|travel) | reiseausweis | titre\ de\ voyage | (?:re\ ?)entry\ permit
    | (?:geneva|convention|nansen|1951|1954)\ (?:passports?|convention) | (?:seamans?|seafarers?|seamens?)\ \w+
    | (?:overseas\ citizens?(?:hip)?\ of\ india|oci|person\ of\ indian\ origin)(?:\ (?:card|cardholder))?(?:\ holder)?
    | сер(?:ыи|ого|ому|ым|ом)\ паспорт\w* | паспорт\w*\ (?:чужого|чужака|иностранца|алиена|моряка|апатрида)
    | алиен\w* | проездн\w+\ док\w* | документ\w*\ (?:беженц\w*|апатрида|для\ поездок) | женевск\w+\ паспорт\w*
    | нансеновск\w+\ паспорт\w* | свидетельств\w+\ на\ (?:возвращение|въезд) | карт\w+\ поляка | karta\ polaka
    | proezdno\w*\ dok\w* | жол\ (?:журу\ )?кужат\w* | сур\ (?:паспорт|толкужат)\w* | азамат\ емес\w* | бейазамат\w*
    | (?:жеке\ басты\ )?куаландыратын\ уакытша\ \w+ | теңизши\w*\ \w+
"""
_RESIDENCE = r"""
    (?<!non\ )(?:(?:permanent|temporary|lawful|legal|long\ term)\ )?(?:residen(?:ts?|cy|ce))
        (?:\ (?:permits?|cards?|visas?|status|holders?))*
    | (?:green|blue)\ ?cards?(?:\ holders?)? | iqama | emirates\ id | eu\ blue\ card
    | (?:pre\ )?settled\ status | (?:indefinite\ )?leave\ to\ remain | ilr | work\ permits?
    | (?:visa|permit)\ holders?
    | внж | рвпо? | пмж | жител(?:ь|я|и|ю|ем|еи|ьниц\w+) | тургын\w* | вид\w*\ на\ жительств\w*
    | резидент\w* | резиденци\w*
    | (?:грин|блю)\ ?карт\w* | зелен\w+\ карт\w* | голуб\w+\ карт\w*
    | (?:временн\w+\ |постоянн\w+\ )?разрешени\w+\ на\ (?:временное\ |постоянное\ )?(?:проживани\w+|работу)
    | (?:карт\w+\ (?:резидента|побыту)) | икама | vnzh | vnj | rvp | vid\ na\ zh?itel\w*
    | (?:туруга\ |туруына\ |тургылыкты\ )?(?:ыктиярхат\w*|ыктияр\ хат\w*) | yktiyarhat\w* | yqtiarhat\w*
    | туруга\ руксат\w* | жумыс\ руксат\w*
"""
_RELATIVE = r"""
    (?:wife|wifes|husband|husbands|spouse|fiancee?|girlfriend|boyfriend|friends?|boss|colleagues?|(?<!a\ )partner
        |brothers?|sisters?|mother|father|mom|mum|dad|mama|papa|parents?|sons?|daughters?|child|children|kids?|baby
        |grand(?:mother|father|ma|pa|parents|son|daughter)|uncle|aunt|cousins?|nephew|niece|ex\ (?:wife|husband)
        |(?:mother|father|brother|sister)\ in\ law|employer|roommate|neighbou?rs?|relatives?|married|clients?
        |customers?|sponsors?|(?<=my\ )(?:company|firm|guests?)|(?<=our\ )(?:company|firm|guests?))
    | жен(?:а|ы|е|у|ои|ушка|ат) | муж(?:а|у|ем|е|енек)? | супруг\w* | замужем | друг(?:а|у|ом|е)? | друз\w+ | подруг\w*
    | жених\w* | невест\w* | брат(?:а|у|ом|е|ья|ьев)? | сестр\w+ | мам(?:а|ы|е|у|ои) | пап(?:а|ы|е|у|ои) | мат(?:ь|ери)
    | от(?:ец|ца|цу|цом) | родител\w+ | сын(?:а|у|ом|овья)? | доч(?:ь|ери|ка|ки|ке|ку) | реб(?:енок|енка|енку) | дети
    | детеи | бабушк\w+ | дедушк\w+ | дед | дяд\w+ | тет(?:я|и|е|ю) | племянни\w+ | начальни\w+ | шеф(?:а|у|ом)?
    | босс(?:а|у|ом)? | коллег\w* | партнер(?:а|у|ом|ы)? | работодател\w+ | сосед\w*
    | родственни\w+ | клиент\w* | заказчик\w* | (?:(?<=мои\ )|(?<=наш\ ))(?:сотрудник|гость) | тесть | теща | свекр\w+
    | (?:аиел|куиеу|жубаи|жолдас|дос|бауыр|карындас|синли|апке|ата\ ана|немере|бастык|бастыг|арип?тес|серикес|туыс)
        \w{0,5}(?:м|миз|мыз)\w* | (?:агам|иним|апам|анам|акем|шешем|атам|ажем|балам|улым|кызым|женгем)\w*
    | zhena | muzh | moi\ drug | moya\ zhena | aielim | kuieuim | aiyelim | kuyeuim | dosym
"""
_STATUS = re.compile(
    rf"(?<!\S)(?:(?P<other_document>{_DOCUMENT})|(?P<residence>{_RESIDENCE})|(?P<relative>{_RELATIVE}))(?!\S)",
    re.VERBOSE,
)
_SHORT_FOR_RESIDENT = frozenset({"pr", "пр"})
VISAS = frozenset({"visa", "visas", "виза", "визу", "визы", "визои", "визасы", "визам", "визасым"})
"""Words for a visa."""
_OF_A_STATE = word_set("visa visas визасы визасым")
_ASKED = word_set("free required requirement requirements rules policy needed need necessary exempt exemption on for "
                  "для нужна нужны керек")  # fmt: skip
_HELD = word_set("have has hold holds holding got valid my with есть имею имеется моя бар")


def statuses(tokens: Sequence[str]) -> list[Status]:
    """The statuses a text names, from left to right."""
    line = " ".join(tokens)
    starts, position = {}, 0
    for index, token in enumerate(tokens):
        starts[position] = index
        position += len(token) + 1
    found: list[Status] = []
    for match in _STATUS.finditer(line):
        start = starts[match.start()]
        end = start + match[0].count(" ") + 1
        kind = StatusKind(str(match.lastgroup))
        if kind is StatusKind.RESIDENCE and start and tokens[start - 1] == "non":
            continue
        if kind is StatusKind.RELATIVE and _is_addressed(tokens, start, end):
            continue
        found.append(Status(start, end, kind))
    return found


_GREETINGS = word_set("hi hello hey dear thanks thank salam привет здравствуйте здравствуй спасибо дорогой дорогие "
                      "уважаемые салем рахмет")  # fmt: skip
_ADDRESSED = word_set("friend friends brother boss sister colleagues друг друзья брат сестра коллеги")


def _is_addressed(tokens: Sequence[str], start: int, end: int) -> bool:
    """Whether a friend or brother is the one spoken to: "hello my friend, Ghana", "hi brother India"."""
    if tokens[start] not in _ADDRESSED or _GREETINGS.isdisjoint(tokens[:start]):
        return False
    alone = {*_GREETINGS, "my", "мои", "you", "вам"}.issuperset(tokens[clause_start(tokens, start) : start])
    before, after = tokens[start - 1], tokens[end] if end < len(tokens) else BREAK
    return alone and (after == BREAK or (before not in ("my", "мои") and after not in ("is", "from", "из")))


def is_status(token: str) -> bool:
    """Whether a word alone names a status."""
    return _STATUS.fullmatch(token) is not None


def statuses_beside(tokens: Sequence[str], mentions: Sequence[Mention]) -> list[Status]:
    """The statuses that words name only beside a country: "PR Canada", "visa of the USA"."""
    return [*_short_forms(tokens, mentions), *_visas_held(tokens, mentions)]


def _short_forms(tokens: Sequence[str], mentions: Sequence[Mention]) -> list[Status]:
    """ "Canada PR", "PR of Canada": two letters that mean a resident only beside a country."""
    ends = {mention.end for mention in mentions}
    starts = {mention.start for mention in mentions}
    return [
        Status(position, position + 1, StatusKind.RESIDENCE)
        for position, token in enumerate(tokens)
        if token in _SHORT_FOR_RESIDENT
        and (
            position in ends
            or position + 1 in starts
            or (tokens[position + 1 : position + 2] in (["of"], ["in"], ["holder"], ["card"]))
        )
    ]


def _visas_held(tokens: Sequence[str], mentions: Sequence[Mention]) -> list[Status]:
    """Visas of another country that somebody holds; a visa that is asked for is none."""
    foreign = [mention for mention in mentions if mention.entry.codes != (HOME,)]
    ends = {mention.end: mention.entry.kind for mention in foreign}
    starts = {mention.start: mention.entry.kind for mention in foreign}
    held: list[Status] = []
    for position, token in enumerate(tokens):
        if token not in VISAS or not _ASKED.isdisjoint(tokens[position + 1 : position + 3]):
            continue
        after = position + 1
        while after not in starts and after < len(tokens) and tokens[after] in ("of", "from", "the", "by"):
            after += 1
        linked = after > position + 1 or (token not in ("visa", "visas") and starts.get(after) is Kind.NAME)
        of_a_state = after in starts and linked
        clause = tokens[clause_start(tokens, position) : position]
        of_a_state = of_a_state or (ends.get(position) is Kind.NAME and token in _OF_A_STATE)
        if of_a_state or ((position in ends or after in starts) and not _HELD.isdisjoint(clause)):
            held.append(Status(position, position + 1, StatusKind.RESIDENCE))
    return held


def clause_start(tokens: Sequence[str], position: int) -> int:
    """Where the clause of a position starts."""
    while position > 0 and tokens[position - 1] != BREAK:
        position -= 1
    return position
