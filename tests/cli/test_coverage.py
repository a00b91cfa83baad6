"""comity coverage: what the scenarios exercise, as a table and as annotated rule files."""

import json


def of_rule(comity, law, scenarios, rule: str) -> dict:
    ran = comity("coverage", "--rules", law, "--scenarios", scenarios, "--json")
    assert ran.code == 0
    return next(each for each in json.loads(ran.out)["rules"] if each["rule"] == rule)


def test_a_rule_applies_and_each_condition_fails_alone(comity, law, scenarios):
    home = of_rule(comity, law, scenarios, "home")
    assert home["applies"] == ["Mail and a note abroad"]
    case, data = home["conditions"]
    assert case["fails_alone"] == ["Mail and a note abroad"], "the mail lies in a state that is not the forum"
    assert data["fails_alone"] == [], "something, the note, does lie in the forum"


def test_a_rule_of_another_day_does_not_apply_and_its_day_fails_alone(comity, law, scenarios):
    path = scenarios / "harbour.yaml"
    path.write_text(path.read_text().replace("stored_in: DE}", "stored_in: IE}").replace("note: {direct", "#"))
    told = of_rule(comity, law, scenarios, "new-law")
    assert told["applies"] == []
    data, day = told["conditions"]
    assert (data["fails_alone"], day["fails_alone"]) == ([], ["Mail and a note abroad"])


def test_the_table_counts_and_gaps_are_named_with_their_line(comity, law, scenarios):
    ran = comity("coverage", "--rules", law, "--scenarios", scenarios, "--gaps")
    rules = (law / "principles" / "rules.yaml").read_text().splitlines()
    gap = next(line for line in ran.out.splitlines() if "new-law applies in no scenario" in line)
    assert "id: new-law" in rules[int(gap.split()[0].rsplit(":", 1)[1]) - 1]
    assert any(line.split()[:1] == ["all"] for line in ran.out.splitlines())


def test_pages_show_the_file_with_what_is_exercised(comity, law, scenarios, tmp_path):
    folder = tmp_path / "pages"
    ran = comity("coverage", "--rules", law, "--scenarios", scenarios, "--html", folder)
    assert ran.code == 0
    index, page = (folder / "index.html").read_text(), (folder / "principles-rules.html").read_text()
    assert 'href="principles-rules.html"' in index
    for line in (law / "principles" / "rules.yaml").read_text().splitlines():
        assert line.replace('"', "&#34;") in page
    assert 'id="home"' in page
    assert "applies in no scenario" in page
    assert "<li>Mail and a note abroad</li>" in page
    assert "http" not in page, "a page needs nothing from elsewhere"


def test_a_folder_that_cannot_be_written_is_told_at_once(comity, law, scenarios, tmp_path):
    (tmp_path / "pages").write_text("a file")
    ran = comity("coverage", "--rules", law, "--scenarios", scenarios, "--html", tmp_path / "pages")
    assert ran.code == 2
    assert "file exists" in ran.err
