"""Reads the YAML of the repository the way it looks: only JSON's scalars, and no key twice."""

import re
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from yaml import SafeLoader as _FastLoader
else:
    _FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

__all__ = ["YamlFileError", "load_yaml"]


class YamlFileError(ValueError):
    """A YAML file cannot be read; the message names file, line and repair."""


class _JsonLikeLoader(_FastLoader):
    """YAML 1.2's JSON schema in spirit: `NO`, `yes`, `1:30` and `2026-11-22` stay text."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        """Build a mapping, refusing a merge key and a key that stands twice."""
        mapping: dict[object, object] = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, str):
                raise YamlFileError(f"line {line}: the key {key!r} is not text; put it in quotes")
            if key in mapping:
                raise YamlFileError(f"line {line}: the key {key!r} stands twice; keep one")
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


_JsonLikeLoader.yaml_implicit_resolvers = {}
_JsonLikeLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:null|~|)$"), ["n", "~", ""])
_JsonLikeLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])
_JsonLikeLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789")
)
_JsonLikeLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)(?:[eE][-+]?[0-9]+)?$"),
    list("-0123456789"),
)


def load_yaml(path: Traversable | Path) -> object:
    """The content of one YAML document: dict, list, str, int, float, bool or None.

    Raises YamlFileError (file, line, repair) for text that is not UTF-8 or not YAML, a key that is
    not text, and a key that stands twice in one mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise YamlFileError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from error
    loader = _JsonLikeLoader(text)
    try:
        content: object = loader.get_single_data()
    except YamlFileError as error:
        raise YamlFileError(f"{path}: {error}") from error
    except yaml.YAMLError as error:
        raise YamlFileError(f"{path}: not valid YAML: {error}") from error
    finally:
        loader.dispose()
    return content
