"""What an editor shows while rules, scenarios and cases are written, asked of the language server itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from language_server import ROOT, LanguageServer
from typer.testing import CliRunner

from comity.law.rulebook import rule_files, shipped_folder
from comity_cli.app import app

pytestmark = pytest.mark.slow

RULE = """\
- id: our-rule
  title: Content that lies in Ireland is asked for there
  cites: [budapest/27, untoc/18-16]
  when:
    - case: {forum: $here}
    - data: {id: $item, stored_in: IE, category: [traffic, content], public: no}
    - party: {instrument: budapest, state: NO}
    - different: [$here, IE]
  conclude:
    - channel: {item: $item, state: IE, kind: mla, days: [1, 90]}
  overrides: [sovereignty-1]
  default: true
  effective: {from: 2026-08-18}
  because: "{item} is there"
"""
SCENARIO = """\
title: Mail in Ireland
source: ETS 185
kind: hypothetical
as_of: 2026-01-01
case:
  case: mail-in-ireland
  forum: NO
  authority: police
  offences:
    - {id: fraud, category: cyber-fraud, max_penalty_years: {NO: 6}}
  data:
    - {id: mail, category: content, stored_in: IE, public: no}
expect:
  lead: NO
  claims: {NO: held}
  items:
    mail:
      offered: [mla IE]
      recommended: mla IE
      grounds: [political-offence]
