"""The faults that are put into rules: each one is small, is what it says, and is shown as a change of the file."""

from __future__ import annotations

import pytest
from trial import rulebook

from comity.audit.mutants import Fault
from comity.audit.mutation import amendment, mutants_of

EVERYTHING = """\
- id: every-part
  title: A rule with every part
  cites: [law/1]
  effective: {from: 2020-01-01, until: 2030-12-31}
  strict: true
  when:
    - case: {forum: $here}
    - data: {id: $item, category: [content, traffic], stored_in: $there, timing: stored}
    - penalty: {offence: $offence, state: $here, years: $years}
    - denied: {within_reach: {item: $item, state: $there}}
    - at_least: [$years, 4]
    - one_of: [$there, FR, IE]
    - absent: {here: {item: $item}}
  conclude:
    - addressee: {item: $item, state: $there}
    - channel: {item: $item, state: $there, kind: mla, days: [10, 10], keeps_days: 60, through: court, yields: evidence}
  overrides: [other, another]
  because: "{item}"

- id: other
  title: Another
  cites: [law/1]
  default: true
  when: [{case: {forum: $here}}, {data: {id: $item}}, {addressee: {item: $item, state: $there}}]
  unsettle: [{channel: {item: $item, state: $there, kind: mla}}]
  because: "{item}"

- id: another
  title: One more
  cites: [law/1]
  when:
    - data: {id: $item}
  rule_out:
    - within_reach: {item: $item, state: FR}
  because: "{item}"
"""


@pytest.fixture
def found(tmp_path):
    book = rulebook(tmp_path, EVERYTHING)
    return {id_: list(mutants_of(book, [id_])) for id_ in ("every-part", "other", "another")}, book


