"""The chat page in a real browser, with a small bot behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.preview import create_preview
from tests.bot.preview.fake_bot import TOKEN, FakeBot
from tests.preview_server import serve

pytestmark = pytest.mark.browser


@pytest.fixture
def bot() -> Iterator[FakeBot]:
    with serve(create_preview(token=TOKEN, state=None)) as base:
        bot = FakeBot(base)
        bot.call("setMyName", name="Visa helper")
        bot.call("setMyDescription", description="I look up visas.")
        bot.call("setMyDescription", description="Визаны іздеймін.", language_code="kk")
        bot.call("setMyCommands", commands=[{"command": name, "description": "d"} for name in ("start", "help")])
        bot.start()
        yield bot
        bot.stop()
    bot.join(10)


def open_page(browser: Browser, locale: str = "en-US", width: int = 1100) -> tuple[Page, list[str]]:
    context = browser.new_context(
        locale=locale, viewport={"width": width, "height": 740}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
    return page, problems


@pytest.fixture
def page(browser: Browser, bot: FakeBot) -> Iterator[Page]:
    page, problems = open_page(browser)
    page.goto(bot.base)
    yield page
    assert problems == []
    page.context.close()


def log(page: Page) -> Locator:
    return page.get_by_role("log")


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Message").fill(text)
    page.keyboard.press("Enter")


def test_a_first_conversation(page: Page, bot: FakeBot) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Visa helper")
    expect(page.get_by_text("I look up visas.")).to_be_visible()
    button(page, "Start").click()
    expect(log(page).locator("strong").first).to_have_text("Visa-free")
    expect(page.get_by_text("I look up visas.")).to_be_hidden()
    link = page.get_by_role("link", name="gov.kz")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("https://www.gov.kz/services/3090", "_blank")
    assert "noopener" in (link.get_attribute("rel") or "")
    expect(log(page).locator("time[title='10 December 2026']")).to_have_text("30 November 2026")
    button(page, "/help").click()
    expect(page.get_by_text("You said: /help")).to_be_visible()
    write(page, "<b>not bold</b>")
    expect(page.get_by_text("You said: <b>not bold</b>")).to_be_visible()


def test_quotes_and_spoilers_open_by_keyboard(page: Page) -> None:
    button(page, "Start").click()
    more = button(page, "Show more")
    more.focus()
    page.keyboard.press("Enter")
    expect(button(page, "Show less")).to_have_attribute("aria-expanded", "true")
    spoiler = button(page, "Show hidden text")
    spoiler.focus()
    page.keyboard.press("Space")
    expect(page.locator(".revealed")).to_have_text("hidden words")
    expect(page.locator(".revealed")).to_be_focused()


def test_buttons_answer(page: Page, bot: FakeBot) -> None:
    button(page, "Start").click()
    button(page, "No").click()
    expect(page.locator(".toast")).to_have_text("Noted")
    expect(page.locator("[aria-busy]")).to_have_count(0)
    button(page, "Delete my data").click()
    expect(page.get_by_role("dialog")).to_contain_text("Noted")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    button(page, "Copy number").click()
    expect(page.locator(".toast", has_text="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "B12"
    button(page, "Share").click()
    expect(page.get_by_text("This button works only in Telegram")).to_be_visible()
    button(page, "Yes, it is for tourism").focus()
    page.keyboard.press("Enter")
    expect(button(page, "Done")).to_be_focused()
    expect(log(page)).to_contain_text("Changed")
    assert bot.seen == ["/start", "no", "alert", "yes"]


def test_a_button_shows_that_it_waits(page: Page, bot: FakeBot) -> None:
    button(page, "Start").click()
    expect(button(page, "No")).to_be_visible()
    held = page.context.request.post(
        f"{bot.base}/preview/faults", data={"method": "getUpdates", "times": 1000, "status": 500}
    )
    assert held.ok
    write(page, "wakes the poll")
    expect(log(page)).to_contain_text("You said: wakes the poll")
    button(page, "No").click()
    expect(button(page, "No")).to_have_attribute("aria-busy", "true")
    page.context.request.delete(f"{bot.base}/preview/faults")
    expect(page.locator("[aria-busy]")).to_have_count(0)


def test_the_command_menu_by_keyboard(page: Page, bot: FakeBot) -> None:
    field = page.get_by_role("textbox", name="Message")
    expect(button(page, "Commands")).to_be_visible()
    field.press_sequentially("/h")
    menu = page.get_by_role("group", name="Commands")
    expect(menu.get_by_role("button")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(field).to_be_focused()
    expect(field).to_have_value("/h")
    field.press_sequentially("e")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("You said: /help")
    expect(field).to_have_value("")
    field.fill("one")
    page.keyboard.press("Shift+Enter")
    field.press_sequentially("two")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("You said: one\ntwo")


def test_other_kinds_can_be_sent(page: Page, bot: FakeBot) -> None:
    button(page, "Attach").click()
    page.get_by_role("group", name="Attach").get_by_role("button", name="Sticker").click()
    expect(log(page).get_by_role("img", name="Sticker")).to_be_visible()
    expect(log(page)).to_contain_text("You said: no text")


def test_a_deep_link_goes_into_the_running_conversation(page: Page, bot: FakeBot) -> None:
    write(page, "old")
    expect(log(page)).to_contain_text("You said: old")
    page.goto(f"{bot.base}/?start=evisa_IN")
    expect(log(page).locator(".key").first).to_be_visible()
    expect(log(page)).to_contain_text("You said: old")
    assert bot.seen == ["old", "/start evisa_IN"]
    shown = [re.compile("old"), re.compile(r"/start\d\d:\d\d$")]
    expect(log(page).locator(".from-me")).to_have_text(shown)
    page.reload()
    expect(log(page).locator(".from-me")).to_have_text(shown)
    write(page, "/start typed")
    expect(log(page).locator(".from-me").last).to_contain_text("/start typed")


def test_a_deep_link_begins_the_first_conversation(page: Page, bot: FakeBot) -> None:
    page.goto(f"{bot.base}/?start=visa")
    expect(log(page).locator(".key").first).to_be_visible()
    assert bot.seen == ["/start visa"]


def test_a_conversation_is_left_only_after_a_question(page: Page, bot: FakeBot) -> None:
    write(page, "old")
    expect(log(page)).to_contain_text("You said: old")
    chat = page.evaluate("localStorage['preview.chat']")
    button(page, "New conversation").click()
    question = page.get_by_role("dialog", name="Start a new conversation?")
    expect(question.get_by_role("button", name="Stay in this one")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    button(page, "New conversation").click()
    question.get_by_role("button", name="Stay in this one").click()
    expect(question).to_be_hidden()
    expect(log(page)).to_contain_text("You said: old")
    assert page.evaluate("localStorage['preview.chat']") == chat
    button(page, "New conversation").click()
    question.get_by_role("button", name="New conversation").click()
    expect(button(page, "Start")).to_be_visible()
    expect(log(page)).not_to_contain_text("old")
    assert page.evaluate("localStorage['preview.chat']") is None


def test_the_language_of_the_page(browser: Browser, bot: FakeBot) -> None:
    page, problems = open_page(browser, "kk-KZ")
    page.goto(bot.base)
    expect(button(page, "Бастау")).to_be_visible()
    expect(page.get_by_text("Визаны іздеймін.")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "kk")
    button(page, "Бастау").click()
    expect(log(page).locator("time[title='10 December 2026']")).to_have_text("2026 жылғы 30 қараша")
    page.get_by_role("combobox", name="Тіл").select_option("ru")
    expect(button(page, "Показать полностью")).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="Сообщение")).to_be_visible()
    assert problems == []
    page.context.close()


def test_cards_are_chosen_from_what_is_typed_after_the_name(page: Page, bot: FakeBot) -> None:
    field = page.get_by_role("textbox", name="Message")
    cards = page.get_by_role("group", name="Answers to choose from")
    expect(page.get_by_role("heading", level=1)).to_have_text("Visa helper")
    field.press_sequentially("@visa_preview_bot fee")
    expect(cards.get_by_role("button")).to_have_text(
        ["Ask the helper", "Card fee 1About fee 1", "Card fee 2About fee 2"]
    )
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    message = log(page).locator(".from-me")
    expect(message).to_have_count(1)
    expect(message.locator(".via")).to_have_text("via @visa_preview_bot")
    expect(message.locator("strong")).to_have_text("Posted fee 2")
    expect(cards).to_be_hidden()
    expect(field).to_have_value("")
    assert not any("@visa" in seen for seen in bot.seen)
    message.get_by_role("button", name="Open").click()
    expect(log(page).locator(".key", has_text="Official page")).to_be_visible()
    assert bot.seen[-1] == "/start t_a_b"
    expect(log(page)).not_to_contain_text("t_a_b")


def test_what_is_typed_after_the_name_is_never_sent(page: Page, bot: FakeBot) -> None:
    field = page.get_by_role("textbox", name="Message")
    cards = page.get_by_role("group", name="Answers to choose from")
    expect(page.get_by_role("heading", level=1)).to_have_text("Visa helper")
    field.press_sequentially("@Visa_Preview_Bot nothing")
    expect(cards.get_by_role("button")).to_have_text(["Ask the helperNothing found"])
    page.keyboard.press("Enter")
    expect(field).to_have_value("@Visa_Preview_Bot nothing")
    page.keyboard.press("Escape")
    expect(cards).to_be_hidden()
    field.fill("@visa_preview_bot ")
    expect(cards).to_contain_text("Card empty 1")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("Posted empty 1")
    field.fill("@visa_preview_bot ")
    cards.get_by_role("button", name="Ask the helper").click()
    expect(log(page).locator(".key", has_text="Official page")).to_be_visible()
    field.fill("@visa_preview_bot")
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("You said: @visa_preview_bot")
    assert [seen for seen in bot.seen if not seen.startswith("inline ")] == ["/start lang", "@visa_preview_bot"]


@pytest.mark.parametrize(
    ("locale", "field", "told"),
    [
        ("kk-KZ", "Хабарлама", "Мұнда боттың аты: @visa_preview_bot"),
        ("ru-RU", "Сообщение", "Здесь имя бота: @visa_preview_bot"),
        ("en-US", "Message", "Here the name of the bot is @visa_preview_bot"),
    ],
)
def test_the_name_of_the_bot_is_shown_and_told_to_who_types_another(
    browser: Browser, bot: FakeBot, locale: str, field: str, told: str
) -> None:
    page, problems = open_page(browser, locale, width=360)
    page.goto(bot.base)
    username = page.get_by_role("banner").get_by_text("@visa_preview_bot", exact=True)
    expect(username).to_be_visible()
    assert username.evaluate("name => name.scrollWidth <= name.clientWidth")
    box, menu = page.get_by_role("textbox", name=field), page.locator("#cards")
    box.press_sequentially("@your_bot")
    expect(menu).to_be_hidden()
    box.press_sequentially(" fee")
    expect(menu.get_by_role("button")).to_have_count(1)
    assert page.evaluate(CONTRAST) == []
    menu.get_by_role("button", name=told).click()
    expect(box).to_have_value("@visa_preview_bot fee")
    expect(box).to_be_focused()
    expect(menu).to_contain_text("Card fee 1")
    box.fill("@your_bot fee")
    expect(menu).to_contain_text(told)
    page.keyboard.press("Enter")
    expect(log(page)).to_contain_text("You said: @your_bot fee")
    expect(menu).to_be_hidden()
    assert problems == []
    page.context.close()


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("kk-KZ", "Осы беттен ештеңе жіберілмейді."),
        ("ru-RU", "С этой страницы ничего не отправляется."),
        ("en-US", "This page sends nothing."),
    ],
)
def test_a_button_that_shares_leads_nowhere(browser: Browser, bot: FakeBot, locale: str, told: str) -> None:
    page, problems = open_page(browser, locale, width=360)
    page.goto(bot.base)
    page.locator("#start").click()
    expect(log(page).locator(".key").first).to_be_visible()
    chat = page.evaluate("Number(localStorage['preview.chat'])")
    share = {"text": "Tell a friend", "url": "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fvisa_preview_bot&text=a"}
    bot.call("sendMessage", chat_id=chat, text="Done.", reply_markup={"inline_keyboard": [[share]]})
    button(page, "Tell a friend").click()
    expect(page.locator(".toast")).to_contain_text(told)
    assert page.evaluate(CONTRAST) == []
    assert len(page.context.pages) == 1
    assert page.locator("a[href*='t.me']").count() == 0
    assert problems == []
    page.context.close()


@pytest.mark.parametrize(
    ("locale", "field", "group", "nothing", "via"),
    [
        ("kk-KZ", "Хабарлама", "Таңдауға арналған жауаптар", "Ештеңе табылмады", "@visa_preview_bot арқылы"),
        ("ru-RU", "Сообщение", "Ответы на выбор", "Ничего не нашлось", "через @visa_preview_bot"),
    ],
)
def test_cards_speak_the_language_of_the_page(
    browser: Browser, bot: FakeBot, locale: str, field: str, group: str, nothing: str, via: str
) -> None:
    page, problems = open_page(browser, locale, width=360)
    page.goto(bot.base)
    expect(page.get_by_role("heading", level=1)).to_have_text("Visa helper")
    cards = page.get_by_role("group", name=group)
    page.get_by_role("textbox", name=field).fill("@visa_preview_bot nothing")
    expect(cards).to_contain_text(nothing)
    page.get_by_role("textbox", name=field).fill("@visa_preview_bot fee")
    expect(cards).to_contain_text("Card fee 1")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(CONTRAST) == []
    cards.get_by_role("button", name="Card fee 1").click()
    expect(log(page).locator(".via")).to_have_text(via)
    assert page.evaluate(CONTRAST) == []
    assert problems == []
    page.context.close()


def test_a_message_taller_than_the_screen_is_shown_from_its_first_line(page: Page, bot: FakeBot) -> None:
    write(page, "hello")
    expect(page.get_by_text("You said: hello")).to_be_visible()
    chat = page.evaluate("Number(localStorage['preview.chat'])")
    bot.call("sendMessage", chat_id=chat, text="<b>verdict first</b>\n" + "detail\n" * 80, parse_mode="HTML")
    expect(page.get_by_text("verdict first")).to_be_in_viewport()
    button(page, "To the latest message").click()
    expect(page.get_by_text("verdict first")).not_to_be_in_viewport()


def test_the_days_of_a_calendar_stay_on_one_line(browser: Browser, bot: FakeBot) -> None:
    page, problems = open_page(browser, width=320)
    page.goto(bot.base)
    write(page, "hello")
    expect(page.get_by_text("You said: hello")).to_be_visible()
    chat = page.evaluate("Number(localStorage['preview.chat'])")
    week = [{"text": day, "callback_data": day} for day in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "30")]
    bot.call("sendMessage", chat_id=chat, text="Which day?", reply_markup={"inline_keyboard": [week]})
    expect(button(page, "We")).to_be_visible()
    lines = """row => [...row.children].map(key => {
        const words = document.createRange();
        words.selectNodeContents(key);
        return words.getClientRects().length;
    })"""
    assert page.locator(".row").last.evaluate(lines) == [1] * 7
    assert problems == []
    page.context.close()


def test_new_messages_do_not_pull_a_reader_down(page: Page, bot: FakeBot) -> None:
    write(page, "\n".join(["long"] * 60))
    expect(log(page)).to_contain_text("You said: long")
    page.evaluate("document.querySelector('#scroll').scrollTop = 0")
    chat = page.evaluate("Number(localStorage['preview.chat'])")
    bot.call("sendMessage", chat_id=chat, text="news")
    expect(button(page, "To the latest message")).to_be_visible()
    assert page.evaluate("document.querySelector('#scroll').scrollTop") == 0
    button(page, "To the latest message").click()
    expect(page.get_by_text("news")).to_be_in_viewport()


def test_a_restart_of_the_server(browser: Browser, tmp_path: Path) -> None:
    state = tmp_path / "preview.db"
    page, problems = open_page(browser)
    with serve(create_preview(token=TOKEN, state=state)) as base:
        port = int(base.rpartition(":")[2])
        page.goto(base)
        write(page, "before")
        expect(log(page).locator(".from-me:not(.waiting)")).to_contain_text("before")
    expect(page.locator("#state")).to_have_text("reconnecting…")
    write(page, "meanwhile")
    expect(page.locator(".waiting")).to_contain_text("meanwhile")
    with serve(create_preview(token=TOKEN, state=state), port) as base:
        expect(page.locator(".waiting")).to_have_count(0)
        expect(log(page).locator(".from-me")).to_have_count(2)
        expect(page.locator("#state")).not_to_have_text("reconnecting…")
        page.reload()
        expect(log(page).locator(".from-me")).to_have_count(2)
        updates = FakeBot(base).call("getUpdates")
        assert [update["message"]["text"] for update in updates] == ["before", "meanwhile"]
    with serve(create_preview(token=TOKEN, state=None), port):
        expect(page.get_by_text("The earlier conversation was not kept.")).to_be_visible()
        expect(button(page, "Start")).to_be_visible()
    assert problems == []
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_it_all_readably(browser: Browser, bot: FakeBot, scheme: str) -> None:
    page, problems = open_page(browser, width=360)
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(bot.base)
    button(page, "Start").click()
    expect(button(page, "No")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate(CONTRAST) == []
    assert problems == []
    page.context.close()


CONTRAST = """() => {
  const parts = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = parts(color).map((v) => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const color = getComputedStyle(node).backgroundColor;
      if ((parts(color)[3] ?? 1) > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const weak = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !node.checkVisibility({ visibilityProperty: true })) continue;
    if (node.closest(".unseen, .spoiler, script, option")) continue;
    const [a, b] = [light(getComputedStyle(node).color), light(behind(node))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) weak.push(`${walker.currentNode.data.trim()}: ${ratio.toFixed(2)}`);
  }
  return weak;
}"""
