"""A passport named on the command line: a code, or a name written so that there is no doubt."""

import click

from dialogs.questions.country import is_sure
from knowledge.base import KnowledgeBase
from knowledge.language import Language
from knowledge.recognition import display_name

__all__ = ["named", "passport_of_text"]

_SURE = 0.95


def passport_of_text(text: str, knowledge: KnowledgeBase) -> tuple[str, bool]:
    """The code of the country that `text` means, and whether it names a land that uses that country's passport.

    Raises BadParameter unless it is a code, or a name written so that there is no doubt.
    """
    code = text.strip().upper()
    if code in knowledge.regimes:
        return code, False
    found = knowledge.recognizer.recognize(text)
    passport_of = found.reason == "passport_of" and found.score >= _SURE
    if found.country is not None and (is_sure(found) or passport_of):
        return found.country, passport_of
    if found.candidates:
        names = ", ".join(map(named, found.candidates))
        wanted = "the code" if len(found.candidates) == 1 else "one of the codes"
        problem = f"{text!r} can mean {names}; give {wanted}"
    elif found.reason is not None:
        problem = f"{text!r} names no passport of a country ({found.reason}); give a code such as IN, or a name"
    else:
        problem = f"{text!r} is no country we know; give a code such as IN, or a name"
    raise click.BadParameter(problem, param_hint="--citizenship")


def named(code: str) -> str:
    return f"{code} ({display_name(code, Language.EN)})"
