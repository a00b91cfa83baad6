from rulebooks import findings, rulebook, written

from comity.law.glossary import read_glossary

RULES = "- {id: a, title: t, cites: [law/1], because: why, conclude: [barred: {state: CN, ground: g}]}\n"


def test_words_come_in_the_order_of_the_alphabet_with_the_law_that_defines_them(tmp_path):
    (tmp_path / "glossary.yaml").write_text("Zone:\n  says: A place.\nact:\n  says: What is done.\n  cites: [law/1]\n")
    entries, faults = read_glossary([tmp_path])
    assert faults == []
    assert [(e.word, e.says, [cited for cited, _ in e.citations]) for e in entries] == [
        ("act", "What is done.", ["law/1"]),
        ("Zone", "A place.", []),
    ]


def test_a_later_folder_says_its_own(tmp_path):
    for name, says in (("first", "Ours."), ("second", "Theirs.")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "glossary.yaml").write_text(f"act:\n  says: {says}\n")
    entries, _ = read_glossary([tmp_path / "first", tmp_path / "second", tmp_path / "none"])
    assert [entry.says for entry in entries] == ["Theirs."]


def test_law_that_is_not_there_is_told_with_its_place(tmp_path):
    (tmp_path / "glossary.yaml").write_text("act:\n  says: What is done.\n  cites: [law/9]\n")
    [finding] = findings(tmp_path, RULES)
    assert finding.code == "C002"
    assert str(finding.place).endswith("glossary.yaml:3:11")


def test_no_decision_rests_on_it(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    plain = rulebook(tmp_path / "one", RULES)
    written(tmp_path / "two", RULES)
    (tmp_path / "two" / "glossary.yaml").write_text("act:\n  says: What is done.\n")
    from comity.law.rulebook import Rulebook

    assert Rulebook.from_folder(tmp_path / "two").digest == plain.digest
