"""A small rulebook and scenarios on it, as a policy desk would have them."""

from __future__ import annotations

from pathlib import Path

from comity import scenario
from comity.law.rulebook import Rulebook, shipped_folder
from comity.scenario import Scenario

RULES = """\
# Two rules that collide, and one that reads them.

- id: here-or-abroad
  title: Where an item lies
  cites: [law/1]
  when:
    - case: {forum: $here}
    - data: {id: $item, stored_in: $there}
    - different: [$here, $there]
  conclude:
    - abroad: {item: $item, state: $there}
  because: "{item} lies in {there}, not in {here}"

- id: no-taking
  title: What lies abroad is not taken
  cites: [law/1]
  when:
    - abroad: {item: $item, state: $there}
  rule_out:
    - direct_access: {item: $item}
  because: "{item} lies in {there}"

- id: consent
  title: Who may disclose it consents
  cites: [law/1]
  effective: {from: 2020-01-01}
  when:
    - abroad: {item: $item, state: $there}
    - data: {id: $item, category: [content, traffic], consent: yes}
    - absent: {blocked: {item: $item, state: $there}}
  conclude:
    - direct_access: {item: $item}
    - channel: {item: $item, state: $there, kind: consent-access, days: [1, 5], through: its owner, yields: evidence}
  overrides: [no-taking]
  because: "{item} in {there} may be had with consent"

- id: asked
  title: A state where an item lies is asked
  cites: [law/1]
  when:
    - abroad: {item: $item, state: $there}
  conclude:
    - addressee: {item: $item, state: $there}
  because: "{item} lies in {there}"

- id: blocking
  title: A law keeps it there
  cites: [law/1]
  when:
    - data: {id: $item, stored_in: $there}
    - one_of: [$there, CH, RU]
  conclude:
    - blocked: {item: $item, state: $there}
  because: "the law of {there} keeps {item} there"
"""

SCENARIO = """\
title: Mail abroad
source: "law art. 1"
kind: hypothetical
as_of: 2026-01-01
case:
  case: mail
  forum: DE
  data: [{id: mail, category: content, stored_in: FR}]
expect:
"""

EXPECT = "  items: {mail: {direct_access: refused, addressees: [FR]}}\n"


def rulebook(folder: Path, rules: str = RULES) -> Rulebook:
    """The rulebook whose only rules are *rules*, written to *folder*."""
    (folder / "preferences").mkdir(parents=True)
    (folder / "tables").symlink_to(shipped_folder() / "tables")
    (folder / "preferences" / "lead.yaml").write_text("factors: [{id: custody, title: Custody, weight: 1}]\n")
    (folder / "preferences" / "routes.yaml").write_text("order: [mla]\n")
    (folder / "authorities.yaml").write_text(
        "law:\n  title: A law\n  citation: A law of 2020\n  kind: statute\n  source: none\n"
        "  articles:\n    '1': {says: something, verified: yes}\n"
    )
    (folder / "principles").mkdir()
    (folder / "principles" / "rules.yaml").write_text(rules)
    return Rulebook.from_folder(folder)


def scenarios(folder: Path, expect: str = EXPECT) -> list[Scenario]:
    """The scenario with what is expected of it and its variants, each as one of its own."""
    path = folder / "mail.yaml"
    path.write_text(SCENARIO + expect)
    whole = scenario.read(path)
    return [whole, *whole.variants]
