"""An agency's folder on top of the shipped rules: what is added, put in the place of something, or switched off."""

from pathlib import Path

import pytest

from comity.law.rulebook import Rulebook, read, shipped_folder

RULE = """\
- id: {id}
  title: Our rule
  cites: [{cites}]
  when: [{{case: {{forum: $here}}}}]
  conclude: [{{prevention: {{about: $here, measure: tell-our-ministry}}}}]
  because: "our ministry wants to know"
"""
PARTY = "state,status,signed,bound,in_force,until,verified,source,as_of\n"


@pytest.fixture
def agency(tmp_path):
    """Writes an agency's folder from the names and contents of its files."""

    def write(**files: str) -> Path:
        folder = tmp_path / "rules"
        for name, content in files.items():
            path = folder / NAMES.get(name, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        return folder

    return write


NAMES = {
    "changes": "changes.yaml",
    "rules": "prevention/ours.yaml",
    "authorities": "authorities.yaml",
    "budapest": "tables/parties/budapest.csv",
    "networks": "tables/networks.csv",
    "lead": "preferences/lead.yaml",
}


def told(folder: Path) -> str:
    return "\n".join(map(str, read(folder)[1]))


def test_rules_authorities_and_rows_are_added(agency) -> None:
    book = Rulebook.from_folder(
        agency(
            changes="# nothing is changed\n",
            rules=RULE.format(id="ours", cites="our-circular/3, budapest/35, budapest/our-commentary"),
            authorities="our-circular:\n  title: Circular\n  citation: 4/2026\n  kind: guideline\n  source: ours\n"
            "  articles: {'3': {says: tell the ministry, verified: yes}}\n"
            "budapest:\n  articles: {our-commentary: {says: what we read in it, verified: yes}}\n",
            budapest=PARTY + "NP,party,,2026-01-01,2026-05-01,,no,the gazette,2026-01-02\n",
        )
    )
    shipped = Rulebook.shipped()
    assert book.own == {"ours"}
    assert len(book.rules) == len(shipped.rules) + 1
    assert book.authorities["our-circular"].articles["3"].says == "tell the ministry"
    assert book.authorities["budapest"].title == "Convention on Cybercrime"
    assert {"32-b", "our-commentary"} <= book.authorities["budapest"].articles.keys()
    states = {row["state"] for row in book.tables.parties["budapest"]}
    assert states == {row["state"] for row in shipped.tables.parties["budapest"]} | {"NP"}
    assert book.tables.parties["uncc"] == shipped.tables.parties["uncc"]


def test_a_rule_is_disabled_and_nothing_overrides_it_any_more(agency) -> None:
    book = Rulebook.from_folder(agency(changes="- disable: us-2713-reach\n  reason: an agency of another state\n"))
    assert "us-2713-reach" not in book.by_id
    assert "us-2713-reach" not in {other for other, _ in book.by_id["sovereignty-1"].overrides}
    (change,) = book.changes
    assert change.shipped is not None
    assert (change.kind, change.shipped.id, change.reason) == ("disable", "us-2713-reach", "an agency of another state")


def test_a_rule_is_replaced_and_what_others_say_of_it_goes_on(agency) -> None:
    book = Rulebook.from_folder(
        agency(
            changes="- replace: voluntary-practice\n  reason: our circular narrows it\n  cites: [budapest/35]\n",
            rules=RULE.format(id="voluntary-practice", cites="budapest/35"),
        )
    )
    assert book.by_id["voluntary-practice"].title == "Our rule"
    assert len(book.rules) == len(Rulebook.shipped().rules)
    over = {rule.id for rule in book.rules if "voluntary-practice" in {other for other, _ in rule.overrides}}
    assert "cn-blocked-evidence" not in over
    assert "cn-blocked-means-no-direct-request" in over


def test_rows_are_replaced_or_disabled_and_others_stay(agency) -> None:
    book = Rulebook.from_folder(
        agency(
            changes="- replace: tables/parties/budapest.csv\n  entries: [DE]\n  reason: for this test\n"
            "- disable: tables/networks.csv\n  entries: [interpol DE]\n  reason: for this test\n",
            budapest=PARTY + "DE,not-bound,,,,,no,for this test,\n",
        )
    )
    rows = {row["state"]: row["status"] for row in book.tables.parties["budapest"]}
    assert (rows["DE"], rows["FR"]) == ("not-bound", "party")
    members = {row["state"] for row in book.tables.networks if row["network"] == "interpol"}
    assert "DE" not in members
    assert "FR" in members


def test_a_table_is_replaced_as_a_whole(agency) -> None:
    book = Rulebook.from_folder(
        agency(
            changes="- replace: tables/parties/budapest.csv\n  reason: for this test\n",
            budapest=PARTY + "DE,party,,2009-03-09,2009-07-01,,no,for this test,\n",
        )
    )
    assert [row["state"] for row in book.tables.parties["budapest"]] == ["DE"]


def test_preferences_are_replaced(agency) -> None:
    book = Rulebook.from_folder(
        agency(
            changes="- replace: preferences/lead.yaml\n  reason: custody alone counts for us\n",
            lead="factors: [{id: custody, title: The suspect is in its hands, weight: 1}]\n",
        )
    )
    assert [factor.id for factor in book.preferences.factors] == ["custody"]
    assert book.preferences.order == Rulebook.shipped().preferences.order


def test_every_file_counts_for_the_digest(agency) -> None:
    digests = [Rulebook.shipped().digest]
    for files in (
        {"changes": "- disable: us-2713-reach\n  reason: one reason\n"},
        {"changes": "- disable: us-2713-reach\n  reason: another reason\n"},
        {"rules": RULE.format(id="ours", cites="budapest/35")},
        {"budapest": PARTY + "NP,party,,2026-01-01,2026-05-01,,no,the gazette,\n"},
    ):
        digests.append(Rulebook.from_folder(agency(**files)).digest)
    assert len(set(digests)) == len(digests)


@pytest.mark.parametrize(
    ("files", "place", "code", "expected"),
    [
        ({"changes": "- disable: us-2713-reech\n  reason: r\n"}, "1:12", "O004", "did you mean 'us-2713-reach'?"),
        ({"changes": "- disable: us-2713-reach\n"}, "1:3", "O003", "the reason is missing"),
        ({"changes": "- disable: us-2713-reach\n  reason: ''\n"}, "2:11", "O003", "the reason is missing"),
        ({"changes": "- {reason: r}\n"}, "1:3", "O001", "neither 'disable' nor 'replace'"),
        ({"changes": "- disable: us-2713-reach\n  raeson: r\n"}, "2:3", "O001", "did you mean 'reason'?"),
        ({"changes": "disable: us-2713-reach\n"}, "1:1", "O001", "a list of changes"),
        (
            {"changes": "- disable: us-2713-reach\n  reason: r\n- disable: us-2713-reach\n  reason: s\n"},
            "3:12",
            "O002",
            "is changed twice",
        ),
        ({"changes": "- replace: us-2713-reach\n  reason: r\n"}, "1:12", "O005", "nothing takes the place"),
        ({"rules": RULE.format(id="us-2713-reach", cites="budapest/35")}, "1:3", "O006", "- replace: us-2713-reach"),
        (
            {
                "changes": "- disable: us-2713-reach\n  reason: r\n",
                "rules": RULE.format(id="ours", cites="budapest/35") + "  overrides: [us-2713-reach]\n",
            },
            "7:15",
            "O007",
            "is disabled",
        ),
        (
            {"changes": "- disable: us-2713-reach\n  reason: r\n  cites: [nowhere]\n"},
            "3:11",
            "C001",
            "no such authority",
        ),
        (
            {"changes": "- disable: tables/networks.csv\n  entries: [interpool DE]\n  reason: r\n"},
            "2:13",
            "O004",
            "did you mean 'interpol DE'?",
        ),
        (
            {"changes": "- disable: tables/network.csv\n  reason: r\n"},
            "1:12",
            "O004",
            "did you mean 'tables/networks.csv'?",
        ),
        (
            {"changes": "- replace: tables/parties/budapest.csv\n  entries: [DE]\n  reason: r\n"},
            "2:13",
            "O005",
            "nothing takes the place of 'DE'",
        ),
        ({"budapest": PARTY + "DE,party,,,2009-07-01,,no,s,\n"}, "2:1", "O006", "a row 'DE' already"),
        ({"budapest": PARTY + "NP,party,,,2026-07-01,,no,,\n"}, "2:27", "T021", "has no source"),
        ({"lead": "factors: [{id: custody, title: t, weight: 1}]\n"}, "", "O006", "- replace: preferences/lead.yaml"),
        (
            {"changes": "", "authorities": "budapest:\n  articles: {32-b: {says: s, verified: yes}}\n"},
            "2:3",
            "O006",
            "entries: [budapest/32-b]",
        ),
        ({"principle/ours.yaml": "[]\n"}, "", "O008", "did you mean 'principles'?"),
        ({"ours.yaml": "[]\n"}, "", "O008", "move it into one of the folders"),
        ({"prevention/ours.yml": "[]\n"}, "", "O008", "ours.yaml"),
    ],
)
def test_what_is_wrong_is_told_with_its_place_and_what_would_be_right(agency, files, place, code, expected) -> None:
    folder = agency(**files)
    book, findings = read(folder)
    assert book is None
    (finding,) = findings
    assert finding.code == code
    assert str(finding.place).removeprefix(str(folder)).partition(":")[2] == place
    assert expected in f"{finding.message} {finding.hint}"


def test_a_replacement_that_cannot_be_read_is_not_called_missing_too(agency) -> None:
    changes = "- replace: us-2713-reach\n  reason: r\n"
    folder = agency(changes=changes, rules="- id: us-2713-reach\n  title: t\n")
    assert "O005" not in told(folder)
    assert "R006" in told(folder)


def test_an_authority_that_is_replaced_keeps_the_articles_that_shipped_rules_cite(agency) -> None:
    book = Rulebook.from_folder(
        agency(
            changes="- replace: authorities.yaml\n  entries: [budapest/32-b, gorshkov-2001]\n  reason: we read it\n",
            authorities="budapest:\n  articles: {32-b: {says: as we read it, verified: yes}}\n"
            "gorshkov-2001:\n  title: As we call it\n",
        )
    )
    assert book.authorities["budapest"].articles["32-b"].says == "as we read it"
    assert book.authorities["budapest"].articles["32-a"] == Rulebook.shipped().authorities["budapest"].articles["32-a"]
    assert book.authorities["gorshkov-2001"].title == "As we call it"
    assert "holding" in book.authorities["gorshkov-2001"].articles


def test_a_whole_rulebook_is_not_read_on_top_of_the_shipped_one() -> None:
    assert Rulebook.shipped().beneath is None
    assert Rulebook.from_folder(shipped_folder()).own == frozenset()


def test_a_change_without_a_reason_is_one_fault_and_not_two(agency) -> None:
    folder = agency(changes="- replace: us-2713-reach\n", rules=RULE.format(id="us-2713-reach", cites="budapest/35"))
    assert [finding.code for finding in read(folder)[1]] == ["O003"]
