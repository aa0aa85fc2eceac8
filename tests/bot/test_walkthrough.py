"""A newcomer's way through the product: `visabot run` without a token, and its page in a real browser.

Each language goes from the first tap to an outcome, with a typing error, a restart of the process in the middle, an
edit and a language switch.
"""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Locator, Page, expect

from dialogs.texts import Texts
from knowledge.language import Language

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Talk:
    """What one traveller types, misspelt where people misspell; the rest are taps on labels of the catalogues."""

    language: Language
    begin: str
    passport: str
    asked_back: bool
    country: str
    purpose: str
    arrival: str
    days: str
    more_days: str
    switch_to: Language


TALKS = (
    Talk(Language.KK, "Бастау", "Кения азаматымн", False, "Кения", "саяхат", "ертең", "он күн", "45 күн", Language.RU),
    Talk(Language.RU, "Начать", "Мавритния", True, "Мавритания", "отпуск", "завтра", "10 дней", "45 дней", Language.EN),
    Talk(
        Language.EN,
        "Start",
        "I hold an Egyptan passport",
        True,
        "Egypt",
        "holiday",
        "tomorrow",
        "ten",
        "45",
        Language.KK,
    ),
)


class Assistant:
    """The product as a newcomer starts it: one process, its data in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and read its three lines."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=self.folder,
            env={**kept, "PYTHONPATH": str(ROOT), "PORT": str(self.port)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._process.stdout is not None
        lines = [self._process.stdout.readline() for _ in range(3)]
        assert self.base in "".join(lines)

    def kill(self) -> None:
        """End it without any warning."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(30)
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process = None


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    running = Assistant(tmp_path)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts.load()


@dataclass(frozen=True)
class Traveller:
    """A person at the page."""

    page: Page
    texts: Texts
    language: Language

    def label(self, key: str, **values: object) -> str:
        return self.texts.get(self.language, key, **values)

    def tap(self, label: str) -> None:
        """Tap the newest button whose label holds these words."""
        self.page.get_by_role("button", name=re.compile(re.escape(label))).last.click()

    def say(self, text: str) -> None:
        self.page.locator("#text").fill(text)
        self.page.keyboard.press("Enter")

    def sees(self, text: str) -> None:
        expect(self.newest()).to_contain_text(text, timeout=20_000)

    def newest(self) -> Locator:
        """The newest message in the chat."""
        return self.page.locator("#log > [data-id]").last


@pytest.mark.parametrize("talk", TALKS, ids=lambda talk: str(talk.language))
def test_from_the_first_tap_to_an_outcome(assistant: Assistant, browser: Browser, texts: Texts, talk: Talk) -> None:
    context = browser.new_context(locale=talk.language, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(assistant.base)
    traveller = Traveller(page, texts, talk.language)

    traveller.tap(talk.begin)
    traveller.tap(traveller.label(f"language.name.{talk.language}"))
    traveller.tap(traveller.label("flow.which_visa.title"))
    traveller.sees(traveller.label("question.which_passport_do_you_hold.ask"))
    traveller.say(talk.passport)
    if talk.asked_back:
        traveller.sees(traveller.label("country.is_it"))
        traveller.tap(traveller.label("button.yes"))
    traveller.sees(traveller.label("question.what_kind_of_passport.ask"))
    traveller.tap(traveller.label("option.ordinary"))
    traveller.sees(traveller.label("question.what_is_the_trip_for.ask"))

    assistant.kill()
    assistant.start()
    traveller.say(talk.purpose)
    traveller.sees(traveller.label("question.when_do_you_arrive.ask"))
    traveller.say(talk.arrival)
    traveller.sees(traveller.label("question.how_many_days_will_you_stay.ask"))
    traveller.say(talk.days)
    traveller.sees(traveller.label("question.how_often_will_you_enter.ask"))
    traveller.tap(traveller.label("option.single"))
    traveller.sees(traveller.label("question.how_do_you_cross_the_border.ask"))
    traveller.tap(traveller.label("option.air"))
    traveller.sees(traveller.label("verdict.evisa"))
    traveller.sees(talk.country)
    traveller.sees(traveller.label("card.sources"))

    traveller.tap(traveller.label("button.calendar"))
    traveller.sees(traveller.label("calendar.sent"))
    with page.expect_download() as download:
        page.get_by_role("link", name="visa-dates.ics").click()
    assert download.value.suggested_filename == "visa-dates.ics"
    assert len(Calendar.from_ical(download.value.path().read_bytes()).events) >= 4

    traveller.tap(traveller.label("button.change_something"))
    traveller.tap(traveller.label("question.how_many_days_will_you_stay.label"))
    traveller.sees(traveller.label("question.how_many_days_will_you_stay.ask"))
    traveller.say(talk.more_days)
    traveller.tap(traveller.label("button.do_change"))
    traveller.sees(traveller.label("verdict.too_long"))

    traveller.tap(traveller.label("button.language"))
    traveller.tap(traveller.label(f"language.name.{talk.switch_to}"))
    traveller.sees(texts.get(talk.switch_to, "verdict.too_long"))
    context.close()


def test_a_card_for_any_chat_leads_back_to_its_answer(assistant: Assistant, browser: Browser, texts: Texts) -> None:
    context = browser.new_context(locale="ru-RU", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto(assistant.base)
    traveller = Traveller(page, texts, Language.RU)
    expect(page.get_by_text(texts.get(Language.RU, "bot.description").splitlines()[0])).to_be_visible()

    page.get_by_role("textbox").fill("@visa_preview_bot төлем")
    page.get_by_role("group", name="Ответы на выбор").get_by_role(
        "button", name="Электрондық виза қанша тұрады"
    ).click()
    traveller.sees("Электрондық виза қанша тұрады")
    traveller.sees(texts.get(Language.KK, "card.sources"))
    traveller.tap(texts.get(Language.KK, "inline.open"))
    traveller.tap(traveller.label("language.name.ru"))
    traveller.sees("Сколько стоит электронная виза")
    traveller.sees(traveller.label("flow.evisa_check.title"))
    context.close()
