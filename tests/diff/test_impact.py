"""Which cases get other advice, and why."""

import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from rulebooks import rulebook

from comity import scenario
from comity.decision.opinion import Counsel
from comity.diff import caseload, workers
from comity.diff.caseload import Told
from comity.diff.groups import groups
from comity.diff.impact import Assessor, Impact, RulebookDiff
from comity.law.case import Case
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook, shipped_folder
from comity.law.supposition import suppose
from comity.logic.agreement import Reference

RULES = """\
- id: asked
  title: The state of storage is asked
  cites: [law/1]
  when: [{data: {id: $item, stored_in: $there}}]
  conclude: [{addressee: {item: $item, state: $there}}, {abroad: {item: $item, state: $there}}]
  because: "{item} is stored in {there}"
- id: assistance
  title: Assistance
  cites: [law/1]
  when:
    - abroad: {item: $item, state: $there}
    - data: {id: $item, category: content}
  conclude: [{channel: {item: $item, state: $there, kind: mla, days: [10, 20]}}]
  because: "{there} helps with {item}"
- id: hands-off
  title: What lies abroad is not taken
  cites: [law/1]
  when: [{abroad: {item: $item, state: $there}}]
  rule_out: [{direct_access: {item: $item}}]
  because: "{item} is in {there}"
"""
CASES = {
    "content": "{id: mail, category: content, stored_in: IE}",
    "also-content": "{id: box, category: content, stored_in: FR}",
    "traffic": "{id: log, category: traffic, stored_in: IE}",
    "nowhere": "{id: mail, category: content, stored_in: unknown}",
}


@pytest.fixture
def told() -> list[Told]:
    texts = {name: f"case: {name}\nforum: DE\nas_of: 2026-01-01\ndata: [{data}]\n" for name, data in CASES.items()}
    return [Told(name, Case.from_text(text)) for name, text in texts.items()]


@pytest.fixture
def diff(tmp_path):
    def make(old: str, new: str, text: str = RULES) -> RulebookDiff:
        assert old in text
        books = []
        for name, content in (("old", text), ("new", text.replace(old, new))):
            (tmp_path / name).mkdir()
            books.append(rulebook(tmp_path / name, content))
        return RulebookDiff.of(*books)

    return make


def assessed(diff: RulebookDiff, told: list[Told]) -> dict[str, Impact]:
    return {impact.name: impact for impact in workers.impacts(diff, told)}


def effects(impact: Impact) -> dict[str, tuple[str, str, list[str]]]:
    return {e.change.topic: (e.change.before, e.change.after, list(map(str, e.causes))) for e in impact.effects}


def test_only_the_cases_that_are_touched_change_and_the_rule_behind_it_is_named(diff, told) -> None:
    found = assessed(diff("category: content", "category: traffic"), told)
    assert effects(found["content"])["mail.mla.IE"] == ("offered", "refused", ["assistance no longer applies"])
    assert effects(found["traffic"])["log.recommended"] == ("none", "mla IE", ["assistance now applies"])
    assert found["nowhere"] == Impact("nowhere")


def test_what_follows_from_a_changed_conclusion_is_traced_back(diff, told) -> None:
    found = assessed(diff(", {abroad: {item: $item, state: $there}}", ""), told)
    assert effects(found["content"])["mail.recommended"] == ("mla IE", "none", ["asked applies otherwise"])


def test_cases_that_change_alike_are_one_group_without_their_names(diff, told) -> None:
    change = diff("kind: mla, days: [10, 20]", "kind: letters-rogatory, days: [10, 20]")
    ((causes, kinds),) = groups(workers.impacts(change, told))
    assert [str(cause) for cause in causes] == ["assistance applies otherwise"]
    recommended = next(group for group in kinds if group.kind.topic == "recommended")
    assert str(recommended.kind) == "recommended: mla -> letters-rogatory"
    assert recommended.cases == ("content", "also-content")
    assert (recommended.items, recommended.states) == (("content data",), ("FR", "IE"))


def test_the_same_advice_for_other_reasons_is_told_apart(diff, told) -> None:
    twin = RULES[RULES.index("- id: hands-off") :].replace("id: hands-off", "id: twin").replace("is in", "lies in")
    found = assessed(diff("- id: assistance", f"{twin}- id: assistance"), told)
    assert found["content"].effects == ()
    assert found["content"].other_reasons
    assert not found["nowhere"].other_reasons


def test_other_words_touch_no_case(diff, told) -> None:
    assert assessed(diff("helps with", "assists with"), told) == {name: Impact(name) for name in CASES}


def test_a_row_of_a_table_lies_behind_other_advice(tmp_path) -> None:
    (tmp_path / "changes.yaml").write_text("- disable: tables/networks.csv\n  entries: [interpol IE]\n  reason: r\n")
    case = Case.from_text(
        "case: c\nforum: US\nas_of: 2026-01-01\noffences: [{id: o, category: cyber-fraud, organised_group: no}]\n"
        "data: [{id: m, category: content, stored_in: IE}]\n"
    )
    diff = RulebookDiff.of(Rulebook.shipped(), Rulebook.from_folder(tmp_path))
    found = effects(Assessor(diff).assess(Told("c", case)))
    assert found["m.police-to-police.IE"] == ("offered", "refused", ["tables/networks.csv interpol IE is changed"])


def test_a_scenario_that_fails_now_says_how(diff, told) -> None:
    expect = scenario.Expectation.model_validate({"items": {"mail": {"offered": ["mla IE"]}}})
    (impact,) = workers.impacts(diff("category: content", "category: traffic"), [replace(told[0], expect=expect)])
    assert impact.newly_failing == ("mail: mla IE: offered is expected, it is refused",)


