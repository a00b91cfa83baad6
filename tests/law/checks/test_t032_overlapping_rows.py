import pytest
from desk import FILES, found, rule

RULES = rule(["involved: {state: $s}"], conclude=["warning: {about: $s, code: look}"])
PARTIES, BILATERAL = "tables/parties/untoc.csv", "tables/bilateral.csv"


@pytest.mark.parametrize(
    ("first_until", "second", "times"),
    [
        ("", "FR,party,,,2010-01-01,,,yes,list,2026-10-02", 1),
        ("", "FR,signed,2000-12-12,,,,,yes,list,2026-10-02", 1),
        ("2009-12-31", "FR,party,,,2010-01-01,,,yes,list,2026-10-02", 0),
        ("2010-01-01", "FR,party,,,2010-01-01,,,yes,list,2026-10-02", 1),
        ("", "DE,party,,,2010-01-01,,,yes,list,2026-10-02", 0),
    ],
)
def test_two_rows_on_a_state_that_share_a_day_are_found(tmp_path, first_until, second, times) -> None:
    text = FILES[PARTIES].replace("2003-09-29,,,", f"2003-09-29,{first_until},,") + second + "\n"
    findings = found(tmp_path, RULES, "T032", **{PARTIES: text})
    assert [f.place.line for f in findings] == [6] * times
    assert all("stands in line 3 already" in f.message for f in findings)


def test_a_bilateral_treaty_is_listed_once_but_two_states_may_have_two(tmp_path) -> None:
    row = "mlat,CN,US,{title},party,2001-03-08,,yes,series,2026-10-02\n"
    twice = FILES[BILATERAL] + row.format(title="Agreement on mutual legal assistance")
    other = FILES[BILATERAL] + row.format(title="Protocol")
    assert len(found(tmp_path / "twice", RULES, "T032", **{BILATERAL: twice})) == 1
    assert found(tmp_path / "other", RULES, "T032", **{BILATERAL: other}) == []