def changes(mutants, fault: Fault) -> list[tuple[str, str]]:
    """What each fault takes out of the file, and what it puts in, without the hyphens and margins."""
    made = []
    for mutant in mutants:
        if mutant.fault is fault:
            lines = mutant.diff.splitlines()[2:]
            out, into = (" | ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in ("-", "+"))
            made.append((out, into))
    return made


def test_each_condition_is_left_out_and_each_exception(found):
    every = found[0]["every-part"]
    assert [out for out, into in changes(every, Fault.DROP_CONDITION) if not into] == [
        "- case: {forum: $here}",
        "- data: {id: $item, category: [content, traffic], stored_in: $there, timing: stored}",
        "- penalty: {offence: $offence, state: $here, years: $years}",
        "- denied: {within_reach: {item: $item, state: $there}}",
        "- at_least: [$years, 4]",
        "- one_of: [$there, FR, IE]",
    ]
    assert changes(every, Fault.DROP_EXCEPTION) == [("- absent: {here: {item: $item}}", "")]


def test_each_value_that_is_asked_for_is_left_out(found):
    assert [into for _, into in changes(found[0]["every-part"], Fault.DROP_VALUE)] == [
        "- data: {id: $item, stored_in: $there, timing: stored}",
        "- data: {id: $item, category: [content, traffic], stored_in: $there}",
    ]


def test_each_of_several_values_is_left_out(found):
    assert [into for _, into in changes(found[0]["every-part"], Fault.DROP_CHOICE)] == [
        "- data: {id: $item, category: [traffic], stored_in: $there, timing: stored}",
        "- data: {id: $item, category: [content], stored_in: $there, timing: stored}",
        "- one_of: [$there, IE]",
        "- one_of: [$there, FR]",
    ]


def test_comparisons_are_turned_and_bounds_are_moved_the_other_way(found):
    every = found[0]["every-part"]
    assert [into for _, into in changes(every, Fault.FLIP_COMPARISON)] == [
        "- more_than: [$years, 4]",
        "- none_of: [$there, FR, IE]",
    ]
    assert [into for _, into in changes(every, Fault.CHANGE_NUMBER)] == [
        "- at_least: [$years, 3]",
        *(
            f"- channel: {{item: $item, state: $there, kind: mla, {terms}, through: court, yields: evidence}}"
            for terms in (
                "days: [9, 10], keeps_days: 60",
                "days: [10, 11], keeps_days: 60",
                "days: [10, 10], keeps_days: 61",
            )
        ),
    ]


def test_dates_are_a_day_off_either_way(found):
    assert [into for _, into in changes(found[0]["every-part"], Fault.SHIFT_DATE)] == [
        "effective: {from: 2019-12-31, until: 2030-12-31}",
        "effective: {from: 2020-01-02, until: 2030-12-31}",
        "effective: {from: 2020-01-01, until: 2030-12-30}",
        "effective: {from: 2020-01-01, until: 2031-01-01}",
    ]


def test_conclusions_are_left_out_turned_and_said_of_another_word(found):
    every = found[0]["every-part"]
    assert [out.split(":")[0] for out, _ in changes(every, Fault.DROP_CONCLUSION)] == ["- addressee", "- channel"]
    assert changes(every, Fault.FLIP_CONCLUSION) == [("conclude:", "rule_out:")]
    channel = "- channel: {{item: $item, state: $there, kind: {kind}, days: [10, 10], keeps_days: 60, {more}}}"
    assert [into for _, into in changes(every, Fault.SWAP_CONSTANT)] == [
        channel.format(kind="investigation-order", more="through: court, yields: evidence"),
        channel.format(kind="mla", more="through: court, yields: information"),
    ]
    assert [into for _, into in changes(every, Fault.DROP_TERM)] == [
        channel.format(kind="mla", more="yields: evidence")
    ]


def test_overrides_are_left_out_and_turned_round(found):
    every = found[0]["every-part"]
    for fault in (Fault.DROP_OVERRIDE, Fault.SWAP_SUPERIORITY):
        assert [into for _, into in changes(every, fault)] == ["overrides: [another]", "overrides: [other]"]
    swapped = [mutant.over for mutant in every if mutant.fault is Fault.SWAP_SUPERIORITY]
    assert swapped == ["other", "another"]


def test_what_is_strict_or_a_default_becomes_ordinary(found):
    assert changes(found[0]["every-part"], Fault.DROP_STRENGTH) == [("strict: true", "")]
    assert changes(found[0]["other"], Fault.DROP_STRENGTH) == [("default: true", "")]


def test_a_rule_with_one_conclusion_is_left_out_as_a_whole(found):
    (gone,) = [mutant for mutant in found[0]["another"] if mutant.fault is Fault.DROP_CONCLUSION]
    assert gone.text == ""
    assert gone.diff.count("\n-") > 6
    made = amendment(found[1], gone)
    assert made is not None
    assert "another" not in made.rulebook.by_id


def test_lists_in_brackets_and_in_lines_are_cut_alike(found):
    other = [mutant for mutant in found[0]["other"] if mutant.fault is Fault.DROP_CONDITION]
    assert "when: [{data: {id: $item}}, {addressee: {item: $item, state: $there}}]" in other[0].text
    assert "when: [{case: {forum: $here}}, {data: {id: $item}}]" in other[2].text


def test_a_mutant_is_the_rule_of_its_diff(found):
    """The amended rulebook differs from the original in that rule alone, and in it as the text says."""
    mutants, book = found
    for mutant in mutants["every-part"]:
        made = amendment(book, mutant)
        if made is not None and mutant.fault is not Fault.SWAP_SUPERIORITY:
            changed = [r.id for r in made.rulebook.rules if r is not book.by_id[r.id]]
            assert changed == ["every-part"]


def test_what_would_be_no_rule_is_not_tried(found):
    """Without the condition that alone binds $years there would be nothing to compare."""
    mutants, book = found
    broken = [m for m in mutants["every-part"] if m.fault is Fault.DROP_CONDITION and amendment(book, m) is None]
    assert ["penalty" in m.diff.split("-    - ")[1] for m in broken] == [True]
