import pytest
from rulebooks import findings, rulebook

from comity.law.case import Case
from comity.law.facts import facts
from comity.law.rulebook import read
from comity.logic import reference
from comity.logic.model import Verdict
from comity.logic.terms import Literal

HEAD = "- id: a\n  title: t\n  cites: [law/1]\n  because: why\n"


def told(tmp_path, rules: str) -> str:
    return "\n".join(map(str, findings(tmp_path, rules)))


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (HEAD + "  when: [{dta: {id: $x}}]\n  conclude: [{here: {item: $x}}]\n", "did you mean 'data'?"),
        (
            HEAD + "  when: [{data: {id: $x, storedin: $y}}]\n  conclude: [{here: {item: $x}}]\n",
            "did you mean 'stored_in'?",
        ),
        (
            HEAD + "  when: [{data: {id: $x, category: trafic}}]\n  conclude: [{here: {item: $x}}]\n",
            "did you mean 'traffic'?",
        ),
        (HEAD + "  when: [{data: {id: $x, stored_in: UK}}]\n  conclude: [{here: {item: $x}}]\n", "'UK' is no state"),
        (HEAD + "  when: [{data: {id: $x}}]\n  conclude: [{here: {item: $y}}]\n", "$y stands in no relation"),
        (HEAD + "  when: [{data: {id: $x}}]\n  conclude: [{data: {id: $x}}]\n", "is a fact; rules cannot conclude it"),
        (
            HEAD + "  when: [{data: {id: $x, stored_in: $x}}]\n  conclude: [{here: {item: $x}}]\n",
            "$x is a id elsewhere",
        ),
        (
            HEAD
            + "  when: [{party: {instrument: budapst, state: $s}}]\n  conclude: [{barred: {state: $s, ground: g}}]\n",
            "did you mean 'budapest'?",
        ),
        (
            HEAD + "  when: [{data: {id: $x}}]\n  conclude: [{here: {item: $x}}]\n  overides: [b]\n",
            "did you mean 'overrides'?",
        ),
        (
            HEAD + "  when: [{data: {id: $x}}]\n  conclude: [{here: {item: $x}}]\n  overrides: [b]\n",
            "there is no rule 'b'",
        ),
        (HEAD + "  effective: {from: 2026-02-30}\n  conclude: [{barred: {state: CN, ground: g}}]\n", "this is no date"),
        (HEAD + "  when: [{data: {id: $x}}]\n", "the rule concludes nothing"),
        (
            HEAD.replace("why", '"{what}"') + "  when: [{data: {id: $x}}]\n  conclude: [{here: {item: $x}}]\n",
            "uses {what}",
        ),
        (HEAD.replace("law/1", "law/2") + "  conclude: [{barred: {state: CN, ground: g}}]\n", "has no article '2'"),
        (HEAD.replace("law/1", "lex/1") + "  conclude: [{barred: {state: CN, ground: g}}]\n", "no such authority"),
        (
            HEAD
            + "  conclude: [{barred: {state: CN, ground: g}}]\n"
            + HEAD
            + "  conclude: [{barred: {state: CN, ground: g}}]\n",
            "the id 'a' is taken",
        ),
        (
            HEAD
            + "  when: [{data: {id: $x}}]\n  conclude: [{channel: {item: $x, state: CN, kind: mla, days: [9, 1]}}]\n",
            "is a range of days",
        ),
        (
            HEAD
            + "  when: [{data: {id: $x}}]\n  conclude: [{channel: {item: $x, state: CN, kind: mla, through: $x}}]\n",
            "takes a value, not a variable",
        ),
    ],
)
def test_each_fault_is_told_with_its_place_and_what_would_be_right(tmp_path, rules, expected):
    text = told(tmp_path, rules)
    assert expected in text
    assert "rules.yaml:" in text


def test_all_faults_of_a_folder_are_told_at_once(tmp_path):
    text = told(
        tmp_path,
        HEAD
        + "  when: [{dta: {id: $x}}]\n  conclude: [{here: {item: $x}}]\n"
        + HEAD.replace("id: a", "id: b")
        + "  when: [{data: {idd: $x}}]\n  conclude: [{here: {item: $x}}]\n",
    )
    assert "unknown relation 'dta'" in text
    assert "unknown field 'idd'" in text


