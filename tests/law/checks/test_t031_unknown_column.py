from desk import FILES, found, rule
from mends import mended

RULES = rule(["involved: {state: $s}"], conclude=["warning: {about: $s, code: look}"])
NAME = "tables/parties/untoc.csv"


def test_a_misspelt_column_is_found_in_the_first_line_and_renamed(tmp_path) -> None:
    wrong = {NAME: FILES[NAME].replace("reservations", "reservation")}
    (finding,) = found(tmp_path, RULES, "T031", **wrong)
    assert (finding.place.line, finding.place.column, finding.place.length) == (1, 42, 11)
    assert finding.hint == "did you mean 'reservations'?"
    assert mended(tmp_path, RULES, "T031", NAME, **wrong) == FILES[NAME]


def test_a_column_of_ones_own_is_named_but_not_renamed(tmp_path) -> None:
    wrong = FILES[NAME].replace("as_of\n", "as_of,colour\n").replace("02\n", "02,blue\n")
    (finding,) = found(tmp_path, RULES, "T031", **{NAME: wrong})
    assert "'colour'" in finding.message
    assert finding.fix is None


def test_the_articles_of_an_instrument_are_a_column_of_offences_if_there_is_such_an_instrument(tmp_path) -> None:
    name = "tables/offences.csv"
    known = {name: FILES[name].replace("budapest_article", "uncc_article")}
    unknown = {name: FILES[name].replace("budapest_article", "berlin_article")}
    assert found(tmp_path / "known", RULES, "T031", **known) == []
    assert len(found(tmp_path / "unknown", RULES, "T031", **unknown)) == 1


def test_notes_and_days_are_known_everywhere(tmp_path) -> None:
    assert found(tmp_path, RULES, "T031") == []
