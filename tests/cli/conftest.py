"""The commands as a user runs them, over a small law of the tests' own and the shipped tables."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from comity.law.rulebook import shipped_folder
from comity_cli.app import app

RULES = """\
- id: asked
  title: The state of storage is asked
  cites: [law/1]
  when:
    - data: {id: $item, stored_in: $there}
  conclude:
    - addressee: {item: $item, state: $there}
  because: "{item} is stored in {there}"

- id: home
  title: What lies at home is taken at home
  cites: [law/1]
  when:
    - case: {forum: $here}
    - data: {id: $item, stored_in: $here}
  conclude:
    - direct_access: {item: $item}
    - channel: {item: $item, state: $here, kind: domestic-order}
  because: "{item} is in {here}"

- id: hands-off
  title: What lies abroad is not taken
  cites: [law/1, custom]
  when:
    - case: {forum: $here}
    - data: {id: $item, stored_in: $there}
    - different: [$here, $there]
  rule_out:
    - direct_access: {item: $item}
  because: "{item} is in {there}, out of reach of {here}"

- id: no-mla
  title: No assistance without a treaty
  cites: [law/2]
  default: true
  when:
    - data: {id: $item}
    - addressee: {item: $item, state: $there}
  rule_out:
    - channel: {item: $item, state: $there, kind: mla}
  because: "no treaty gives {item}"

- id: both-bound
  title: Two parties are bound
  cites: [law/2]
  when:
    - party: {instrument: budapest, state: $one}
    - party: {instrument: budapest, state: $other}
    - different: [$one, $other]
  conclude:
    - bound: {instrument: budapest, state: $one, other: $other}
  because: "{one} and {other} are parties"

- id: assistance
  title: Parties assist each other
  cites: [law/2]
  when:
    - case: {forum: $here}
    - data: {id: $item, category: [content, traffic], stored_in: $there}
    - bound: {instrument: budapest, state: $here, other: $there}
  conclude:
    - channel: {item: $item, state: $there, kind: mla, days: [100, 200], through: the central authorities}
  because: "{here} and {there} help each other with {item}"

- id: quick-freeze
  title: Parties preserve
  cites: [law/2]
  when:
    - case: {forum: $here}
    - data: {id: $item, stored_in: $there}
    - bound: {instrument: budapest, state: $here, other: $there}
  conclude:
    - channel: {item: $item, state: $there, kind: expedited-preservation, keeps_days: 60, follow_up_days: 60}
  because: "{there} preserves {item} for {here}"

- id: consent-unclear
  title: Whether somebody consents has to be asked
  cites: [law/2]
  when:
    - data: {id: $item, consent: unknown, stored_in: $there}
  unsettle:
    - channel: {item: $item, state: $there, kind: consent-access}
  because: "nobody knows whether anybody consents to {item}"

- id: conduct
  title: Where it was done
  cites: [law/1]
  when:
    - conduct: {offence: $offence, state: $state}
  conclude:
    - claim: {state: $state, basis: territorial-conduct}
  because: "{offence} was committed in {state}"

- id: custody
  title: Who holds the suspect
  cites: [law/1]
  when:
    - person: {id: $person, role: suspect, whereabouts: $state}
  conclude:
    - factor: {state: $state, factor: custody}
  because: "{person} is in {state}"

- id: new-law
  title: A law to come
  cites: [law/1]
  when:
    - data: {id: $item, category: subscriber, stored_in: $there}
  conclude:
    - channel: {item: $item, state: $there, kind: production-order}
  effective: {from: 2030-01-01}
  because: "{item} can be ordered from {there}"
"""

CASE = """\
case: harbour
title: Harbour fraud
forum: DE
as_of: 2026-01-01
offences:
  - {id: fraud, category: computer-fraud, conduct_in: [DE]}
persons:
  - {id: sam, role: suspect, whereabouts: DE}
custodians:
  - {id: mailer, kind: provider, seat: FR}
data:
  - {id: mail, category: content, stored_in: FR, custodian: mailer, expires_on: 2026-01-15}
  - {id: note, category: subscriber, stored_in: IE, custodian: mailer, consent: no}
"""


SCENARIO = """\
title: Mail and a note abroad
source: "law art. 1"
kind: hypothetical
as_of: 2026-01-01
case:
  case: harbour
  forum: DE
  data:
    - {id: mail, category: content, stored_in: FR, consent: no}
    - {id: note, category: subscriber, stored_in: DE}
expect:
  items:
    mail: {direct_access: refused, addressees: [FR], offered: [mla FR]}
    note: {direct_access: permitted}
"""


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


Comity = Callable[..., Ran]


@pytest.fixture
def comity(monkeypatch: pytest.MonkeyPatch) -> Comity:
    """Run a command in this process; a failure that is not told in words fails the test."""
    monkeypatch.delenv("COMITY_RULES", raising=False)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments: object, stdin: str | bytes = "") -> Ran:
        result = CliRunner().invoke(app, [str(a) for a in arguments], input=stdin, prog_name="comity")
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture(scope="session")
def small_rules() -> str:
    """The rules above, as they are written."""
    return RULES


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A whole rulebook with the rules above."""
    folder = tmp_path / "law"
    (folder / "preferences").mkdir(parents=True)
    (folder / "tables").symlink_to(shipped_folder() / "tables")
    (folder / "preferences" / "lead.yaml").write_text("factors: [{id: custody, title: Holds the suspect, weight: 1}]\n")
    (folder / "preferences" / "routes.yaml").write_text("order: [mla]\n")
    (folder / "authorities.yaml").write_text(
        "law:\n  title: The Law\n  citation: Law of 2020\n  kind: statute\n  source: none\n  articles:\n"
        "    '1': {says: what lies at home is yours, verified: yes}\n"
        "    '2': {says: friends help each other, verified: no}\n"
        "custom:\n  title: Custom\n  citation: since ever\n  kind: report\n  source: none\n  verified: yes\n"
    )
    (folder / "principles").mkdir()
    (folder / "principles" / "rules.yaml").write_text(RULES)
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case file under that law."""
    path = tmp_path / "case.yaml"
    path.write_text(CASE)
    return path


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    """A folder with a scenario under that law."""
    folder = tmp_path / "scenarios"
    folder.mkdir()
    (folder / "harbour.yaml").write_text(SCENARIO)
    return folder
