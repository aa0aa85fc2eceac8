"""The product seen from outside: Telegram's webhook, health and metrics over HTTP."""

from bot.web.app import create_web
from bot.web.health import Check
from bot.web.sampling import Sampler
from bot.web.serving import LoopServer, WebServer, serving
from bot.web.webhook import Webhook

__all__ = ["Check", "LoopServer", "Sampler", "WebServer", "Webhook", "create_web", "serving"]
