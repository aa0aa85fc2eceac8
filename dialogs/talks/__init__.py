"""Conversations as files: what a person does step by step, what they must see, and which rules of a flow that takes."""

from dialogs.talks.coverage import Coverage, Taken, coverage_of, rule_lines, taken_in
from dialogs.talks.player import Exchange, Played, play
from dialogs.talks.script import Script, ScriptError, load_scripts, read_script
from dialogs.talks.transcript import transcript

__all__ = [
    "Coverage",
    "Exchange",
    "Played",
    "Script",
    "ScriptError",
    "Taken",
    "coverage_of",
    "load_scripts",
    "play",
    "read_script",
    "rule_lines",
    "taken_in",
    "transcript",
]
