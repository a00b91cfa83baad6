from desk import found, rule
from mends import mended

WHEN, THEN = ["involved: {state: $s}"], ["warning: {about: $s, code: look}"]


def test_a_citation_given_twice_is_found_where_it_stands_again(tmp_path) -> None:
    (finding,) = found(tmp_path, rule(WHEN, cites="untoc/4-2, untoc/4-2", conclude=THEN), "C012")
    assert (finding.place.line, finding.place.column) == (3, 22)
    assert "cites 'untoc/4-2' twice" in finding.message


def test_two_articles_of_one_authority_are_two_citations(tmp_path) -> None:
    assert found(tmp_path, rule(WHEN, cites="untoc/4-2, untoc/18", conclude=THEN), "C012") == []


def test_the_second_is_left_out(tmp_path) -> None:
    after = mended(tmp_path, rule(WHEN, cites="untoc/4-2, untoc/18, untoc/4-2", conclude=THEN), "C012")
    assert "  cites: [untoc/4-2, untoc/18]\n" in after
