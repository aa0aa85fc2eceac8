"""The name data: complete, valid, and no name claimed by two countries unless it says so."""

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from knowledge.recognition.folding import fold
from knowledge.recognition.names import data_directory
from knowledge.yamlfile import YamlFileError, load_yaml

SCHEMAS = Path(str(data_directory())).parent / "schemas"


def content(name: str) -> Any:
    return load_yaml(data_directory() / f"{name}.yaml")


@pytest.mark.parametrize("name", ["countries", "not_countries"])
def test_the_data_fit_their_schema(name: str) -> None:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    assert not [error.message for error in Draft202012Validator(schema).iter_errors(content(name))]


def names_of(listing: Mapping[str, Any]) -> set[str]:
    groups = [*listing.get("names", {}).values(), *listing.get("people", {}).values()]
    return {fold(name) for names in groups for name in names}


def test_no_name_is_claimed_twice() -> None:
    data = content("countries")
    claims: dict[str, set[str]] = defaultdict(set)
    for code, listing in (data["countries"] | data["territories"]).items():
        for name in names_of(listing):
            claims[name].add(code)
    for listing in data["shared"]:
        for name in names_of(listing):
            claims[name].add("/".join(listing["countries"]))
    assert {name: codes for name, codes in claims.items() if len(codes) > 1} == {}


def test_no_country_is_called_no_country() -> None:
    data = content("countries")
    countries = {name for listing in (data["countries"] | data["territories"]).values() for name in names_of(listing)}
    nots = {
        fold(name)
        for group in content("not_countries").values()
        if "use" not in group
        for names in group["names"].values()
        for name in names
    }
    assert countries & nots == set()


def test_issuers_are_countries() -> None:
    data = content("countries")
    issuers = {listing["passport_of"] for listing in data["territories"].values()}
    sharers = {code for listing in data["shared"] for code in listing["countries"]}
    assert issuers | sharers <= data["countries"].keys()
    assert not data["territories"].keys() & data["countries"].keys()


def test_norway_is_text(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("NO: [yes, NO, on, 2026-11-22, 1:30, 0x1F, 007, 3, -2.5, true, null, ~]", encoding="utf-8")
    assert load_yaml(file) == {
        "NO": ["yes", "NO", "on", "2026-11-22", "1:30", "0x1F", "007", 3, -2.5, True, None, None]
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: {x: 1,\n  x: 2}\n", r"a\.yaml: line 3: the key 'x' stands twice; keep one"),
        ("1: one\n", r"a\.yaml: line 1: the key 1 is not text; put it in quotes"),
        ("a: [1\n", r"a\.yaml: not valid YAML"),
        ("a: !!python/name:os.system x\n", r"a\.yaml: not valid YAML"),
    ],
)
def test_bad_yaml_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(YamlFileError, match=message):
        load_yaml(file)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes("a: Қазақстан".encode("utf-16"))
    with pytest.raises(YamlFileError, match="save the file as UTF-8"):
        load_yaml(file)
