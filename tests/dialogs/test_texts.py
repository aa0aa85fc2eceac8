"""The catalogues: what a broken one says, and how numbers choose their words."""

from pathlib import Path

import pytest

from dialogs.texts import TextError, Texts
from knowledge.language import Language

_PLURALS = {
    Language.KK: "nplurals=1; plural=0;",
    Language.RU: "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
    "n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    Language.EN: "nplurals=2; plural=(n != 1);",
}


def write(root: Path, language: Language, body: str, name: str = "dialogs") -> None:
    folder = root / language
    folder.mkdir(parents=True, exist_ok=True)
    header = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {_PLURALS[language]}\\n"\n\n'
    )
    (folder / f"{name}.po").write_text(header + body, encoding="utf-8")


def entry(key: str, *forms: str) -> str:
    if len(forms) == 1:
        return f'msgid "{key}"\nmsgstr "{forms[0]}"\n\n'
    lines = "".join(f'msgstr[{index}] "{form}"\n' for index, form in enumerate(forms))
    return f'msgid "{key}"\nmsgid_plural "{key}"\n{lines}\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(
        tmp_path,
        Language.KK,
        'msgid "days"\nmsgid_plural "days"\nmsgstr[0] "{n} күн"\n\n' + entry("hi", "Сәлем, {name}"),
    )
    write(tmp_path, Language.RU, entry("days", "{n} день", "{n} дня", "{n} дней") + entry("hi", "Привет, {name}"))
    write(tmp_path, Language.EN, entry("days", "{n} day", "{n} days") + entry("hi", "Hello, {name}"))
    return tmp_path


@pytest.mark.parametrize(
    ("language", "n", "words"),
    [
        (Language.KK, 1, "1 күн"),
        (Language.KK, 5, "5 күн"),
        (Language.RU, 1, "1 день"),
        (Language.RU, 3, "3 дня"),
        (Language.RU, 11, "11 дней"),
        (Language.RU, 21, "21 день"),
        (Language.EN, 1, "1 day"),
        (Language.EN, 2, "2 days"),
    ],
)
def test_a_number_chooses_its_words(root: Path, language: Language, n: int, words: str) -> None:
    assert Texts.load(root).count(language, "days", n) == words


def test_values_are_filled_once_and_never_read_as_placeholders(root: Path) -> None:
    assert Texts.load(root).get(Language.EN, "hi", name="{name}") == "Hello, {name}"


def test_every_problem_is_named_at_once(root: Path) -> None:
    write(root, Language.EN, entry("only_english", "x") + entry("empty", ""), name="more")
    write(root, Language.RU, entry("hi", "ещё раз") + entry("empty", "пусто"), name="more")
    write(root, Language.KK, entry("empty", "бос"), name="more")
    with pytest.raises(TextError) as caught:
        Texts.load(root)
    report = str(caught.value)
    assert "locales/kk: only_english: the text is missing" in report
    assert "locales/ru: only_english: the text is missing" in report
    assert "locales/en/more.po: empty: the text is empty" in report
    assert "locales/ru/more.po: hi: stands twice" in report


def test_a_missing_quotation_mark_and_a_second_entry_are_seen(root: Path) -> None:
    write(root, Language.EN, 'msgid "open"\nmsgstr "words\n\nmsgid "shut"\nmsgstr words"\n\n', name="quotes")
    write(root, Language.RU, entry("twice", "раз") + entry("twice", "два"), name="double")
    with pytest.raises(TextError) as caught:
        Texts.load(root)
    report = str(caught.value)
    assert 'locales/en/quotes.po: line 8: msgstr "words: is not a quoted text' in report
    assert 'locales/en/quotes.po: line 11: msgstr words": is not a quoted text' in report
    assert 'locales/ru/double.po: line 10: "twice": stands on line 7 already' in report


def test_languages_must_agree_on_placeholders(root: Path) -> None:
    write(root, Language.KK, entry("fee", "{amount} теңге"), name="more")
    write(root, Language.RU, entry("fee", "{sum} тенге"), name="more")
    write(root, Language.EN, entry("fee", "KZT {amount}"), name="more")
    with pytest.raises(TextError, match="fee: amount, sum: the languages differ"):
        Texts.load(root)


def test_a_missing_language_is_a_problem(root: Path) -> None:
    (root / "kk" / "dialogs.po").unlink()
    with pytest.raises(TextError, match=r"locales/kk: no \.po file found"):
        Texts.load(root)


def test_an_unknown_id_or_value_is_refused(root: Path) -> None:
    texts = Texts.load(root)
    with pytest.raises(TextError, match="nobody: no such text"):
        texts.get(Language.RU, "nobody")
    with pytest.raises(TextError, match=r"hi: \{name\}: no value was given"):
        texts.get(Language.RU, "hi")
