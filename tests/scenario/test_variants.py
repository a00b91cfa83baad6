"""A scenario file with variants: the same case with some facts changed, each judged on its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from comity import scenario
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook

FILE = """\
title: Mail in Ireland
source: "untoc art. 4"
kind: hypothetical
as_of: 2026-08-18
case:
  case: mail
  forum: DE
  authority: judge
  persons:
    - {id: writer, role: suspect, nationality: [DE], whereabouts: DE}
  custodians:
    - {id: mailer, kind: provider, seat: IE}
  data:
    - {id: mail, category: content, stored_in: IE, custodian: mailer}
expect:
  items: {mail: {addressees: [IE]}}
variants:
"""


def written(folder: Path, variants: str) -> Path:
    path = folder / "mail.yaml"
    path.write_text(FILE + variants)
    return path


def findings(folder: Path, variants: str) -> list[str]:
    with pytest.raises(InputError) as caught:
        scenario.read(written(folder, variants))
    return [str(finding).splitlines()[0].removeprefix(f"{folder}/") for finding in caught.value.findings]


def test_a_variant_is_the_case_with_facts_replaced(tmp_path):
    variants = """\
  - title: at home
    set: {data.mail.stored_in: DE, persons.writer.nationality: [FR, DE]}
    expect: {items: {mail: {no_addressees: [IE]}}}
"""
    whole = scenario.read(written(tmp_path, variants))
    (variant,) = whole.variants
    assert variant.title == "Mail in Ireland: at home"
    assert variant.case.data[0].stored_in == "DE"
    assert variant.case.persons[0].nationality == ["FR", "DE"]
    assert variant.as_of == whole.as_of
    assert whole.case.data[0].stored_in == "IE", "the case of the file stays as it is"


def test_a_variant_may_have_a_day_of_its_own_and_no_other_fact(tmp_path):
    whole = scenario.read(written(tmp_path, "  - {title: the eve, as_of: 2026-08-17, expect: {lead: none}}\n"))
    assert whole.variants[0].as_of == date(2026, 8, 17)


def test_a_whole_group_of_parts_is_replaced_by_a_list(tmp_path):
    variants = """\
  - title: judged in Ireland
    set:
      proceedings: [{id: trial, state: IE, stage: final-judgment}]
    expect: {lead: none}
"""
    whole = scenario.read(written(tmp_path, variants))
    assert [p.state for p in whole.variants[0].case.proceedings] == ["IE"]


@pytest.mark.parametrize("holder_first", [True, False])
def test_facts_need_to_fit_only_together(tmp_path, holder_first):
    facts = ["data.mail.custodian: host", "custodians: [{id: host, kind: provider, seat: FR}]"]
    told = ", ".join(facts if holder_first else reversed(facts))
    (variant,) = scenario.read(written(tmp_path, f"  - {{title: a, set: {{{told}}}, expect: {{}}}}\n")).variants
    assert variant.case.data[0].custodian == "host"


def test_of_facts_that_do_not_fit_the_one_at_fault_is_told(tmp_path):
    facts = "data.mail.public: yes, data.mail.custodian: nobody, data.mail.consent: no"
    (line,) = findings(tmp_path, f"  - {{title: a, set: {{{facts}}}, expect: {{}}}}\n")
    assert line.startswith("mail.yaml:18:45  F107")


def test_a_fact_of_a_part_that_is_new(tmp_path):
    facts = "persons: [{id: owner, role: witness}], persons.owner.nationality: [IE]"
    (variant,) = scenario.read(written(tmp_path, f"  - {{title: a, set: {{{facts}}}, expect: {{}}}}\n")).variants
    assert variant.case.persons[0].nationality == ["IE"]


def test_each_variant_is_judged_by_its_own_expectation(tmp_path):
    variants = """\
  - title: in France
    set: {data.mail.stored_in: FR}
    expect: {items: {mail: {addressees: [FR]}}}
  - title: wrong
    as_of: 2026-08-17
    expect: {items: {mail: {no_addressees: [IE]}}}
"""
    outcomes = list(scenario.run([written(tmp_path, variants)], Rulebook.shipped()))
    assert [(o.title, bool(o.failures)) for o in outcomes] == [
        ("Mail in Ireland", False),
        ("Mail in Ireland: in France", False),
        ("Mail in Ireland: wrong", True),
    ]
    assert outcomes[2].failures == ("mail: addressee IE is not expected, but stands",)


@pytest.mark.parametrize(
    ("variants", "told"),
    [
        ("  - {title: a, set: {data.mail.stord_in: DE}, expect: {}}\n", "mail.yaml:18:22  Q002  there is no field"),
        ("  - {title: a, set: {data.mail.stored_in: DEU}, expect: {}}\n", "mail.yaml:18:22  F105  'DEU' is no"),
        (
            "  - {title: a, set: {data.letter.stored_in: DE}, expect: {}}\n",
            "mail.yaml:18:22  Q002  there is no 'letter'",
        ),
        ("  - {title: a, set: {data.mail.stored_in: DE}}\n", "mail.yaml:18:5  S003  'expect' is missing"),
        ("  - {title: a, expect: {}}\n", "mail.yaml:18:5  S003  neither 'set' nor 'as_of'"),
        ("  - {title: a, as_of: soon, expect: {}}\n", "mail.yaml:18:23  S005  'soon' is no date"),
        ("  - {title: a, as_of: 2026-01-01, expect: {}, sets: {}}\n", "mail.yaml:18:47  S002  unknown key 'sets'"),
        (
            "  - {title: a, as_of: 2026-01-01, expect: {leads: DE}}\n",
            "mail.yaml:18:44  S006  nothing can be expected of 'leads'",
        ),
    ],
)
def test_a_fault_is_told_at_its_place(tmp_path, variants, told):
    (line,) = findings(tmp_path, variants)
    assert line.startswith(told)


def test_all_faults_of_all_variants_are_told_at_once(tmp_path):
    variants = "  - {title: a, set: {data.x.public: yes}, expect: {}}\n  - {title: b, as_of: soon, expect: {}}\n"
    assert len(findings(tmp_path, variants)) == 2


def test_all_faults_of_a_scenario_are_told_at_once_and_in_order(tmp_path):
    path = tmp_path / "mail.yaml"
    path.write_text(
        "title: t\nkind: made-up\nas_of: 2026-31-01\ncase:\n  case: a\n  forum: UK\n"
        "expect:\n  items: {mail: {ofered: [mla IE]}}\n"
    )
    (outcome,) = scenario.run([path], Rulebook.shipped())
    assert [told.removeprefix(f"{path}:").split("  ")[:2] for told in outcome.failures] == [
        ["1:1", "S003"],
        ["2:7", "S004"],
        ["3:8", "S005"],
        ["6:10", "F105"],
        ["8:18", "S006"],
    ]
    path.write_text(
        "title: t\nkind: hypothetical\nsource: s\nas_of: 2026-01-01\ncase:\n  case: a\n  forum: GB\n"
        "  offences: [{id: o, category: cyber-frod}]\nexpect:\n  items: {mail: {ofered: [mla IE]}}\n"
    )
    (outcome,) = scenario.run([path], Rulebook.shipped())
    assert [told.removeprefix(f"{path}:").partition("  ")[0] for told in outcome.failures] == ["8:32", "10:18"]
    assert "did you mean 'cyber-fraud'?" in outcome.failures[0]
    assert "did you mean 'offered'?" in outcome.failures[1]
