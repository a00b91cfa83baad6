from desk import FILES, found, rule
from mends import mended

RULES = rule(["involved: {state: $s}"], conclude=["warning: {about: $s, code: look}"])
NAME = "tables/parties/untoc.csv"
WRONG = {NAME: FILES[NAME].replace("2003-09-29", "")}


def test_a_party_whose_day_is_missing_is_found_at_its_status(tmp_path) -> None:
    (finding,) = found(tmp_path, RULES, "T033", **WRONG)
    assert (finding.place.line, finding.place.column, finding.place.length) == (3, 4, 5)


def test_other_standings_need_no_day(tmp_path) -> None:
    assert found(tmp_path, RULES, "T033") == []


def test_it_becomes_a_party_whose_day_is_unknown_and_counts_as_before(tmp_path) -> None:
    after = mended(tmp_path, RULES, "T033", NAME, **WRONG)
    assert after == WRONG[NAME].replace("FR,party,", "FR,party-date-unknown,")
