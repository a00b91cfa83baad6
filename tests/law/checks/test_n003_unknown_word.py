import pytest
from desk import found, rule
from mends import mended

THEN = ["warning: {about: $s, code: look}"]


def asks(value: str) -> str:
    when = ["involved: {state: $s}", f"profile: {{state: $s, attribute: blocking_statute, value: {value}}}"]
    return rule(when, conclude=THEN)


@pytest.mark.parametrize("value", ["all-evidense", "[all-evidense, economic-information]"])
def test_a_word_that_is_spelt_much_like_one_of_the_table_is_found_where_it_stands(tmp_path, value) -> None:
    (finding,) = found(tmp_path, asks(value), "N003")
    assert finding.place.line == 6
    assert finding.hint == "did you mean 'all-evidence'?"


@pytest.mark.parametrize("value", ["all-evidence", "$what", "business-secrets"])
def test_words_of_the_table_variables_and_quite_other_words_are_let_pass(tmp_path, value) -> None:
    assert found(tmp_path, asks(value), "N003") == []


def test_numbers_of_articles_are_never_taken_for_misspelt(tmp_path) -> None:
    when = ["involved: {state: $s}", "reservation: {instrument: untoc, state: $s, article: 16(4)}"]
    assert found(tmp_path, rule(when, conclude=THEN), "N003") == []


def test_the_mend_says_that_it_changes_when_the_rule_applies(tmp_path) -> None:
    (finding,) = found(tmp_path, asks("all-evidense"), "N003")
    assert finding.fix is not None
    assert "changes when it applies" in finding.fix.says
    assert mended(tmp_path, asks("all-evidense"), "N003") == asks("all-evidence")