"""
CASE = "case: harbour\nforum: NO\ndata:\n  - {id: mail, stored_in: IE}\n"


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    """A server for this checkout, with the settings that are committed."""
    started = LanguageServer(ROOT)
    yield started
    started.close()


def test_the_shipped_files_are_without_fault(server: LanguageServer) -> None:
    rules = [path for path, _ in rule_files([shipped_folder()])]
    beside = [shipped_folder() / name for name in ("authorities.yaml", "glossary.yaml", "preferences/lead.yaml")]
    beside += sorted((shipped_folder() / "properties").glob("*.yaml"))
    scenarios = sorted((ROOT / "scenarios").rglob("*.yaml"))
    paths = [str(path.relative_to(ROOT)) for path in (*rules[::4], *beside, *scenarios[::12])]
    opened = {path: server.open(path) for path in paths}
    found = {path: document.faults() for path, document in opened.items()}
    for document in opened.values():
        document.close()
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize(
    ("path", "text"),
    [("rules/domestic/new.yaml", RULE), ("scenarios/states/new.yaml", SCENARIO), ("cases/new.yaml", CASE)],
)
def test_a_new_file_without_fault_is_left_in_peace(server: LanguageServer, path: str, text: str) -> None:
    document = server.open(path, text)
    assert document.faults() == []
    document.close()


def faults(server: LanguageServer, path: str, text: str) -> list[tuple[int, int, str]]:
    document = server.open(path, text)
    found = document.faults()
    document.close()
    return found


def shown(server: LanguageServer, path: str, text: str, expected: str) -> None:
    """That the only fault shown is the one expected, at the mark in the text."""
    before, after = text.split("|")
    found = faults(server, path, before + after)
    # A key that is misspelt is missing as well.
    found = [fault for fault in found if fault[2].startswith("Missing") is expected.startswith("Missing")]
    assert [(line, column) for line, column, _ in found] == [(before.count("\n") + 1, len(before) - before.rfind("\n"))]
    assert expected in found[0][2]


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("  title:", "  |titel:", "Property titel is not allowed"),
        ("budapest/27", "|budapst/27", "authorities.yaml has no such authority or article"),
        ("untoc/18-16", "|untoc/18-99", "authorities.yaml has no such authority or article"),
        ("- data:", "- |dta:", "Property dta is not allowed"),
        ("stored_in: IE,", "|storedin: IE,", "Property storedin is not allowed"),
        ("stored_in: IE,", "stored_in: |UK,", "'stored_in' is a state (two capital letters), unknown, or a $v"),
        ("stored_in: IE,", "stored_in: [IE, |XX],", "'stored_in' is a state (two capital letters), or unknown"),
        ("[traffic, content]", "|trafic", "'category' is one of subscriber, identification, traffic"),
        ("public: no", "public: |true", 'Expected "string | array"'),
        ("instrument: budapest", "instrument: |budapset", "'instrument' is an instrument of tables/instruments"),
        ("[$here, IE]", "|[$here]", "too few items"),
        ("kind: mla", "kind: |mlaa", "'kind' is one of a closed list"),
        ("channel: {item: $item, state: IE,", "|channel: {item: $item,", 'Missing property "state"'),
        ("[1, 90]", "[1, |ninety]", 'Expected "integer"'),
        ("- channel:", "- |data:", "Property data is not allowed"),
        ("sovereignty-1]", "|sovereignity-1]", "There is no rule of that id"),
        ("default: true", "default: |yes", 'Expected "boolean"'),
        ("2026-08-18", "|18.8.2026", "This is no date"),
    ],
)
def test_a_slip_in_a_rule_is_shown_where_it_is(server: LanguageServer, right: str, wrong: str, expected: str) -> None:
    assert RULE.count(right) == 1
    shown(server, "rules/domestic/new.yaml", RULE.replace(right, wrong), expected)


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        ("kind: hypothetical", "kind: |invented", '"documented", "hypothetical"'),
        ("forum: NO", "forum: |no", "This is no state"),
        ("cyber-fraud", "|cyberfraud", "tables/offences.csv has no such category"),
        ("{NO: 6}", "{|No: 6}", "This is no state"),
        ("public: no", "public: |No", '"yes", "no", "unknown"'),
        ("{NO: held}", "{NO: |hold}", '"held"'),
        ("[mla IE]", "[|mla]", "A kind of channel and the state"),
        ("political-offence", "|politics", "No rule ever says this"),
    ],
)
def test_a_slip_in_a_scenario_is_shown_where_it_is(
    server: LanguageServer, right: str, wrong: str, expected: str
) -> None:
    assert SCENARIO.count(right) == 1
    shown(server, "scenarios/states/new.yaml", SCENARIO.replace(right, wrong), expected)


@pytest.mark.parametrize(
    ("right", "typed", "at", "offered", "not_offered", "documentation"),
    [
        ("  because:", "  no\n  because:", "  no|\n", "note", "data", "For colleagues"),
        ("- data: {id: $item,", "- d\n    - data: {id: $item,", "- d|\n", "data", "channels", "wanted as evidence"),
        ("- different:", "- absent: {p}\n    - different:", "{p|}", "party", "same", "in force for the state"),
        ("public: no}", "con}", "con|}", "consent", "item", "lawfully entitled"),
        ("[traffic, content]", "tr", "category: tr|,", "traffic", "IE", "who communicated with whom"),
        ("stored_in: IE", "stored_in: I", "stored_in: I|", "IE Ireland", "traffic", ""),
        (
            "instrument: budapest",
            "instrument: b",
            "instrument: b|",
            "budapest",
            "interpol",
            "in force since 2004-07-01",
        ),
        ("kind: mla", "kind: m", "kind: m|", "mla", "traffic", "mutual legal assistance under a treaty"),
        ("- channel: {item", "- c\n    - channel: {item", "- c|\n", "channel", "data", "is open for the item"),
        ("untoc/18-16]", "unt]", "unt|]", "untoc/18-16", "untoc/99", "The text was read"),
        ("[sovereignty-1]", "[sov]", "[sov|]", "sovereignty-1", "our-rule", "may not take it on their own"),
    ],
)
def test_what_may_stand_in_a_rule_is_offered(
    server: LanguageServer, right: str, typed: str, at: str, offered: str, not_offered: str, documentation: str
) -> None:
    assert RULE.count(right) == 1
    document = server.open("rules/domestic/new.yaml", RULE.replace(right, typed))
    found = document.completions(at)
    document.close()
    assert offered in found
    assert not_offered not in found
    assert documentation in found[offered]


@pytest.mark.parametrize(
    ("right", "typed", "at", "offered"),
    [
        ("kind: hypothetical", "kind: h", "kind: h|", "hypothetical"),
        ("forum: NO", "forum: N", "forum: N|", "NO Norway"),
        ("authority: police", "authority: p", "authority: p|", "prosecutor"),
        ("cyber-fraud", "cyb", "cyb|", "cyber-fraud"),
        ("{NO: held}", "{N}", "{N|}", "NO"),
        ("[mla IE]", "[ml]", "[ml|]", "mla"),
        ("[political-offence]", "[po]", "[po|]", "political-offence"),
        ("      recommended: mla IE\n", "      dir\n", "dir|\n", "direct_access"),
    ],
)
def test_what_may_stand_in_a_scenario_is_offered(
    server: LanguageServer, right: str, typed: str, at: str, offered: str
) -> None:
    assert SCENARIO.count(right) == 1
    document = server.open("scenarios/states/new.yaml", SCENARIO.replace(right, typed))
    found = document.completions(at)
    document.close()
    assert offered in found


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("budapest/|27", "Procedure for mutual assistance between Parties without an applicable treaty"),
        ("sovereignty-|1", "Data held abroad is not taken directly"),
        ("- da|ta", "an item of data wanted as evidence"),
        ("fo|rum: $here", "the state whose authority asks for advice"),
        ("stored_in: I|E", "Ireland"),
        ("instrument: buda|pest", "Convention on Cybercrime"),
        ("kind: m|la", "mutual legal assistance under a treaty"),
        ("over|rides", "The rules that give way to this one"),
    ],
)
def test_what_stands_in_a_rule_is_explained(server: LanguageServer, at: str, expected: str) -> None:
    document = server.open("rules/domestic/new.yaml", RULE)
    found = document.hover(at)
    document.close()
    assert expected in found
    assert len(found) < 3000  # one thing is told, and no list that fills the screen


def test_a_header_line_serves_editors_that_read_no_settings(server: LanguageServer) -> None:
    header = "# yaml-language-server: $schema=../schemas/rule.schema.json\n"
    wrong = RULE.replace("stored_in: IE", "stored_in: |UK")
    shown(server, "drafts/new.yaml", header + wrong, "'stored_in' is a state")


def test_an_agency_has_its_own_names_completed_and_checked(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["init", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    (tmp_path / "rules" / "domestic").mkdir()
    (tmp_path / "rules" / "domestic" / "own.yaml").write_text(RULE)
    (tmp_path / "rules" / "changes.yaml").write_text("- {disable: us-2713-reach, reason: we are elsewhere}\n")
    assert CliRunner().invoke(app, ["editor", str(tmp_path)]).exit_code == 0
    server = LanguageServer(tmp_path)
    for path in sorted((tmp_path / "rules").rglob("*.yaml")) + sorted((tmp_path / "scenarios").rglob("*.yaml")):
        name = path.relative_to(tmp_path).as_posix()
        assert faults(server, name, path.read_text()) == [], name
    text = RULE.replace("budapest/27, untoc/18-16", "our-handbook/1").replace("sovereignty-1", "our-rule")
    document = server.open("rules/domestic/next.yaml", text)
    assert document.faults() == []
    assert "the lawyer on duty" in document.hover("our-handbook|/1")
    assert "our-rule" in document.completions("[our-|rule]")
    document.close()
    shown(
        server, "rules/domestic/next.yaml", text.replace("our-rule]", "|us-2713-reach]"), "There is no rule of that id"
    )
    wrong = "- {disable: |us-2713-reech, reason: we are elsewhere}\n"
    shown(server, "rules/changes.yaml", wrong, "comity ships no such rule or table")
    server.close()
