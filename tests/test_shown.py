"""Which scenarios show a rule, over a small rulebook."""

from datetime import date
from pathlib import Path

import pytest

from comity import shown
from comity.law.case import Case
from comity.law.rulebook import Rulebook, shipped_folder
from comity.scenario import Expectation, Scenario

RULES = """\
- id: abroad-closed
  title: Data abroad is not taken
  cites: [law/1]
  because: "{item} is in {there}"
  when: [case: {forum: $here}, data: {id: $item, stored_in: $there}, different: [$here, $there]]
  rule_out: [direct_access: {item: $item}]
- id: public-open
  title: Public data is
  cites: [law/1]
  because: "{item} is public"
  when: [data: {id: $item, public: yes}]
  conclude: [direct_access: {item: $item}]
  overrides: [abroad-closed]
- id: consent-open
  title: What is consented to may be
  cites: [law/1]
  because: "it is unclear"
  when: [data: {id: $item, consent: unknown, public: no}]
  unsettle: [direct_access: {item: $item}]
"""


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    (tmp_path / "principles").mkdir()
    (tmp_path / "principles" / "rules.yaml").write_text(RULES)
    for name in ("tables", "preferences"):
        (tmp_path / name).symlink_to(shipped_folder() / name)
    (tmp_path / "preferences").unlink()
    (tmp_path / "preferences").mkdir()
    (tmp_path / "preferences" / "lead.yaml").write_text("factors: [{id: custody, title: Custody, weight: 1}]\n")
    (tmp_path / "preferences" / "routes.yaml").write_text("order: [mla]\n")
    articles = "articles: {'1': {says: it, verified: yes}}"
    law = f"law: {{title: A law, citation: of 2020, kind: statute, source: none, {articles}}}"
    (tmp_path / "authorities.yaml").write_text(law)
    return Rulebook.from_folder(tmp_path)


def scenario(name: str, data: str) -> Scenario:
    case = Case.from_text(f"case: {name}\nforum: DE\ndata: [{{id: mail, {data}}}]")
    return Scenario(Path(f"{name}.yaml"), name, "none", "hypothetical", date(2026, 1, 1), case, Expectation())


def names(found: tuple[shown.Decided, ...]) -> set[str]:
    return {one.scenario.title for one in found}


def test_where_a_rule_decides_where_it_gives_way_and_where_it_just_fails(book: Rulebook) -> None:
    every = [
        scenario("abroad", "stored_in: FR, public: no, consent: no"),
        scenario("published", "stored_in: FR, public: yes"),
        scenario("unclear", "stored_in: FR, public: no"),
        scenario("home", "stored_in: DE, public: no, consent: no"),
    ]
    found = dict(shown.showings(book, list(shown.decided(every, book))))
    closed = found["abroad-closed"]
    assert names(closed.stands) == {"abroad"}
    assert names(closed.yields) == {"published", "unclear"}
    assert closed.fails is not None
    one, attempt = closed.fails
    assert one.scenario.title == "home"
    assert [failure.found for failure in attempt.failures] == ["it is not so that Germany differs from Germany"]
    assert names(found["public-open"].stands) == {"published"}
    assert names(found["consent-open"].stands) == {"unclear"}


def test_a_rule_that_no_scenario_shows(book: Rulebook) -> None:
    found = dict(shown.showings(book, list(shown.decided([scenario("home", "stored_in: DE, public: no")], book))))
    assert (found["public-open"].stands, found["public-open"].yields) == ((), ())
    fails = found["public-open"].fails
    assert fails is not None
    assert [failure.found for failure in fails[1].failures] == ["public is no"]
