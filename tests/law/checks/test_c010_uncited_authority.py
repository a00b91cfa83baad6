from desk import AUTHORITIES, found, rule

from comity.law.finding import Severity

MORE = """\
lotus-1927:
  title: The Lotus
  citation: PCIJ Series A No 10
  kind: case
  source: text of the judgment
"""
RULE = rule(["involved: {state: $s}"], conclude=["warning: {about: $s, code: look}"])


def test_an_authority_that_nothing_cites_is_noted(tmp_path) -> None:
    (finding,) = found(tmp_path, RULE, "C010", **{"authorities.yaml": AUTHORITIES + MORE})
    assert finding.message == "nothing cites 'lotus-1927'"
    assert finding.severity is Severity.NOTE
    assert finding.place.line == AUTHORITIES.count("\n") + 2


def test_what_a_rule_or_a_factor_cites_is_used(tmp_path) -> None:
    cited_by_rule = RULE.replace("untoc/4-2", "lotus-1927")
    assert found(tmp_path / "rule", cited_by_rule, "C010", **{"authorities.yaml": AUTHORITIES + MORE}) == []
    lead = "factors: [{id: custody, title: Custody, weight: 1, cites: [lotus-1927]}]\n"
    files = {"authorities.yaml": AUTHORITIES + MORE, "preferences/lead.yaml": lead}
    assert found(tmp_path / "factor", RULE, "C010", **files) == []
