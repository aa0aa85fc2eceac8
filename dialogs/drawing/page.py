"""The pages of docs/flows: a flow's picture under its title, one page a language."""

from collections.abc import Iterable, Iterator

from dialogs.drawing.mermaid import mermaid, title_of
from dialogs.formats import Voice
from dialogs.texts import Texts
from dialogs.tree import Flow
from knowledge.language import Language

__all__ = ["page", "pages"]


def page(flow: Flow, voice: Voice) -> str:
    """The text of a page."""
    legend = voice.text("picture.legend")
    return f"# {title_of(flow, voice)}\n\n{legend}\n\n```mermaid\n{mermaid(flow, voice)}```\n"


def pages(flows: Iterable[Flow], texts: Texts) -> Iterator[tuple[str, str]]:
    """The name of each file with its text."""
    for flow in flows:
        for language in Language:
            yield f"{flow.id}.{language}.md", page(flow, Voice(texts, language))
