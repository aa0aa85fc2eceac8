"""Countries that somebody travels to, other than Kazakhstan."""

import pytest

from knowledge.recognition import CountryRecognizer


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("can Indians get e-visa for Vietnam", ("VN",)),
        ("Do Americans need a visa for Uzbekistan on 10 days", ("UZ",)),
        ("Нужна ли виза американцу в Узбекистан на 10 дней", ("UZ",)),
        ("лечу в Турцию", ("TR",)),
        ("Түркияға барсам виза керек пе", ("TR",)),
        ("uzbekistan evisa how to apply", ("UZ",)),
        ("Kyrgyzstan e-visa", ("KG",)),
        ("испанская рабочая виза", ("ES",)),
        ("thai tourist visa", ("TH",)),
        ("қытай визасы керек пе", ("CN",)),
    ],
)
def test_elsewhere(recognizer: CountryRecognizer, text: str, codes: tuple[str, ...]) -> None:
    assert recognizer.destinations(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "do Americans need a visa",
        "немцу нужна виза на 20 дней",
        "visa for Kenya citizens",
        "я в Турции, нужна ли виза",
        "is Korea visa-free",
        "from Uzbekistan to Kazakhstan, do Americans need a visa",
        "Indian citizen, visa for Kazakhstan, then I go to Uzbekistan",
        "Do Indians need visa",
        "",
    ],
)
def test_not_elsewhere(recognizer: CountryRecognizer, text: str) -> None:
    assert recognizer.destinations(text) == ()