def test_a_case_that_can_no_longer_be_decided_is_a_change(tmp_path) -> None:
    (tmp_path / "changes.yaml").write_text(
        "- disable: tables/offences.csv\n  entries: [illegal-access]\n  reason: r\n"
        "- disable: tables/statutes.csv\n  reason: r\n- disable: tables/qualifications.csv\n  reason: r\n"
    )
    case = Case.from_text("case: c\nforum: US\nas_of: 2026-01-01\noffences: [{id: o, category: illegal-access}]\n")
    diff = RulebookDiff.of(Rulebook.shipped(), Rulebook.from_folder(tmp_path))
    before, after, _ = effects(Assessor(diff).assess(Told("c", case)))["case"]
    assert before == "can be decided"
    assert "no category of offence" in after


def test_many_cases_are_assessed_by_several_processes_in_their_order(diff, told) -> None:
    change = diff("category: content", "category: traffic")
    many = [replace(case, name=f"{case.name}-{n}") for n in range(16) for case in told]
    assert len(many) >= 2 * workers.WORTH_A_PROCESS
    found = list(workers.impacts(change, many))
    assert [impact.name for impact in found] == [case.name for case in many]
    alone = map(Assessor(change).assess, many)
    assert [impact.effects for impact in found] == [impact.effects for impact in alone]


SCENARIOS = Path(__file__).parents[2] / "scenarios"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_case_that_is_passed_over_would_get_other_advice(seed, tmp_path) -> None:
    """Against the slow way: random rules lost or weakened, every scenario of a sample decided under both."""
    draw = random.Random(seed)
    shipped = Rulebook.shipped()
    ids = draw.sample([rule.id for rule in shipped.rules], 3)
    (tmp_path / "changes.yaml").write_text("".join(f"- disable: {id_}\n  reason: r\n" for id_ in ids))
    other = Rulebook.from_folder(tmp_path)
    # The agency's departures are told in its decisions; they are no other advice.
    diff = RulebookDiff.of(shipped, replace(other, beneath=None, changes=()))
    assessor = Assessor(diff)
    for told in draw.sample(list(caseload.read(caseload.find([SCENARIOS]))), 25):
        impact = assessor.assess(told)
        assert told.case is not None
        books = (suppose(book, told.suppose) if told.suppose else book for book in (diff.old, diff.new))
        first, second = (Counsel(book, Reference(book.program)).opinion(told.case).decision for book in books)
        same = first.model_dump(exclude={"digest"}) == second.model_dump(exclude={"digest"})
        assert same == (not impact.effects and not impact.other_reasons), told.name


def test_files_folders_and_lines_of_cases(tmp_path) -> None:
    folder = tmp_path / "cases"
    folder.mkdir()
    (folder / "a.yaml").write_text("case: a\nforum: DE\n")
    (folder / "notes.md").write_text("no case\n")
    (folder / "b.jsonl").write_text(
        json.dumps({"case": "b1", "forum": "FR"}) + "\n\n" + '{"case": "b2", "forum": "FX"}\n{"case": \n'
    )
    found = list(caseload.read(caseload.find([folder])))
    assert [(t.name.removeprefix(f"{folder}/"), t.case and t.case.case) for t in found] == [
        ("a.yaml", "a"),
        ("b.jsonl:1", "b1"),
        ("b.jsonl:3", None),
        ("b.jsonl:4", None),
    ]
    wrong, broken = found[2], found[3]
    assert (wrong.findings[0].place.line, wrong.findings[0].place.column > 1) == (3, True)
    assert "'FX'" in wrong.findings[0].message
    assert broken.findings[0].place.line == 4


def test_a_scenario_is_read_with_its_day_and_what_it_expects() -> None:
    path = shipped_folder().parent / "scenarios/documented/microsoft-ireland.yaml"
    (found,) = caseload.read([path])
    assert found.case is not None
    assert found.case.as_of == date(2013, 12, 4)
    assert found.expect is not None


def test_a_place_without_cases(tmp_path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(InputError):
            caseload.find([path])


def test_variants_are_cases_of_their_own(tmp_path) -> None:
    path = tmp_path / "scenario.yaml"
    path.write_text(
        "title: The harbour\nsource: none\nkind: hypothetical\nas_of: 2026-01-01\n"
        "case: {case: harbour, forum: DE, data: [{id: mail, category: content, stored_in: FR}]}\n"
        "expect: {lead: none}\n"
        "variants: [{title: a year later, as_of: 2027-01-01, expect: {lead: none}}]\n"
    )
    found = [(told.name, told.case and told.case.as_of) for told in caseload.read([path])]
    assert found == [(str(path), date(2026, 1, 1)), (f"{path} (a year later)", date(2027, 1, 1))]


def test_what_a_scenario_supposes_holds_on_both_sides(diff, told) -> None:
    change = diff(
        "- abroad: {item: $item, state: $there}\n    - data", "- party: {instrument: uncc, state: $there}\n    - data"
    )
    on_the_day = told[0].case.model_copy(update={"as_of": date(2030, 1, 1)})
    (alone,) = workers.impacts(change, [replace(told[0], case=on_the_day)])
    (supposed,) = workers.impacts(change, [replace(told[0], case=on_the_day, suppose={"uncc": date(2029, 1, 1)})])
    assert effects(alone)["mail.recommended"][:2] == ("mla IE", "none")
    assert supposed.effects == ()
