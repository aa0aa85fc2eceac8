"""Conversations as data, and the engine that replays them. Knows no Telegram and no database."""
