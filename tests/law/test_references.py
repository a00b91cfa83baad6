from rulebooks import rulebook

from comity.law.references import References

RULES = """\
- id: asks
  title: Asks
  cites: [law/1]
  because: why
  when:
    - data: {id: $x, category: [traffic, content], stored_in: $s}
    - party: {instrument: budapest, state: $s}
    - different: [$s, CN]
    - absent: {member: {network: interpol, state: FR}}
  conclude: [warning: {about: $x, code: w}]
- id: answers
  title: Answers
  cites: [law]
  because: why
  when: [offence: {id: $o, category: online-extortion}]
  rule_out: [warning: {about: US, code: w}]
  overrides: [asks]
"""


def ids(rules) -> list[str]:
    return [rule.id for rule in rules]


def test_who_cites_an_article_and_who_its_authority(tmp_path):
    references = References.of(rulebook(tmp_path, RULES))
    assert ids(references.citing["law/1"]) == ["asks"]
    assert ids(references.citing["law"]) == ["answers"]
    assert ids(references.citing_authority["law"]) == ["asks", "answers"]


def test_who_names_a_word_also_in_lists_absences_and_comparisons(tmp_path):
    naming = References.of(rulebook(tmp_path, RULES)).naming
    named = {word: ids(rules) for word, rules in naming.items()}
    assert named["DataCategory", "traffic"] == ["asks"]
    assert named["instrument", "budapest"] == ["asks"]
    assert named["network", "interpol"] == ["asks"]
    assert named["state", "FR"] == ["asks"]
    assert named["state", "CN"] == ["asks"]
    assert named["state", "US"] == ["answers"]
    assert named["offence", "online-extortion"] == ["answers"]
    assert ("state", "IE") not in named


def test_who_asks_for_a_relation_and_who_concludes_or_denies_it(tmp_path):
    references = References.of(rulebook(tmp_path, RULES))
    assert ids(references.asking["member"]) == ["asks"]
    assert ids(references.concluding["warning"]) == ["asks", "answers"]
    assert "warning" not in references.asking


def test_what_a_rule_prevails_over_and_what_over_it(tmp_path):
    references = References.of(rulebook(tmp_path, RULES))
    assert ids(references.prevails["answers"]) == ["asks"]
    assert ids(references.yields["asks"]) == ["answers"]
    assert "asks" not in references.prevails
