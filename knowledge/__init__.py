"""Facts, vetted answers, and pure functions over them. Imports neither dialogs nor bot."""
