"""Message catalogues: one gettext file a language, read with Babel at start."""