def test_rules_that_go_in_a_circle_are_refused_with_the_circle(tmp_path):
    rules = (
        HEAD
        + "  when: [{involved: {state: $s}}, {absent: {barred: {state: $s}}}]\n  conclude: [{claim: {state: $s, basis: flag}}]\n"
        + HEAD.replace("id: a", "id: b")
        + "  when: [{claim: {state: $s}}]\n  conclude: [{barred: {state: $s, ground: g}}]\n"
    )
    text = told(tmp_path, rules)
    assert "in a circle through a negation: barred -> claim -> barred" in text or "claim -> barred -> claim" in text
    assert "runs through" in text


def test_superiority_in_a_circle_is_refused(tmp_path):
    rules = (
        HEAD
        + "  conclude: [{barred: {state: CN, ground: g}}]\n  overrides: [b]\n"
        + HEAD.replace("id: a", "id: b")
        + "  rule_out: [{barred: {state: CN, ground: g}}]\n  overrides: [a]\n"
    )
    (finding,) = findings(tmp_path, rules)
    assert finding.code == "P003"
    assert "superiority runs in a circle: a gives way to b gives way to a" in finding.message
    assert finding.place.line == 12, "where b overrides a"


def concluded(tmp_path, rules: str, case: str, as_of: str = "2026-01-01"):
    book = rulebook(tmp_path, rules)
    day = __import__("datetime").date.fromisoformat(as_of)
    return reference.model(book.program, facts(Case.from_text(case), book.tables, day))


CASE = "case: a\nforum: CN\ndata: [{id: mail, stored_in: unknown}, {id: log, stored_in: US}, {id: pic, stored_in: NO}]"


def test_a_variable_never_matches_what_is_unknown(tmp_path):
    rules = (
        HEAD
        + "  when: [{case: {forum: $h}}, {data: {id: $x, stored_in: $t}}, {different: [$h, $t]}]\n  conclude: [{abroad: {item: $x, state: $t}}]\n"
    )
    model = concluded(tmp_path, rules, CASE)
    assert [literal.terms for literal in model.of("abroad")] == [("log", "US"), ("pic", "NO")]


def test_unknown_can_be_asked_for(tmp_path):
    rules = HEAD + "  when: [{data: {id: $x, stored_in: unknown}}]\n  conclude: [{here: {item: $x}}]\n"
    assert [literal.terms for literal in concluded(tmp_path, rules, CASE).of("here")] == [("mail",)]


def test_a_list_means_one_of_these(tmp_path):
    rules = HEAD + "  when: [{data: {id: $x, stored_in: [US, NO]}}]\n  conclude: [{here: {item: $x}}]\n"
    assert [literal.terms for literal in concluded(tmp_path, rules, CASE).of("here")] == [("log",), ("pic",)]


def test_a_list_in_an_absence_means_none_of_these(tmp_path):
    rules = (
        HEAD
        + "  when: [{involved: {state: $s}}, {absent: {data: {stored_in: [US, IE]}}}]\n  conclude: [{barred: {state: $s, ground: g}}]\n"
    )
    assert concluded(tmp_path, rules, CASE).of("barred") == []


def test_nothing_listed_means_the_absence_is_met(tmp_path):
    rules = (
        HEAD
        + "  when: [{involved: {state: $s}}, {absent: {data: {stored_in: [US, IE]}}}]\n  conclude: [{barred: {state: $s, ground: g}}]\n"
    )
    model = concluded(tmp_path, rules, "case: a\nforum: CN\ndata: [{id: x, stored_in: FR}]")
    assert [literal.terms for literal in model.of("barred")] == [("CN", "g"), ("FR", "g")]


def test_a_default_gives_way_to_any_other_rule(tmp_path):
    rules = (
        HEAD
        + "  default: true\n  when: [{data: {id: $x}}]\n  rule_out: [{here: {item: $x}}]\n"
        + HEAD.replace("id: a", "id: b")
        + "  when: [{data: {id: $x, stored_in: US}}]\n  conclude: [{here: {item: $x}}]\n"
    )
    model = concluded(tmp_path, rules, CASE)
    assert model.verdict(Literal("here", ("log",))) is Verdict.HELD
    assert model.verdict(Literal("here", ("mail",))) is Verdict.REFUTED


