"""What must never be said is caught in each language, and its near misses are not."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from knowledge.language import Language
from knowledge.loader import load_knowledge
from knowledge.never_serve import sentences
from knowledge.yamlfile import load_yaml

_KB = load_knowledge()
_ROWS = _KB.never_serve
_CATALOGUES = Path(__file__).parents[2] / "locales"


def _cases() -> list[tuple[str, Language, str, str]]:
    content = load_yaml(Path(__file__).with_name("never_serve_cases.yaml"))
    assert isinstance(content, dict)
    return [(id_, Language(code), *pair) for id_, rows in content.items() for code, pair in rows.items()]


_CASES = _cases()


@pytest.mark.parametrize(("id_", "language", "caught", "passes"), _CASES, ids=[f"{c[0]} {c[1]}" for c in _CASES])
def test_a_claim_is_caught_and_its_near_miss_is_not(id_: str, language: Language, caught: str, passes: str) -> None:
    assert id_ in _ROWS.violations(caught, language)
    assert _ROWS.violations(passes, language) == ()


def test_every_row_has_its_sentences_in_every_language() -> None:
    assert {case[0] for case in _CASES} == set(_ROWS.rows)
    assert {(case[0], case[1]) for case in _CASES} == {(id_, language) for id_ in _ROWS.rows for language in Language}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("THE U.S. VISA FEE IS 160 USD", ("us_fee_160",)),
        ("The U.S. visa fee\nis 160\u00a0USD.", ("us_fee_160",)),
        ("The U.S. visa fee is $160.", ("us_fee_160",)),
        ("Form DS\u2011160 asks for your data. A U.S. visa costs 185 USD.", ()),
        ("A U.S. visa costs 185 USD. In 2020 the e-visa was 160 USD.", ()),
        ("- a U.S. visa\n- 160 USD in the table of 2020", ()),
        ("A U.S. visa costs 185 USD.\n\nThe table of 2020 says 160 USD.", ()),
        ("Ask VFS about Nur\u2011Sultan", ("us_former_vendor_points", "nur_sultan_today")),
        ("", ()),
    ],
)
def test_case_spaces_hyphens_and_line_breaks(text: str, found: tuple[str, ...]) -> None:
    assert _ROWS.violations(text, Language.EN) == found


def test_short_forms_do_not_end_a_sentence() -> None:
    assert sentences("The U.S. Embassy is in Astana. It is open.") == ("The U.S. Embassy is in Astana.", "It is open.")
    assert sentences("Ул. Абая, г. Астана") == ("Ул. Абая, г. Астана",)


@pytest.mark.parametrize("language", Language)
def test_no_text_of_the_product_says_such_a_thing(language: Language) -> None:
    texts: list[str] = [source.title_in(language) for source in _KB.sources.values()]
    for path in sorted((_CATALOGUES / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        for message in catalogue:
            forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
            texts.extend(str(form) for form in forms)
    for answer in _KB.answers.values():
        texts.extend([answer.titles[language], *(part.texts[language] for part in answer.parts)])

    assert len(texts) > 500
    assert {text: found for text in texts if (found := _ROWS.violations(text, language))} == {}


def test_statements_that_are_served_say_no_such_thing() -> None:
    served = [statement.statement for statement in _KB.statements.values() if statement.served]

    assert {text: found for text in served if (found := _ROWS.violations(text, Language.EN))} == {}
