"""How long things are kept, and how many: choices of ours that people are told, so words take them from here."""

__all__ = ["CASE_DAYS", "KEPT_DAYS", "LINK_DAYS", "LONGEST_NAME", "MOST_PAPERS", "PROMISED"]

KEPT_DAYS = 30
"""Days that a paper or a draft is kept after it was last touched."""
CASE_DAYS = 90
"""Days that the data of an invitation are kept after its end."""
LINK_DAYS = 14
"""Days that a guest's personal link works."""
MOST_PAPERS = 10
"""Papers at rest of one person; the oldest makes room."""
LONGEST_NAME = 40
"""Characters of the name that a person gives to a paper."""

PROMISED = {"paper_days": KEPT_DAYS, "case_days": CASE_DAYS}
"""What the words of a question or a status may say of it, by placeholder."""
