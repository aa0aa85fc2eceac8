"""Every way through a flow: all passports, all options, days and numbers around every limit that the facts name."""

from dialogs.walk.classes import PassportClass, passport_classes
from dialogs.walk.moves import Move, moves
from dialogs.walk.summary import Survey
from dialogs.walk.survey import survey
from dialogs.walk.ways import Way, ways

__all__ = ["Move", "PassportClass", "Survey", "Way", "moves", "passport_classes", "survey", "ways"]
