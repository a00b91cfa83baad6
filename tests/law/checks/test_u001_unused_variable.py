import pytest
from desk import book, found, rule
from mends import mended

THEN = ["warning: {about: $s, code: look}"]


def unused(folder, when: list[str], **parts) -> list[str]:
    return [f.message for f in found(folder, rule(when, conclude=THEN, **parts), "U001")]


def test_a_variable_read_nowhere_is_found_at_its_value(tmp_path) -> None:
    when = ["involved: {state: $s}", "penalty: {offence: $offence, state: $s, years: $years}", "at_least: [$years, 4]"]
    (finding,) = found(tmp_path, rule(when, conclude=THEN), "U001")
    assert (finding.place.line, finding.place.column) == (6, 26)
    assert finding.message == "$offence is read nowhere"


@pytest.mark.parametrize(
    "when",
    [
        ["involved: {state: $s}", "data: {stored_in: $place}"],  # asks that the place is known
        ["involved: {state: $s}", "penalty: {state: $s, years: $years}", "at_least: [$years, 4]"],
        ["involved: {state: $s}", "absent: {penalty: {state: $s, years: $years, offence: $years}}"],
    ],
)
def test_a_variable_that_asks_for_something_is_used(tmp_path, when) -> None:
    if "absent" in when[-1]:
        when = ["involved: {state: $s}", "involved: {state: $t}", "absent: {bilateral: {state: $s, other: $t}}"]
    assert unused(tmp_path, when) == []


def test_the_reason_reads_variables_too(tmp_path) -> None:
    when = ["involved: {state: $s}", "penalty: {offence: $offence, state: $s}"]
    assert unused(tmp_path / "a", when) == ["$offence is read nowhere"]
    assert unused(tmp_path / "b", when, because="{offence} is punished in {s}") == []


def test_a_variable_inside_an_absence_alone_is_named_with_the_one_that_may_be_meant(tmp_path) -> None:
    when = ["involved: {state: $state}", "absent: {penalty: {state: $sate}}"]
    (finding,) = found(tmp_path, rule(when, conclude=["warning: {about: $state, code: look}"]), "U001")
    assert "for no value at all" in finding.message
    assert "did you mean '$state'?" in finding.hint
    assert finding.fix is None, "which of the two is meant is not guessed"


def test_the_field_is_left_out_and_the_rule_says_the_same(tmp_path) -> None:
    when = ["involved: {state: $s}", "penalty: {offence: $offence, state: $s, years: $years}", "at_least: [$years, 4]"]
    before = rule(when, conclude=THEN)
    after = mended(tmp_path / "a", before, "U001")
    assert after == before.replace("offence: $offence, ", "")
    bodies = [book(tmp_path / name, text).program.rules[0].body for name, text in (("b", before), ("c", after))]
    assert [str(c).replace("$offence", "$_0") for c in bodies[0]] == [str(c) for c in bodies[1]]


def test_a_condition_that_says_nothing_goes_as_a_whole(tmp_path) -> None:
    before = rule(["case: {forum: $here}", "involved: {state: $s}"], conclude=THEN)
    assert mended(tmp_path, before, "U001") == before.replace("    - case: {forum: $here}\n", "")
