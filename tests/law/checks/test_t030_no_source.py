from desk import FILES, found, rule

RULES = rule(["involved: {state: $s}"], conclude=["warning: {about: $s, code: look}"])


def test_a_row_without_a_source_is_found_at_its_empty_cell(tmp_path) -> None:
    states = FILES["tables/states.csv"].replace("art 1,text", "art 1,")
    (finding,) = found(tmp_path, RULES, "T030", **{"tables/states.csv": states})
    assert (finding.place.line, finding.place.column) == (
        3,
        len("FR,blocking_statute,economic-information,1980-07-17,art 1,") + 1,
    )


def test_every_table_is_looked_at(tmp_path) -> None:
    tables = [name for name in FILES if name.endswith(".csv") and FILES[name].count("\n") > 1]
    for name in tables:
        header, first, *rest = FILES[name].splitlines()
        cells = first.split(",")
        cells[header.split(",").index("source")] = ""
        changed = "\n".join([header, ",".join(cells), *rest, ""])
        folder = tmp_path / name.replace("/", "-")
        assert [f.place.line for f in found(folder, RULES, "T030", **{name: changed})] == [2], name


def test_rows_with_a_source_are_no_fault(tmp_path) -> None:
    assert found(tmp_path, RULES, "T030") == []
