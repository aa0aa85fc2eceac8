"""Small words that say what a country in a sentence is: a passport, an origin, a stop, a destination."""

__all__ = [
    "CITIZENSHIP", "CONJUNCTIONS", "ETHNIC", "FROM", "GLUE", "HOME", "NEGATIONS", "NEGATIONS_AFTER",
    "OWNED_BY_A_STATE", "REPLY", "SELF", "STAY", "STOP_WORDS", "TOWARDS", "is_citizenship", "is_destination",
    "is_origin", "is_stay", "is_stop_word", "without_personal_names",
    "word_set",
]  # fmt: skip


def word_set(text: str) -> frozenset[str]:
    """The words of a text, in folded form as far as й goes."""
    return frozenset(text.replace("й", "и").split())


HOME = "KZ"
"""The country everybody travels to: it is a passport only when the text says so."""

# Folded forms: Kazakh letters are written а г к н о у х и, й is и, ё is е.
CITIZENSHIP = (
    "паспорт", "гражд", "поддан", "азамат", "толкужат", "кужат", "загран", "загранпаспорт",
    "passport", "passaport", "pasport", "citizen", "national", "azamat", "tolkuzhat", "tolqujat", "tolqyzhat",
    "grazhdan", "grajdan", "holder", "удостоверени",
)  # fmt: skip
"""Beginnings of words for passport and citizenship."""

_NOT_CITIZENSHIP = word_set("international internationally nationwide кужаттар кужаттары")
ETHNIC = word_set("ethnic ethnically origin descent roots этнический этническая этнически национальности происхождения "
              "корни улты ултым тегим этникалык")  # fmt: skip
SELF = word_set("i im am iam we are я мы мен биз меня мне мой моя")
FROM = word_set("from из с со от ex")
TOWARDS = word_set("to towards into до к ко visiting visit entering enter entry посетить въезда въезд въехать")
STAY = word_set("in at в во на via through over transit через арқылы аркылы near living live lives born based residing "
            "resident staying stay located живу проживаю живем родился родилась нахожусь проездом")  # fmt: skip
_STAY_AFTER = word_set("турамын турам турамыз туратын туып туганмын аркылы транзит транзитпен журмин жургенмин")
_ORIGIN_AFTER = word_set("келемин келдим келдик шыктым ушамын ушып")
_FLYING = word_set("fly flying flew coming arriving travelling traveling travel depart departing departure лечу "
                   "вылетаю еду приеду прилетаю летим едем вылет прилечу выезжаю ушамын")  # fmt: skip
_CITIZEN_VERBS = word_set("issued выдан выдано выданный выдали берген берилген")
OWNED_BY_A_STATE = word_set("embassy consulate mission ambassador consul border capital president map flag посольство "
                        "посольстве посольства консульство консульстве консульства посол консул граница границе "
                        "границу столица столице президент карта флаг виза визу визой")  # fmt: skip
REPLY = word_set("it its is s my country the this ok okay yes hi hello это моя мои страна наша да привет здравствуите "
             "менин елим мои бул салем из from")  # fmt: skip
NEGATIONS = word_set("not не нет neither nor isnt aint never")
NEGATIONS_AFTER = word_set("емес емеспин")
CONJUNCTIONS = word_set("and or и или мен жане не немесе либо plus также да")
GLUE = word_set("of the a an is are my our their his her from issued by with valid one two dual also currently я меня "
                "у мой моя моего гражданином гражданин это есть выдан республики страны государства мой из от с как "
            "дипломатический служебный ordinary diplomatic service official biometric new old valid елинин "
            "мемлекетинин менин бизде бар citizens full proud born")  # fmt: skip
STOP_WORDS = word_set(
    "i im am is are was be been being a an the of from in on at to for my me we our you your it its this that these "
    "and or but as by with have has had hold holds holding do does did need needs want can could will would should "
    "please hi hello hey good morning thanks thank yes no not so just also only very there here what which who how "
    "when where why if then than about country countries person people man woman guy men women citizen citizens "
    "citizenship national nationals nationality passport passports holder visa visas free travel go going come "
    "coming fly flying live living work working study tourist tourism student one two three "
    "я мы он она оно они ты вы мне меня мой моя мое мои наш наша у из в во на с со к ко от до для по за о об и или "
    "а но да нет не что кто как где когда зачем почему это этот эта есть был была нужен нужна нужно нужны ли можно "
    "хочу хотим могу надо еду ехать поехать лечу приехать приеду здравствуйте привет спасибо пожалуйста страна "
    "страны стране гражданин гражданка граждане граждан гражданам гражданство гражданства подданный паспорт паспорта "
    "паспортом паспорту виза визу визы человек люди родом сам сама турист студент житель выдан "
    "мен сен ол биз сиз олар менин бизин сиздин менде бар жок керек па пе ба бе ма ме азаматы азаматымын азаматтыгы "
    "азаматтыгым азаматпын азаматымыз толкужаты толкужатым паспорты паспортым виза ел ели елинин елинен елдин мын мин "
    "бын бин пын пин емес жане немесе ушин туралы калаи кашан кимге маган бизге салем рахмет болады болама бара "
    "барамын келдим келемин адам адамы"
)


_NAME_AHEAD = word_set("зовут атым есимим имя name ismi")


def without_personal_names(tokens: list[str]) -> list[str]:
    """The words without a person's name that somebody gives ("my name is Chad", "меня зовут Марат")."""
    kept: list[str] = []
    after = False
    for token in tokens:
        if after and token in ("is", "это", "у", "меня"):
            continue
        if after:
            after = False
            continue
        after = token in _NAME_AHEAD
        kept.append(token)
    return kept


def is_stop_word(token: str) -> bool:
    """Whether a word carries no country of its own."""
    return token in STOP_WORDS or is_citizenship(token)


def is_citizenship(token: str) -> bool:
    """Whether a word speaks of a passport or a citizenship ("гражданин", "төлқұжатым", "passports")."""
    return (token.startswith(CITIZENSHIP) and token not in _NOT_CITIZENSHIP) or token in _CITIZEN_VERBS


def is_stay(token: str) -> bool:
    """Whether the word after a Kazakh country makes it a place of residence or transit."""
    return token in _STAY_AFTER


def is_origin(token: str) -> bool:
    """Whether a word makes a country the place a journey starts from, which is not a citizenship."""
    return token in _FLYING or token in _ORIGIN_AFTER


def is_destination(chain: str) -> bool:
    """Whether a Kazakh suffix chain is the dative: the traveller goes there."""
    return chain in {"га", "ге", "ка", "ке", "на", "не"}
