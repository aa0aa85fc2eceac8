"""Broken facts: each defect is named with its place and repair, and all of them at once."""

import json
import re
import shutil
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from knowledge.errors import KnowledgeError, Problem
from knowledge.loader import load_knowledge
from knowledge.tables import NAME_TABLES, TABLES

Damage = Callable[[str], str]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the facts that may be damaged."""
    copy = tmp_path / "data"
    with as_file(files("knowledge") / "data") as original:
        shutil.copytree(original, copy)
    return copy


def _damage(data: Path, file: str, old: str, new: str) -> None:
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} no longer contains {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _problems(data: Path) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(data)
    return caught.value.problems


def test_an_undamaged_copy_loads(data: Path) -> None:
    assert len(load_knowledge(data).regimes) == 215


@pytest.mark.parametrize(
    ("file", "old", "new", "path", "value", "what"),
    [
        pytest.param(
            "entry_regimes.yaml",
            "sources: [andorra_2022,",
            "sources: [andorra_1922,",
            "regimes.AD[0].sources[0]",
            '"andorra_1922"',
            "there is no such source",
            id="dangling source",
        ),
        pytest.param(
            "entry_regimes.yaml",
            '  "AD":  # Andorra',
            '  "QQ":',
            "regimes.QQ",
            '"QQ"',
            "there is no such country",
            id="unknown passport",
        ),
        pytest.param(
            "entry_regimes.yaml",
            "conflict: korea_rolling_limit",
            "conflict: korea",
            "regimes.KR[0].conflict",
            '"korea"',
            "there is no such conflict",
            id="unknown conflict",
        ),
        pytest.param(
            "sources.yaml",
            '      en: "eGov article on the consular fee"\n',
            "",
            "sources.egov_fee_2020.title",
            '{"kk": "eGov порталындағы консулдық алым туралы мақала"',
            "'en' is a required property",
            id="title without a language",
        ),
        pytest.param(
            "sources.yaml",
            "eGov article on the consular fee",
            "x" * 111,
            "sources.egov_fee_2020.title.en",
            '"xxx',
            "is too long",
            id="title longer than a line",
        ),
        pytest.param(
            "entry_regimes.yaml",
            "kind: visa_free, days: 90",
            "kind: visa_free, days: ninety",
            "regimes.AD[0].days",
            '"ninety"',
            "is not of type 'integer'",
            id="wrong type",
        ),
        pytest.param(
            "entry_regimes.yaml",
            "kind: visa_free, days: 90",
            "kind: free, days: 90",
            "regimes.AD[0].kind",
            '"free"',
            "is not one of",
            id="unknown word",
        ),
        pytest.param(
            "entry_regimes.yaml",
            "{kind: visa, confidence: low, notes: [british_territory], unsourced: true, sources: [],",
            "{kind: visa, confidence: low, notes: [british_territory], sources: [],",
            "regimes.AI[0].sources",
            "[]",
            "should be non-empty",
            id="no source and no mark",
        ),
        pytest.param(
            "entry_regimes.yaml",
            "{kind: visa, confidence: low, notes: [british_territory]",
            "{kind: visa, days: 30, confidence: low, notes: [british_territory]",
            "regimes.AI[0].days",
            "30",
            "is not allowed here",
            id="visa-free days for a visa",
        ),
        pytest.param(
            "entry_regimes.yaml",
            'valid_until: "2025-08-24"',
            'valid_until: "2025-08-25"',
            "regimes.TR[1].valid_from",
            '"2025-08-25"',
            "the rule overlaps the one before it, which ends on 2025-08-25",
            id="overlap",
        ),
        pytest.param(
            "entry_regimes.yaml",
            'valid_until: "2025-08-24"',
            'valid_until: "2025-08-20"',
            "regimes.TR[1].valid_from",
            '"2025-08-25"',
            "the rule leaves a gap after the one before it, which ends on 2025-08-20",
            id="gap",
        ),
        pytest.param(
            "entry_regimes.yaml",
            ', valid_until: "2025-08-24"',
            "",
            "regimes.TR[1].valid_from",
            '"2025-08-25"',
            "the rule overlaps the one before it",
            id="open end before another rule",
        ),
        pytest.param(
            "entry_regimes.yaml",
            'valid_from: "2022-07-08", valid_until: "2023-11-09"',
            'valid_from: "2023-12-08", valid_until: "2023-11-09"',
            "regimes.CN[0].valid_until",
            '"2023-11-09"',
            "the rule ends before it starts",
            id="end before start",
        ),
        pytest.param(
            "entry_regimes.yaml",
            'valid_from: "2023-04-25"',
            'valid_from: "2023-04-31"',
            "regimes.AL[0].valid_from",
            '"2023-04-31"',
            "is not a 'date'",
            id="no such day",
        ),
        pytest.param(
            "entry_regimes.yaml",
            "count: 215",
            "count: 216",
            "count",
            "216",
            "the file has 215 passports",
            id="number of passports",
        ),
        pytest.param(
            "evisa_lists.yaml",
            '      - {number: 109, country: "JM", name: "Jamaica"}\n',
            "",
            "editions[0].count",
            "109",
            "the file has 108 rows",
            id="lost row of 2020",
        ),
        pytest.param(
            "evisa_lists.yaml",
            '"ZA", "ZM", "ZW"',
            '"ZA", "ZM"',
            "editions[1].count",
            "105",
            "the file has 104 rows",
            id="lost code of 2026",
        ),
        pytest.param(
            "evisa_lists.yaml",
            '{number: 68, country: "NR"',
            '{number: 67, country: "NR"',
            "editions[0].rows[67].number",
            "67",
            "is row 68",
            id="row number",
        ),
        pytest.param(
            "evisa_lists.yaml",
            'countries: ["BD", "GH", "NG"]',
            'countries: ["BD", "GH"]',
            "differences",
            '"NG"',
            "evisa-list-2026 differs from evisa-list-2020: removed",
            id="difference not on record",
        ),
        pytest.param(
            "evisa_lists.yaml",
            'limited: {"PK": pk_b3}',
            'limited: {"PK": pk_b4}',
            "editions[1].limited.PK",
            '"pk_b4"',
            "there is no such special rule",
            id="unknown limit",
        ),
        pytest.param(
            "evisa_lists.yaml",
            'named_under: {"HK": "CN",',
            'named_under: {"HK": "TW",',
            "editions[1].named_under.HK",
            '"TW"',
            "the edition has no such row",
            id="named under no row",
        ),
        pytest.param(
            "visa_categories.yaml",
            "count: 42",
            "count: 43",
            "count",
            "43",
            "the file has 42 categories",
            id="number of categories",
        ),
        pytest.param(
            "visa_categories.yaml",
            "documents: [investment_authority_petition]",
            "documents: [petition_of_the_zoo]",
            "categories.A5.documents[0]",
            '"petition_of_the_zoo"',
            "there is no such document",
            id="unknown document",
        ),
        pytest.param(
            "visa_categories.yaml",
            "issue: visa_issue_long",
            "issue: someday",
            "categories.A2.issue",
            '"someday"',
            "there is no such deadline",
            id="unknown term",
        ),
        pytest.param(
            "visa_categories.yaml",
            "confidence: medium",
            "confidence: high",
            "categories.A1.confidence",
            '"high"',
            "its sources alone carry medium at most",
            id="surer than the source",
        ),
        pytest.param(
            "visa_categories.yaml",
            "issuers: [mission, mfa, airport, portal]",
            "issuers: [mission, mfa, airport]",
            "categories.A3.evisa",
            "true",
            "an e-visa is issued by the portal",
            id="e-visa without portal",
        ),
        pytest.param(
            "petition.yaml",
            '"PT", "QA", "RO"',
            '"PT", "RO"',
            "petition.count",
            "49",
            "the file has 48 countries",
            id="number of petition countries",
        ),
        pytest.param(
            "petition.yaml",
            "multiple: [B12-1]",
            "multiple: [B12-2]",
            "petition.multiple[0]",
            '"B12-2"',
            "does not match",
            id="malformed category",
        ),
        pytest.param(
            "deadlines.yaml",
            "{who: inviter, working_days: 5,",
            "{who: inviter, working_days: 5, hours: 120,",
            "deadlines.invite_before_entry",
            '["working_days", "hours"]',
            "a term needs exactly one of",
            id="two units",
        ),
        pytest.param(
            "days_off.yaml",
            "moves: []",
            "moves: [&row {day: '2026-12-18', works: false, sources: [holidays_law], confidence: high}, *row]",
            "moves",
            '"2026-12-18"',
            "the day is moved twice",
            id="day moved twice",
        ),
        pytest.param(
            "deadlines.yaml",
            "groups: [eaeu]",
            "groups: [league_of_nations]",
            "deadlines.stay_without_permit_eaeu.groups[0]",
            '"league_of_nations"',
            "there is no such group",
            id="unknown group",
        ),
        pytest.param(
            "conflicts.yaml",
            "served: days_60_in_180",
            "served: days_70_in_180",
            "conflicts.korea_rolling_limit.served",
            '"days_70_in_180"',
            "there is no such claim",
            id="served claim",
        ),
        pytest.param(
            "conflicts.yaml",
            "{id: days_30, value: 30 days per stay,",
            "{id: days_90, value: 30 days per stay,",
            "conflicts.azerbaijan_stay.claims",
            '"days_90"',
            "two claims have this id",
            id="claim twice",
        ),
        pytest.param(
            "fees.yaml",
            'mrp_year: "2026"',
            'mrp_year: "2027"',
            "fees.duty_invitation.mrp_year",
            '"2027"',
            "there is no such year of the monthly calculation index",
            id="unknown index",
        ),
        pytest.param(
            "fees.yaml",
            "status: dated, amount: 60, currency: USD,",
            "status: dated,",
            "fees.evisa_2020_single",
            "null",
            "a known fee needs either an amount or a rate in mrp",
            id="known fee without amount",
        ),
        pytest.param(
            "special_rules.yaml",
            "scope: everyone",
            'scope: everyone\n    countries: ["FR"]',
            "special_rules.neo_nomad.countries",
            '["FR"]',
            "is not allowed here",
            id="scope and countries",
        ),
        pytest.param(
            "contacts.yaml",
            "https://www.vmp.gov.kz",
            "https://www.vmp-gov.example",
            "contacts.portal.value",
            '"https://www.vmp-gov.example"',
            "its domain is not an official one",
            id="address that is not official",
        ),
        pytest.param(
            "statements.yaml",
            "conflict: portal_inviters",
            "conflict: portal_inviter",
            "statements.who_may_invite.conflict",
            '"portal_inviter"',
            "there is no such conflict",
            id="unknown conflict of a statement",
        ),
        pytest.param(
            "statements.yaml",
            "sources: [egov_visa_service, vmp_manual]",
            "sources: [egov_visa_services]",
            "statements.eds_requests.sources[0]",
            '"egov_visa_services"',
            "there is no such source",
            id="unknown source of a statement",
        ),
        pytest.param(
            "statements.yaml",
            "figures: {questions: 27}",
            "figures: {question: 27}",
            "statements.visa_form.statement",
            '"questions"',
            "the row has no such figure",
            id="figure that is not given",
        ),
        pytest.param(
            "us_visa.yaml",
            "figures: {min_usd: 250}",
            "figures: {min_usd: 250, max_usd: 500}",
            "statements.us_fee_vif.figures.max_usd",
            '"max_usd"',
            "the statement does not name this figure",
            id="figure that is not named",
        ),
        pytest.param(
            "us_visa.yaml",
            "at least {min_usd} USD",
            "at least {min_usd USD",
            "statements.us_fee_vif.statement",
            "...",
            "its braces do not match",
            id="brace left open",
        ),
        pytest.param(
            "us_visa.yaml",
            "  us_system_url:",
            "  egov_who:",
            "statements.egov_who",
            '"egov_who"',
            "the id also stands in statements.yaml",
            id="statement in two files",
        ),
        pytest.param(
            "us_visa.yaml",
            'valid_until: "2026-08-05"',
            'valid_until: "2025-08-05"',
            "statements.us_bond_rule.valid_until",
            '"2025-08-05"',
            "it ends before it starts on 2025-08-20",
            id="statement that ends before it starts",
        ),
        pytest.param(
            "us_visa.yaml",
            "    why_not: Outdated; never to be served (never_serve.yaml)\n",
            "",
            "statements.us_waiver_stale",
            "...",
            "'why_not' is a required property",
            id="no reason for silence",
        ),
        pytest.param(
            "us_visa.yaml",
            "    why_not: Shown only inside the account\n",
            "    why_not: Shown only inside the account\n    figures: {points: 2}\n",
            "statements.us_docs_points.figures",
            '{"points": 2}',
            "is not allowed here",
            id="figure of what is not known",
        ),
        pytest.param(
            "us_visa.yaml",
            "sources: [us_nur_stay]",
            "sources: []",
            "statements.us_stay_i94.sources",
            "[]",
            "should be non-empty",
            id="known statement without source",
        ),
        pytest.param(
            "penalties.yaml",
            "{offence: overstay, to_days: 3,",
            "{offence: overstay,",
            "penalties.overstay_to_3_days",
            "...",
            "is not valid under any of the given schemas",
            id="overstay without days",
        ),
        pytest.param(
            "penalties.yaml",
            "{offence: host_did_not_notify, host: individual, consequences: [warning],",
            "{offence: host_did_not_notify, host: individual, consequences: [],",
            "penalties.host_individual.consequences",
            "[]",
            "should be non-empty",
            id="penalty of nothing",
        ),
        pytest.param(
            "refusal_grounds.yaml",
            "figures: {years: 5}",
            "figures: {years: 5, months: 60}",
            "refusal_grounds.expelled.figures.months",
            '"months"',
            "the text does not name this figure",
            id="figure of a ground",
        ),
        pytest.param(
            "invitation.yaml",
            "deadline: passport_valid_after_visa",
            "deadline: passport_valid",
            "fields.passport_expires.deadline",
            '"passport_valid"',
            "there is no such deadline",
            id="unknown term of an item",
        ),
        pytest.param(
            "invitation.yaml",
            "fee: duty_invitation",
            "fee: duty",
            "fields.duty_receipt.fee",
            '"duty"',
            "there is no such fee",
            id="unknown fee of an item",
        ),
        pytest.param(
            "invitation.yaml",
            "deadlines: [evisa_issue]",
            "deadlines: [evisa]",
            "stages.evisa_issued.deadlines[0]",
            '"evisa"',
            "there is no such deadline",
            id="unknown term of a stage",
        ),
        pytest.param(
            "invitation.yaml",
            "statements: [refusal_hearing]",
            "statements: [hearing]",
            "stages.refusal_planned.statements[0]",
            '"hearing"',
            "there is no such statement",
            id="unknown statement of a stage",
        ),
        pytest.param(
            "fee_exemptions.yaml",
            "  event_participants:",
            "  humanitarian_aid:",
            "mission.humanitarian_aid",
            '"humanitarian_aid"',
            "the id also stands in fee_exemptions.yaml",
            id="exemption that stands twice",
        ),
        pytest.param(
            "domains.yaml",
            "  egov.kz:",
            "  https://egov.kz:",
            "domains",
            '"https://egov.kz"',
            "does not match",
            id="domain with a scheme",
        ),
        pytest.param(
            "never_serve.yaml",
            "      kk: ['\\bvfs\\b', ",
            "      kk: ['(vfs', ",
            "never_serve.us_former_vendor_points.patterns.kk[0]",
            '"(vfs"',
            "it is no regular expression",
            id="broken pattern",
        ),
        pytest.param(
            "sources.yaml",
            "    kind: law\n",
            "    kind: law\n    colour: blue\n",
            "sources.resolution_148",
            "...",
            "'colour' was unexpected",
            id="unknown field",
        ),
        pytest.param(
            "countries.yaml",
            "    display: {en: UAE}",
            "    display: {de: VAE}",
            "countries.AE.display",
            '{"de": "VAE"}',
            "'de' was unexpected",
            id="names of countries",
        ),
    ],
)
def test_one_defect(data: Path, file: str, old: str, new: str, path: str, value: str, what: str) -> None:
    _damage(data, file, old, new)

    found = [problem for problem in _problems(data) if problem.file == file and problem.path == path]

    assert found, "the defect was not found"
    assert what in found[0].what
    assert value in found[0].value
    assert found[0].repair


def test_a_key_that_stands_twice(data: Path) -> None:
    _damage(data, "groups.yaml", "groups:\n", "groups:\n  eaeu: {}\n")

    problems = _problems(data)

    assert [(problem.file, problem.path) for problem in problems] == [("groups.yaml", "line 5")]
    assert "'eaeu' stands twice" in problems[0].what


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda path: path.unlink(), "cannot be read"),
        (lambda path: path.write_bytes(b"fees: \xff\xfe"), "is not UTF-8"),
        (lambda path: path.write_text("fees: [", encoding="utf-8"), "not valid YAML"),
        (lambda path: path.write_text("- fees", encoding="utf-8"), "is not of type 'object'"),
        (lambda path: path.write_text("", encoding="utf-8"), "is not of type 'object'"),
    ],
    ids=["missing", "not UTF-8", "not YAML", "a list", "empty"],
)
def test_an_unreadable_file_is_one_problem(data: Path, damage: Callable[[Path], object], what: str) -> None:
    damage(data / "fees.yaml")

    (problem,) = _problems(data)

    assert problem.file == "fees.yaml"
    assert what in problem.what
    assert problem.repair


def test_an_unreadable_file_is_not_blamed_on_those_that_refer_to_it(data: Path) -> None:
    (data / "sources.yaml").write_text("sources: [", encoding="utf-8")

    assert {problem.file for problem in _problems(data)} == {"sources.yaml"}


def test_all_problems_of_all_files_come_at_once(data: Path) -> None:
    _damage(data, "entry_regimes.yaml", "sources: [andorra_2022,", "sources: [andorra_1922,")
    _damage(data, "entry_regimes.yaml", "kind: visa_free, days: 30", "kind: visa_free, days: none")
    _damage(data, "visa_categories.yaml", "count: 42", "count: 41")
    _damage(data, "visa_categories.yaml", "conflicts: [b2_multiple_stay]", "conflicts: [b2]")
    _damage(data, "evisa_lists.yaml", "count: 109", "count: 117")
    _damage(data, "conflicts.yaml", "served: days_90\n", "served: days_91\n")
    (data / "contacts.yaml").unlink()

    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(data)

    places = [(problem.file, problem.path) for problem in caught.value.problems]
    assert places == [
        ("conflicts.yaml", "conflicts.azerbaijan_stay.served"),
        ("contacts.yaml", "-"),
        ("entry_regimes.yaml", "regimes.AD[0].sources[0]"),
        ("entry_regimes.yaml", "regimes.AE[0].days"),
        ("evisa_lists.yaml", "editions[0].count"),
        ("visa_categories.yaml", "categories.B2.conflicts[0]"),
        ("visa_categories.yaml", "count"),
    ]
    lines = str(caught.value).splitlines()
    assert len(lines) == len(places)
    assert all(re.fullmatch(r"[a-z_]+\.yaml: .+: .+: .+; .+", line) for line in lines)
    assert lines[-1] == (
        "visa_categories.yaml: count: 41: the file has 42 categories; restore the lost row or correct it"
    )


@pytest.mark.parametrize("name", [*TABLES, *NAME_TABLES])
def test_schemas_are_schemas(name: str) -> None:
    schema = json.loads((files("knowledge") / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8"))

    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{name}.schema.json"


def test_the_facts_cannot_be_changed() -> None:
    kb = load_knowledge()

    with pytest.raises(TypeError):
        kb.regimes["XX"] = ()  # type: ignore[index]
