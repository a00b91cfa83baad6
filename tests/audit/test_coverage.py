"""What a scenario exercises of a rule: that it applies, each condition alone, each rule that gives way."""

from __future__ import annotations

from trial import rulebook, scenarios

from comity.audit.bench import Basis
from comity.audit.coverage import Coverage, Probes, conditions, nothing


def exercised(folder, expect: str) -> tuple[Coverage, dict[str, list[str]]]:
    """The coverage, and the lines of the conditions of each rule, in order."""
    book = rulebook(folder / "rules")
    found = nothing(book)
    probes = Probes(book)
    for one in scenarios(folder, expect):
        for id_, more in probes.exercised(one.title, Basis(one.case, one.as_of, book)).items():
            found[id_].add(more)
    return found, {rule.id: list(conditions(rule)) for rule in book.rules}


CONSENT = """\
  {}
variants:
  - {title: with consent, set: {data.mail.consent: yes}, expect: {}}
"""


def test_a_condition_fails_alone_only_where_all_others_are_met(tmp_path):
    found, places = exercised(tmp_path, CONSENT)
    abroad, data, absent, day = places["consent"]
    consent = found["consent"]
    assert consent.fired == {"Mail abroad: with consent"}
    assert consent.failed[data] == {"Mail abroad"}, "only the consent is missing"
    assert consent.failed[abroad] == consent.failed[absent] == consent.failed[day] == set()


def test_an_exception_fails_alone_where_it_stands(tmp_path):
    expect = """\
  {}
variants:
  - {title: in Switzerland, set: {data.mail.consent: yes, data.mail.stored_in: CH}, expect: {}}
  - {title: on the eve, as_of: 2019-12-31, set: {data.mail.consent: yes}, expect: {}}
"""
    found, places = exercised(tmp_path, expect)
    _, _, absent, day = places["consent"]
    assert found["consent"].fired == set()
    assert found["consent"].failed[absent] == {"Mail abroad: in Switzerland"}
    assert found["consent"].failed[day] == {"Mail abroad: on the eve"}


def test_a_rule_prevails_where_both_apply(tmp_path):
    found, _ = exercised(tmp_path, CONSENT)
    assert found["consent"].won == {"no-taking": {"Mail abroad: with consent"}}
    assert found["no-taking"].lost == {"Mail abroad: with consent"}
    assert found["no-taking"].fired == {"Mail abroad", "Mail abroad: with consent"}


def test_a_value_that_nobody_knows_fails_the_condition_that_reads_it(tmp_path):
    expect = "  {}\nvariants:\n  - {title: nobody knows, set: {data.mail.stored_in: unknown}, expect: {}}\n"
    found, places = exercised(tmp_path, expect)
    _, data, _ = places["here-or-abroad"]
    assert found["here-or-abroad"].failed[data] == {"Mail abroad: nobody knows"}


def test_points_count_the_rule_its_conditions_and_its_overrides(tmp_path):
    found, _ = exercised(tmp_path, CONSENT)
    assert found["consent"].points == (3, 6), "it applies, the data fails alone, it prevails; of 1 + 4 + 1"
    assert found["blocking"].points == (2, 3), "it never applies: without either condition the other one is met"
