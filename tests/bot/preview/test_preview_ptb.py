"""python-telegram-bot against the preview, over the same transport as the real bot."""

from __future__ import annotations

from datetime import timedelta

import pytest
import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.preview import Fault, RateRules
from bot.telegram.transport import AiohttpRequest
from tests.bot.preview.stage import Stage


def client(stage: Stage, token: str | None = None) -> telegram.Bot:
    return telegram.Bot(
        token or stage.token,
        base_url=f"{stage.base}/bot",
        base_file_url=f"{stage.base}/file/bot",
        request=AiohttpRequest(),
        get_updates_request=AiohttpRequest(),
    )


async def visit(bot: telegram.Bot) -> None:
    """Come in, say who you are, and leave all connections closed."""
    async with bot:
        await bot.get_me()


async def test_a_conversation(stage: Stage) -> None:
    person = stage.post("users", first_name="Aigerim", language_code="kk")["id"]
    async with client(stage) as bot:
        assert bot.id == 42
        stage.post(f"chats/{person}/messages", text="/start evisa_IN")
        [update] = await bot.get_updates(timeout=5)
        message = update.message
        assert message is not None
        assert message.from_user is not None
        assert (message.text, message.from_user.language_code) == ("/start evisa_IN", "kk")
        assert message.parse_entities() == {message.entities[0]: "/start"}

        keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Иә", callback_data="yes")]])
        sent = await bot.send_message(person, "<b>🏟 Сәлем</b>", parse_mode="HTML", reply_markup=keyboard)
        assert sent.text_html == "<b>🏟 Сәлем</b>"
        assert sent.reply_markup == keyboard

        stage.post(f"chats/{person}/callbacks", message_id=sent.message_id, data="yes")
        [update] = await bot.get_updates(offset=update.update_id + 1, timeout=5)
        query = update.callback_query
        assert query is not None
        assert query.message == sent
        assert await query.answer("Жауап", show_alert=True)
        await query.edit_message_text("Жаңа мәтін")
        with pytest.raises(BadRequest, match="Query is too old"):
            await query.answer()
        assert await bot.get_updates(offset=update.update_id + 1) == ()
    assert [change["message"]["text"] for change in stage.seen(person)["messages"]] == ["/start evisa_IN", "Жаңа мәтін"]


async def test_a_document_goes_up_and_comes_down(stage: Stage) -> None:
    chat = stage.person()
    async with client(stage) as bot:
        sent = await bot.send_document(chat, b"%PDF\r\n\x00\xff", filename="шақыру.pdf", caption="1-бет")
        assert sent.document is not None
        assert sent.document.file_name == "шақыру.pdf"
        file = await sent.document.get_file()
        assert bytes(await file.download_as_bytearray()) == b"%PDF\r\n\x00\xff"
        chat_info = await bot.get_chat(chat)
        assert chat_info.first_name == "Aigerim"


async def test_the_profile(stage: Stage) -> None:
    async with client(stage) as bot:
        commands = [telegram.BotCommand("start", "Бастау")]
        scope = telegram.BotCommandScopeAllPrivateChats()
        await bot.set_my_commands(commands, scope=scope, language_code="kk")
        assert await bot.get_my_commands(scope=scope, language_code="kk") == tuple(commands)
        await bot.set_my_name("Көмекші", language_code="kk")
        assert (await bot.get_my_name(language_code="kk")).name == "Көмекші"
        await bot.set_my_short_description("Виза", language_code="ru")
        assert (await bot.get_my_short_description(language_code="ru")).short_description == "Виза"
        await bot.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
        assert isinstance(await bot.get_chat_menu_button(), telegram.MenuButtonCommands)
        assert (await bot.get_webhook_info()).url == ""
        await bot.set_webhook("https://visa.example.kz/in", secret_token="s", max_connections=7, allowed_updates=[])
        info = await bot.get_webhook_info()
        assert (info.url, info.max_connections) == ("https://visa.example.kz/in", 7)
        with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook()


async def test_errors_arrive_as_their_classes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    chat = stage.person()
    async with client(stage) as bot:
        with pytest.raises(BadRequest, match="can't find end tag"):
            await bot.send_message(chat, "<b>", parse_mode="HTML")
        stage.preview.rates.rules = RateRules()
        for _ in range(20):
            await bot.send_message(chat, "a")
        with pytest.raises(RetryAfter) as flood:
            await bot.send_message(chat, "a")
        assert flood.value.retry_after == timedelta(seconds=1)
        stage.preview.faults.add(Fault("sendMessage", when="after", drop=True))
        other = stage.person()
        with pytest.raises(NetworkError):
            await bot.send_message(other, "arrived")
        assert stage.seen(other)["messages"][-1]["message"]["text"] == "arrived"
        stage.post(f"chats/{other}/block", blocked=True)
        with pytest.raises(Forbidden, match="blocked by the user"):
            await bot.send_message(other, "a")
    with pytest.raises(InvalidToken):
        await visit(client(stage, "1:wrong"))
