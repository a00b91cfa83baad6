import csv
import shutil
from pathlib import Path

import pytest

from comity.law import table_files
from comity.law.rulebook import shipped_folder


@pytest.fixture
def folder(tmp_path) -> Path:
    shutil.copytree(shipped_folder() / "tables", tmp_path / "tables")
    return tmp_path / "tables"


def told(folder: Path) -> str:
    return "\n".join(map(str, table_files.load([folder])[1]))


def edit(folder: Path, name: str, old: str, new: str) -> None:
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_tables_are_consistent():
    """In force after bound, bound after signed, in force no earlier than the instrument: for every row."""
    assert told(shipped_folder() / "tables") == ""


@pytest.mark.parametrize("table", ["states.csv", "parties/budapest.csv", "statutes.csv", "qualifications.csv"])
def test_a_row_that_does_not_say_where_it_comes_from_is_refused_at_its_line(folder, table):
    with (folder / table).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        names, rows = list(reader.fieldnames or ()), list(reader)
    rows[0]["source"] = ""
    rows[1]["verified"] = "surely"
    rows[2]["as_of"] = "2025-02-30"
    rows[3] |= {"source": "background", "verified": "yes"}
    with (folder / table).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, names)
        writer.writeheader()
        writer.writerows(rows)
    findings = table_files.load([folder])[1]
    assert [(f.code, f.place.line) for f in findings] == [("T021", 2), ("T022", 3), ("T012", 4), ("T023", 5)]


def test_no_row_of_the_shipped_tables_lacks_a_source():
    known, _ = table_files.load([shipped_folder() / "tables"])
    assert [str(row.place) for row in known.rows() if not row["source"]] == []


def test_the_day_of_a_fact_is_carried_wherever_its_source_has_one():
    """What is verified rests on something that somebody read, and mostly on a day: the exceptions are counted down."""
    known, _ = table_files.load([shipped_folder() / "tables"])
    undated = [str(row.place) for row in known.rows() if row["verified"] == "yes" and not row["as_of"]]
    assert len(undated) <= 54


def test_a_missing_table_is_named(folder):
    (folder / "bilateral.csv").unlink()
    assert "bilateral.csv" in told(folder)
    assert "this table is missing" in told(folder)


def test_a_misspelt_column_is_named_with_the_right_one(folder):
    edit(folder, "networks.csv", "network,", "netwrok,")
    assert "the column 'network' is missing" in told(folder)


def test_an_impossible_date_is_refused_at_its_line(folder):
    edit(folder, "parties/budapest.csv", "2004-07-01", "2004-07-32")
    assert "'2004-07-32' in in_force is no date" in told(folder)


def test_in_force_before_the_instrument_is_refused(folder):
    edit(folder, "parties/budapest.csv", "2004-07-01", "2004-06-30")
    assert "before the instrument itself" in told(folder)


def test_an_unknown_state_is_refused(folder):
    edit(folder, "parties/budapest.csv", "\nAD,", "\nXX,")
    assert "'XX' is no ISO 3166 alpha-2 code" in told(folder)


def test_an_unknown_status_is_refused_with_the_closest(folder):
    edit(folder, "parties/budapest.csv", ",party,", ",partei,")
    assert "did you mean 'party'" in told(folder)


def test_a_pair_in_the_wrong_order_is_refused(folder):
    edit(folder, "bilateral.csv", "cloud-act,AU,US", "cloud-act,US,AU")
    assert "a must come before b" in told(folder)


def test_a_row_with_too_many_values_is_refused(folder):
    with (folder / "networks.csv").open("a", encoding="utf-8") as file:
        file.write("interpol,FR,,a,b,c,d,e,f,g\n")
    assert "has not the" in told(folder)


def test_a_qualification_of_no_category_is_refused_with_the_closest(folder):
    edit(folder, "qualifications.csv", "cyber-fraud,computer-fraud", "cyber-fraud,computer-frad")
    assert "offences.csv has no 'computer-frad'" in told(folder)
    assert "did you mean 'computer-fraud'" in told(folder)


def test_a_qualification_that_the_facts_must_show_says_what(folder):
    with (folder / "qualifications.csv").open("a", encoding="utf-8") as file:
        file.write(
            "cyber-fraud,online-theft,if-shown,,ETS 185,text,2017-05-10,no\n"
            "cyber-fraud,illegal-access,perhaps,x,y,z,,no\n"
        )
    assert "the condition is missing" in told(folder)
    assert "'perhaps' is no fit" in told(folder)


def test_a_statute_of_no_state_or_no_day_is_refused(folder):
    edit(folder, "statutes.csv", "CN,illegal-access,2009-02-28", "ZZ,illegal-access,2009-02-30")
    assert "'ZZ' is no ISO 3166 alpha-2 code" in told(folder)
    assert "'2009-02-30' in since is no date" in told(folder)


def test_the_same_qualification_twice_is_refused(folder):
    with (folder / "qualifications.csv").open("a", encoding="utf-8") as file:
        file.write("cyber-fraud,computer-fraud,included,,ETS 185 art 8,text,,no\n")
    assert "cyber-fraud stands in line" in told(folder)
