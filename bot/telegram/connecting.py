"""The first word with the Bot API: which bot this is."""

import asyncio

from bot.errors import StartError
from bot.settings import Webhook
from bot.telegram.incoming import ALLOWED_UPDATES
from bot.telegram.transport import ApiAnswerError, BotApi, MaybeSentError, NotSentError

__all__ = ["connect", "set_webhook"]


async def connect(api: BotApi, url: str) -> tuple[int, str]:
    """The id of the bot and its https address. Raises StartError when `url` does not answer, or refuses the token."""
    try:
        me = await api.call("getMe", {})
        return int(me["id"]), f"https://t.me/{me['username']}"
    except ApiAnswerError as error:
        if error.code in (401, 404):
            raise StartError(
                f"BOT_TOKEN: the Bot API at {url} does not accept it; copy it from @BotFather again"
            ) from error
        raise StartError(f"BOT_API_URL: {url}: answers {error}; try again later") from error
    except (NotSentError, MaybeSentError, KeyError, TypeError, ValueError) as error:
        reason = error if isinstance(error, (NotSentError, MaybeSentError)) else "not a Bot API answer"
        raise StartError(
            f"BOT_API_URL: {url}: cannot be reached ({reason}); check the network or start that server"
        ) from error


async def set_webhook(api: BotApi, webhook: Webhook) -> None:
    """Tell Telegram where to deliver; what waits there stays. The same from every process. Raises StartError."""
    wanted = {
        "url": webhook.url,
        "secret_token": webhook.secret,
        "max_connections": _CONNECTIONS,
        "allowed_updates": ALLOWED_UPDATES,
        "drop_pending_updates": False,
    }
    for _ in range(_MOST_TRIES):
        try:
            await api.call("setWebhook", wanted)
            return
        except ApiAnswerError as error:
            if error.retry_after is None:
                raise _not_taken(webhook, error) from error
            await asyncio.sleep(error.retry_after)  # other processes of this bot say the same at the same time
        except (NotSentError, MaybeSentError) as error:
            raise _not_taken(webhook, error) from error
    raise _not_taken(webhook, "it asks to wait again and again")


def _not_taken(webhook: Webhook, reason: object) -> StartError:
    return StartError(
        f"WEBHOOK_URL: {webhook.url}: the Bot API does not take it ({reason}); "
        "give an address that Telegram can reach, or remove it to use polling"
    )


_MOST_TRIES = 20
_CONNECTIONS = 100
"""How many updates Telegram may deliver at the same time: as many as it can, as storing them takes little."""
