from desk import found, rule

RULES = rule(["involved: {state: $s}"], conclude=["warning: {about: $s, code: look}"])
STATES = "state,attribute,value,since,citation,source,as_of,verified\n"
ROW = "CN,blocking_statute,all-evidence,2018-10-26,art 4,text,{as_of},{verified}\n"


def stale(folder, as_of: str, verified: str = "yes") -> list[str]:
    states = STATES + ROW.format(as_of=as_of, verified=verified)
    return [f.message for f in found(folder, RULES, "E002", 365, **{"tables/states.csv": states}) if "CN" in f.message]


def test_what_was_read_within_the_days_asked_is_not_named(tmp_path) -> None:
    assert stale(tmp_path, "2025-11-25") == []


def test_what_is_older_has_no_day_or_was_never_read_is_named_with_the_reason(tmp_path) -> None:
    what = "CN, blocking_statute all-evidence 2018-10-26"
    assert stale(tmp_path / "old", "2025-11-24") == [f"366 days old: {what}"]
    assert stale(tmp_path / "undated", "") == [f"no day given: {what}"]
    assert stale(tmp_path / "unread", "2026-11-01", "no") == [f"never verified: {what}"]


def test_nothing_is_named_where_nobody_asks(tmp_path) -> None:
    assert (
        found(tmp_path, RULES, "E002", None, **{"tables/states.csv": STATES + ROW.format(as_of="", verified="no")})
        == []
    )
