"""The preview: a strict local Telegram Bot API, and a chat page to meet the bot in the browser."""

from bot.preview.app import create_preview
from bot.preview.faults import Fault
from bot.preview.rates import Bucket, RateRules
from bot.preview.serving import PreviewServer

__all__ = ["Bucket", "Fault", "PreviewServer", "RateRules", "create_preview"]
