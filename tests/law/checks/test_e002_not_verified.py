from desk import TODAY, found, laid, rule

from comity.law.checks import examine

RULES = rule(["involved: {state: $s}"], conclude=["warning: {about: $s, code: look}"])
STATES = "state,attribute,value,since,citation,source,as_of,verified\n"
ROW = "CN,blocking_statute,all-evidence,2018-10-26,art 4,text,{as_of},{verified}\n"


def stale(folder, as_of: str, verified: str = "yes") -> list[str]:
    states = STATES + ROW.format(as_of=as_of, verified=verified)
    return [f.message for f in found(folder, RULES, "E002", 365, **{"tables/states.csv": states}) if "CN" in f.message]


def test_what_was_read_within_the_days_asked_is_not_named(tmp_path) -> None:
    assert stale(tmp_path, "2025-11-25") == []


def test_what_is_older_has_no_day_or_was_never_read_is_named_with_the_reason(tmp_path) -> None:
    what = "CN, blocking_statute all-evidence 2018-10-26 (text)"
    assert stale(tmp_path / "old", "2025-11-24") == [f"last known to say so on 2025-11-24: {what}"]
    assert stale(tmp_path / "undated", "") == [f"no day given: {what}"]
    assert stale(tmp_path / "unread", "2026-11-01", "no") == [f"never verified: {what}"]


def test_nothing_is_named_where_nobody_asks(tmp_path) -> None:
    assert (
        found(tmp_path, RULES, "E002", None, **{"tables/states.csv": STATES + ROW.format(as_of="", verified="no")})
        == []
    )


def test_only_what_is_asked_about_is_named(tmp_path) -> None:
    states = {"tables/states.csv": STATES + ROW.format(as_of="", verified="no")}
    laid(tmp_path, {"principles/rules.yaml": RULES} | states)
    about = {name: examine(tmp_path, TODAY, 365, frozenset({name}))[1] for name in ("CN", "FR")}
    assert [f.place.line for f in about["CN"] if f.code == "E002"] == [2]
    assert [f for f in about["FR"] if f.code == "E002"] == []
