"""Faults in a small rulebook, and the scenarios that notice them."""

from __future__ import annotations

from collections import Counter

from trial import rulebook, scenarios

from comity.audit.bench import Bench
from comity.audit.equivalence import Prover
from comity.audit.mutants import Fault
from comity.audit.mutation import Fate, mutants_of, tried


def verdicts(folder, expect, *ids, prove=False):
    book = rulebook(folder / "rules")
    bench = Bench(book, scenarios(folder, expect))
    assert bench.failing == []
    mutants = list(mutants_of(book, ids or [rule.id for rule in book.rules]))
    return list(zip(mutants, tried(bench, mutants, Prover(book) if prove else None), strict=True))


def test_a_fault_that_a_scenario_notices_is_told_with_the_scenario_and_how(tmp_path):
    expect = "  items: {mail: {addressees: [FR]}}\n"
    results = verdicts(tmp_path, expect, "asked")
    dropped = [verdict for mutant, verdict in results if mutant.fault is Fault.DROP_CONCLUSION]
    assert [(v.fate, v.by, v.how) for v in dropped] == [
        (Fate.KILLED, "Mail abroad", "mail: addressee FR is expected, there are: none")
    ]


def test_a_fault_that_no_scenario_notices_survives(tmp_path):
    results = verdicts(tmp_path, "  items: {mail: {direct_access: refused}}\n", "asked")
    assert {verdict.fate for mutant, verdict in results if mutant.fault is Fault.DROP_CONCLUSION} == {Fate.SURVIVED}


def test_a_survivor_is_told_with_what_a_scenario_would_have_to_expect(tmp_path):
    results = verdicts(tmp_path, "  items: {mail: {direct_access: refused}}\n", "asked", prove=True)
    (told,) = [verdict for mutant, verdict in results if mutant.fault is Fault.DROP_CONCLUSION]
    assert (told.fate, told.by, told.how) == (Fate.SURVIVED, "Mail abroad", "items.mail.addressees: FR")


def test_what_only_a_variant_notices_is_noticed(tmp_path):
    expect = """\
  items: {mail: {direct_access: refused}}
variants:
  - title: with consent
    set: {data.mail.consent: yes}
    expect: {items: {mail: {direct_access: permitted}}}
"""
    results = verdicts(tmp_path, expect, "consent")
    told = {m.fault: v for m, v in results if m.fault in (Fault.DROP_OVERRIDE, Fault.SWAP_SUPERIORITY)}
    assert {v.fate for v in told.values()} == {Fate.KILLED}
    assert told[Fault.DROP_OVERRIDE].by == "Mail abroad: with consent"
    assert told[Fault.DROP_OVERRIDE].how == "mail: direct access: permitted is expected, it is undecided"
    assert told[Fault.SWAP_SUPERIORITY].how == "mail: direct access: permitted is expected, it is refused"


def test_scenarios_that_say_all_that_the_rules_say_leave_no_fault_unnoticed(tmp_path):
    """Every way in which a rule may come out is worked, so nothing that can be noticed survives."""
    expect = """\
  items: {mail: {direct_access: refused, addressees: [FR], no_addressees: [DE], refused: [consent-access FR]}}
  reasons: {mail.direct-access: [no-taking]}
variants:
  - title: at home
    set: {data.mail.stored_in: DE}
    expect: {items: {mail: {no_addressees: [DE]}}, no_reasons: {mail.direct-access: [no-taking]}}
  - title: with consent
    set: {data.mail.consent: yes}
    expect:
      items:
        mail:
          direct_access: permitted
          terms: {consent-access FR: {days: [1, 5], through: its owner, yields: evidence}}
          recommended: consent-access FR
  - title: traffic data with consent
    set: {data.mail.consent: yes, data.mail.category: traffic}
    expect: {items: {mail: {direct_access: permitted}}}
  - title: subscriber data with consent
    set: {data.mail.consent: yes, data.mail.category: subscriber}
    expect: {items: {mail: {direct_access: refused}}}
  - title: with consent, on the first day
    as_of: 2020-01-01
    set: {data.mail.consent: yes}
    expect: {items: {mail: {direct_access: permitted}}}
  - title: with consent, on the eve
    as_of: 2019-12-31
    set: {data.mail.consent: yes}
    expect: {items: {mail: {direct_access: refused}}}
  - title: in Switzerland with consent
    set: {data.mail.consent: yes, data.mail.stored_in: CH}
    expect: {items: {mail: {direct_access: refused, addressees: [CH]}}}
  - title: in Russia with consent
    set: {data.mail.consent: yes, data.mail.stored_in: RU}
    expect: {items: {mail: {direct_access: refused, addressees: [RU]}}}
  - title: nobody knows where
    set: {data.mail.consent: yes, data.mail.stored_in: unknown}
    expect: {items: {mail: {no_addressees: [CH, FR, DE]}}}
"""
    results = verdicts(tmp_path, expect)
    counted = Counter(verdict.fate for _, verdict in results)
    assert [(mutant.name, mutant.fault) for mutant, v in results if v.fate is Fate.SURVIVED] == []
    assert counted[Fate.KILLED] > 25


def test_a_scenario_that_fails_anyway_judges_nothing(tmp_path):
    book = rulebook(tmp_path / "rules")
    bench = Bench(book, scenarios(tmp_path, "  items: {mail: {direct_access: permitted}}\n"))
    assert [scenario.title for scenario in bench.failing] == ["Mail abroad"]
    assert bench.seats == []
