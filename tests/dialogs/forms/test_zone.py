"""The machine-readable zone: the specimen of ICAO Doc 9303 and invented passports, as people type and paste them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.forms import Mistake
from dialogs.forms.zone import Zone, check_digit, looks_like_zone, read_zone
from dialogs.texts import Texts
from knowledge.language import Language

TODAY = date(2026, 11, 22)
FIRST = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<"
SECOND = "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
SPECIMEN = Zone(
    surname="ERIKSSON",
    first_names="ANNA MARIA",
    sex="female",
    birth_date=date(1974, 8, 12),
    citizenship=None,
    passport_number="L898902C3",
    passport_expires=date(2012, 4, 15),
    passport_country=None,
    personal_number="ZE184226B",
    names_cut=False,
)


def zone(
    names: str = "SPECIMEN<<ANNA",
    number: str = "N1234567",
    state: str = "KAZ",
    issuer: str | None = None,
    born: str = "800510",
    sex: str = "F",
    expires: str = "300509",
    personal: str = "",
) -> str:
    """The two lines of an invented passport."""
    first = f"P<{(issuer or state):<3}{names}".replace(" ", "<").ljust(44, "<")
    number, own = number.ljust(9, "<"), personal.ljust(14, "<")
    parts = [f"{part}{check_digit(part)}" for part in (number, born, expires)]
    own += str(check_digit(own)) if personal else "<"
    nation = f"{state:<3}".replace(" ", "<")
    return f"{first}\n{parts[0]}{nation}{parts[1]}{sex}{parts[2]}{own}{check_digit(''.join(parts) + own)}"


AS_PEOPLE_SEND_IT = {
    "two lines": f"{FIRST}\n{SECOND}",
    "one line": FIRST + SECOND,
    "small letters": f"{FIRST} {SECOND}".lower(),
    "spaces": f"{FIRST[:20]} {FIRST[20:]}\n{SECOND[:10]} {SECOND[10:]}",
    "a word before": f"MRZ: {FIRST}\n{SECOND}",
    "other signs": f"{FIRST}\n{SECOND}".replace("<<", "«"),
    "too many fillers": f"{FIRST}<<<\n{SECOND}",
    "too few fillers": f"{FIRST[:-4]}\n{SECOND}",
    "too few fillers in line 2": f"{FIRST}\n{SECOND.replace('<<<<<', '<<<')}",
    "O for 0 in the number": f"{FIRST}\n{SECOND.replace('8902', '89O2')}",
    "O for 0 everywhere in line 2": f"{FIRST}\n{SECOND.replace('0', 'O')}",
    "letters in dates": f"{FIRST}\n{SECOND.replace('7408122', '74O8IZ2')}",
    "0 for O": f"{FIRST}\n{SECOND.replace('UTO', 'UT0')}",
}


@pytest.mark.parametrize("text", AS_PEOPLE_SEND_IT.values(), ids=AS_PEOPLE_SEND_IT.keys())
def test_the_specimen(text: str) -> None:
    assert looks_like_zone(text)
    assert read_zone(text, TODAY) == SPECIMEN


def test_names_without_fillers_may_be_cut() -> None:
    long = read_zone(zone(names="NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"), TODAY)
    assert isinstance(long, Zone)
    assert (long.surname, long.first_names, long.names_cut) == ("NILAVADHANANANDA", "CHAYAPA DEJTHAMRONG K", True)
    typed = read_zone(f"{FIRST.rstrip('<')}\n{SECOND}", TODAY)
    assert isinstance(typed, Zone)
    assert typed.names_cut
    one = read_zone(zone(names="ARKFREITH"), TODAY)
    assert isinstance(one, Zone)
    assert (one.surname, one.first_names, one.names_cut) == ("ARKFREITH", "", False)


@pytest.mark.parametrize(
    ("code", "country"),
    {"KAZ": "KZ", "IND": "IN", "D": "DE", "RKS": "XK", "TWN": "TW", "ROU": "RO", "USA": "US", "XXA": None,
     "XXB": None, "XXC": None, "XXX": None, "UNO": None, "SUN": None, "GBD": None, "UTO": None}.items(),
)  # fmt: skip
def test_states(code: str, country: str | None) -> None:
    read = read_zone(zone(state=code), TODAY)
    assert isinstance(read, Zone)
    assert read.citizenship == read.passport_country == country


def test_issuer_and_citizenship_are_two_things() -> None:
    read = read_zone(zone(state="XXB", issuer="D"), TODAY)
    assert isinstance(read, Zone)
    assert (read.citizenship, read.passport_country) == (None, "DE")


@pytest.mark.parametrize(
    ("born", "day"),
    {"261122": date(2026, 11, 22), "261123": date(1926, 11, 23), "000229": date(2000, 2, 29),
     "991231": date(1999, 12, 31), "74<<<<": None}.items(),
)  # fmt: skip
def test_the_century_of_a_birth_is_the_last_one_that_has_come(born: str, day: date | None) -> None:
    read = read_zone(zone(born=born), TODAY)
    assert isinstance(read, Zone)
    assert read.birth_date == day


def test_sex_and_personal_number_may_be_left_out() -> None:
    read = read_zone(zone(sex="<"), TODAY)
    assert isinstance(read, Zone)
    assert (read.sex, read.personal_number) == (None, "")
    man = read_zone(zone(sex="M", personal="800510300123"), TODAY)
    assert isinstance(man, Zone)
    assert (man.sex, man.personal_number) == ("male", "800510300123")


WRONG = {
    f"{FIRST}\n{SECOND.replace('L89', 'L99')}": "zone_number",
    f"{FIRST}\n{SECOND.replace('740812', '740813')}": "zone_birth_date",
    f"{FIRST}\n{SECOND.replace('120415', '120416')}": "zone_expiry",
    f"{FIRST}\n{SECOND.replace('ZE18', 'ZE19')}": "zone_personal_number",
    f"{FIRST}\n{SECOND[:-1]}3": "zone_whole",
    f"{FIRST}\n{SECOND[:-3]}": "zone_length",
    f"{FIRST}\n{SECOND[:-1]}": "zone_length",
    f"{FIRST}\n{SECOND.replace('8902', 'B902')}": "zone_number",
    f"{FIRST.replace('ANNA', 'ANN4')}\n{SECOND}": "zone_names",
    f"{FIRST.replace('MARIA<<<', 'MARIA<<K')}\n{SECOND}": "zone_names",
    f"P<UTO{'A' * 40}\n{SECOND}": "zone_names_length",
    f"{FIRST.replace('P<', 'V<')}\n{SECOND}": "zone_of_another_document",
    FIRST: "zone_lines",
    SECOND: "zone_lines",
    "": "zone_lines",
    zone(born="801310"): "zone_birth_date",
    zone(expires="300231"): "zone_expiry",
}


@pytest.mark.parametrize(("text", "key"), WRONG.items())
def test_what_does_not_verify_is_named(text: str, key: str, texts: Texts) -> None:
    read = read_zone(text, TODAY)
    assert isinstance(read, Mistake)
    assert read.key == key
    for language in Language:
        assert texts.get(language, f"form.{key}", **read.values)


@pytest.mark.parametrize(
    "text", ["ERIKSSON", "ANNA MARIA", "how much is the visa?", "<3", "a << b", "", "8 701 123 45 67"]
)
def test_other_texts_are_no_zone(text: str) -> None:
    assert not looks_like_zone(text)


NUMBER = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=5, max_size=9)
BORN = st.dates(date(1930, 1, 1), TODAY).map(lambda day: f"{day:%y%m%d}")
EXPIRES = st.dates(date(2024, 1, 1), date(2036, 1, 1)).map(lambda day: f"{day:%y%m%d}")


@given(NUMBER, BORN, EXPIRES, st.one_of(st.just(""), NUMBER))
def test_a_right_zone_is_read_as_it_stands(number: str, born: str, expires: str, personal: str) -> None:
    read = read_zone(zone(number=number, born=born, expires=expires, personal=personal), TODAY)
    assert isinstance(read, Zone)
    assert (read.passport_number, read.personal_number) == (number, personal)
    assert f"{read.passport_expires:%y%m%d}" == expires


@given(
    NUMBER.filter(lambda number: "O" not in number), BORN, EXPIRES, st.integers(0, 27), st.sampled_from("0123456789")
)
def test_a_wrong_figure_never_gives_another_passport(
    number: str, born: str, expires: str, place: int, figure: str
) -> None:
    """One wrong figure in the checked fields is found; only an O could be repaired, and there is none."""
    first, second = zone(number=number, born=born, expires=expires).split("\n")
    if not second[place].isdigit():
        return
    read = read_zone(f"{first}\n{second[:place]}{figure}{second[place + 1 :]}", TODAY)
    if isinstance(read, Zone):
        assert read.passport_number == number
        assert f"{read.passport_expires:%y%m%d}" == expires


@given(st.text(alphabet="P<ABOZ012389\n ", max_size=100), st.text(max_size=40))
def test_any_text_is_read(near: str, text: str) -> None:
    wild = f"{FIRST}{SECOND[:28]}{text}"
    for said in (near, text, f"{FIRST}{near}", f"{near}{SECOND}", wild, wild[:88].ljust(88, "Ж"), wild.ljust(88, "٣")):
        looks_like_zone(said)
        assert isinstance(read_zone(said, TODAY), Zone | Mistake)
