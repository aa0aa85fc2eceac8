"""Pictures of flows that a lawyer can read, as Mermaid text."""

from dialogs.drawing.mermaid import mermaid
from dialogs.drawing.page import page, pages

__all__ = ["mermaid", "page", "pages"]
