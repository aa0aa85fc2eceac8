"""The outside world: Telegram, the database, the preview and the command line."""
