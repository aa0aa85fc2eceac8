"""Copies of the facts with one thing changed."""

from dataclasses import replace
from types import MappingProxyType
from typing import Any

from knowledge.answer import Answer
from knowledge.base import KnowledgeBase

__all__ = ["TOPIC", "with_answer", "with_row", "without_row"]

TOPIC = "evisa.pakistan"


def with_answer(kb: KnowledgeBase, topic: str = TOPIC, **changes: Any) -> KnowledgeBase:
    """The facts with one answer changed."""
    answer: Answer = replace(kb.answers[topic], **changes)
    return replace(kb, answers=MappingProxyType({**kb.answers, topic: answer}))


def with_row(kb: KnowledgeBase, table: str, key: str, row: Any) -> KnowledgeBase:
    """The facts with another row under `key`, new or changed."""
    changed: dict[str, Any] = {table: MappingProxyType({**getattr(kb, table), key: row})}
    return replace(kb, **changed)


def without_row(kb: KnowledgeBase, table: str, key: str) -> KnowledgeBase:
    """The facts without the row."""
    left: dict[str, Any] = {table: MappingProxyType({k: v for k, v in getattr(kb, table).items() if k != key})}
    return replace(kb, **left)
