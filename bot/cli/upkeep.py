"""What keeps the facts true, loaded for a command: each problem of its files is one line."""

from importlib.resources import files
from pathlib import Path

from bot.errors import StartError
from knowledge.checks.upkeep import Upkeep, load_upkeep
from knowledge.errors import KnowledgeError

__all__ = ["facts_directory", "upkeep_of_the_product"]


def facts_directory() -> Path:
    """Where the tables of the product lie."""
    return Path(str(files("knowledge") / "data"))


def upkeep_of_the_product() -> Upkeep:
    """The product's. Raises StartError with every problem."""
    try:
        return load_upkeep(facts_directory())
    except KnowledgeError as error:
        raise StartError.of(str(problem) for problem in error.problems) from error