def test_what_is_unsettled_is_undecided_whatever_the_default_says(tmp_path):
    rules = (
        HEAD
        + "  default: true\n  when: [{data: {id: $x}}]\n  rule_out: [{here: {item: $x}}]\n"
        + HEAD.replace("id: a", "id: b")
        + "  when: [{data: {id: $x, stored_in: unknown}}]\n  unsettle: [{here: {item: $x}}]\n"
    )
    model = concluded(tmp_path, rules, CASE)
    assert model.verdict(Literal("here", ("mail",))) is Verdict.UNDECIDED
    assert model.verdict(Literal("here", ("log",))) is Verdict.REFUTED


def test_that_a_rule_cannot_be_read_is_no_fault_of_those_that_override_it(tmp_path):
    general = HEAD.replace("id: a", "id: b") + "  when: [{dta: {id: $x}}]\n  rule_out: [{here: {item: $x}}]\n"
    special = HEAD + "  when: [{data: {id: $x}}]\n  conclude: [{here: {item: $x}}]\n  overrides: [b, c]\n"
    wrong, missing = findings(tmp_path, general + special)
    assert "unknown relation 'dta'" in str(wrong)
    assert "there is no rule 'c'" in str(missing)
    (tmp_path / "principles" / "other.yaml").write_text("- id: [\n")
    _, found = read(tmp_path)
    assert not any("there is no rule" in str(finding) for finding in found)


def test_what_a_rule_cites_is_looked_up_though_the_rule_cannot_be_read(tmp_path):
    wrong = HEAD.replace("law/1", "lex/1") + "  when: [{dta: {id: $x}}]\n  conclude: [{here: {item: $x}}]\n"
    assert [finding.code for finding in findings(tmp_path, wrong)] == ["V001", "C001"]


def test_an_acceptance_without_its_check_is_none(tmp_path):
    accepting = "  conclude: [{barred: {state: CN, ground: g}}]\n  accept: [{check: , reason: so it is}]\n"
    assert "needs its check and a reason" in told(tmp_path, HEAD + accepting)


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("[{dta: {id: $x, stored_in: $y}}]", "V001"),
        ("[{data: {id: $x, storedin: $y}}]", "V003"),
        ("[{data: {id: $x}, item: {id: $y}}, {data: {id: $x}}]", "R009"),
    ],
)
def test_a_condition_that_cannot_be_read_is_told_and_not_its_variables_as_well(tmp_path, when, code):
    head = HEAD.replace("why", '"{x} is in {y}"')
    rules = head + f"  when: {when}\n  conclude: [{{addressee: {{item: $x, state: $y}}}}]\n"
    assert [finding.code for finding in findings(tmp_path, rules)] == [code]


@pytest.mark.parametrize(
    ("settling", "verdict"),
    [("", Verdict.UNDECIDED), ("conclude", Verdict.HELD), ("rule_out", Verdict.REFUTED)],
)
def test_a_doubt_by_default_gives_way_to_whatever_settles_it(tmp_path, settling, verdict):
    rules = (
        HEAD
        + "  default: true\n  when: [{data: {id: $x}}]\n  rule_out: [{here: {item: $x}}]\n"
        + HEAD.replace("id: a", "id: b")
        + "  default: true\n  when: [{data: {id: $x, stored_in: US}}]\n  unsettle: [{here: {item: $x}}]\n"
    )
    if settling:
        settles = f"  when: [{{data: {{id: $x, stored_in: US}}}}]\n  {settling}: [{{here: {{item: $x}}}}]\n"
        rules += HEAD.replace("id: a", "id: c") + settles
    model = concluded(tmp_path, rules, CASE)
    assert model.verdict(Literal("here", ("log",))) is verdict
    assert model.verdict(Literal("here", ("mail",))) is Verdict.REFUTED


@pytest.mark.parametrize(
    ("day", "holds"), [("2026-08-17", False), ("2026-08-18", True), ("2030-01-01", True), ("2030-01-02", False)]
)
def test_a_rule_is_law_from_its_first_day_to_its_last(tmp_path, day, holds):
    rules = (
        HEAD
        + "  effective: {from: 2026-08-18, until: 2030-01-01}\n  when: [{data: {id: $x}}]\n  conclude: [{here: {item: $x}}]\n"
    )
    assert bool(concluded(tmp_path, rules, CASE, day).of("here")) is holds
