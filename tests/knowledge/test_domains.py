"""Only addresses on an official domain, or below one, may become links."""

import pytest

from knowledge.contacts import ContactKind
from knowledge.domains import is_official
from knowledge.loader import load_knowledge

_KB = load_knowledge()


def test_the_official_domains() -> None:
    assert set(_KB.domains) == {
        "gov.kz",
        "egov.kz",
        "eqonaq.kz",
        "expatcentre.aifc.kz",
        "adilet.zan.kz",
        "ais.usvisa-info.com",
        "state.gov",
        "usembassy.gov",
        "cbp.dhs.gov",
    }


@pytest.mark.parametrize(
    ("address", "official"),
    [
        ("https://gov.kz", True),
        ("https://www.vmp.gov.kz/ru/page", True),
        ("https://WWW.VMP.GOV.KZ./", True),
        ("http://adilet.zan.kz/rus/docs/V1600013715", True),
        ("https://travel.state.gov/content/x.html", True),
        ("https://vmp-gov.kz", False),
        ("https://evilgov.kz", False),
        ("https://gov.kz.example.org", False),
        ("https://gov.kz@example.org", False),
        ("https://example.org/gov.kz", False),
        ("https://usvisa-info.com", False),
        ("https://ustraveldocs.com/kz", False),
        ("https://[::1", False),
        ("gov.kz", False),
        ("", False),
    ],
)
def test_an_address_is_judged_by_its_host(address: str, official: bool) -> None:
    assert is_official(address, _KB.domains) is official


def test_every_web_contact_is_official() -> None:
    web = [contact.value for contact in _KB.contacts.values() if contact.kind is ContactKind.WEB]

    assert len(web) > 10
    assert [address for address in web if not is_official(address, _KB.domains)] == []
