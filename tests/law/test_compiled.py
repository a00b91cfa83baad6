"""A rulebook that was read before is there at once, and never when it would be another one."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from comity import Case
from comity.decision.opinion import Counsel
from comity.kept import FOLDER
from comity.law import compiled
from comity.law.finding import InputError
from comity.law.rulebook import Rulebook, shipped_folder

CASE = """
case: harbour
forum: NO
as_of: 2026-01-01
offences:
  - {id: fraud, category: cyber-fraud, effects_in: [NO]}
data:
  - {id: mail, category: content, stored_in: IE, public: no}
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder in which rulebooks are kept."""
    folder = tmp_path / "kept"
    monkeypatch.setenv(FOLDER, str(folder))
    return folder


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    shutil.copytree(shipped_folder(), folder)
    return folder


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.rulebook"))


def never(folder: Path) -> Rulebook:
    raise AssertionError("the files are read")


def test_a_rulebook_is_read_once_and_decides_alike(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled.rulebook()
    monkeypatch.setattr(Rulebook, "from_folder", never)
    again = compiled.rulebook()
    assert again.digest == first.digest
    one, other = (Counsel(book).opinion(Case.from_text(CASE)).decision for book in (first, again))
    assert one == other


def test_a_rule_is_shown_as_it_is_written_though_its_file_was_not_read(kept: Path) -> None:
    first, again = compiled.rulebook(), compiled.rulebook()
    rule = next(rule for rule in again.rules if rule.id == "sovereignty-1")
    assert rule.written is None
    assert rule.node == next(rule for rule in first.rules if rule.id == "sovereignty-1").node


def test_a_changed_file_is_noticed(kept: Path, rules: Path) -> None:
    before = compiled.rulebook(rules)
    path = rules / "principles" / "sovereignty.yaml"
    path.write_text(path.read_text().replace("title: ", "title: Truly, ", 1))
    after = compiled.rulebook(rules)
    assert {rule.title for rule in after.rules} - {rule.title for rule in before.rules}
    assert len(files(kept)) == 2


def test_a_wrong_file_is_told_and_nothing_is_kept(kept: Path, rules: Path) -> None:
    (rules / "principles" / "sovereignty.yaml").write_text("- id: [")
    with pytest.raises(InputError):
        compiled.rulebook(rules)
    assert files(kept) == []


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", pickle.dumps("a text"), pickle.dumps(os.getcwd)])
def test_what_is_damaged_or_of_another_kind_is_read_anew(kept: Path, content: bytes) -> None:
    compiled.rulebook()
    (path,) = files(kept)
    path.write_bytes(content)
    assert compiled.rulebook().digest == Rulebook.shipped().digest
    assert len(path.read_bytes()) > len(content)


class Harm:
    """What would run a command if it were unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, (f"touch {self.mark}",)


def test_nothing_that_lies_there_is_executed(kept: Path, tmp_path: Path) -> None:
    compiled.rulebook()
    (path,) = files(kept)
    path.write_bytes(pickle.dumps(Harm(tmp_path / "mark")))
    compiled.rulebook()
    assert not (tmp_path / "mark").exists()


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such mode")
def test_a_file_that_others_can_write_is_not_trusted(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled.rulebook()
    (path,) = files(kept)
    path.chmod(0o666)
    monkeypatch.setattr(Rulebook, "from_folder", never)
    with pytest.raises(AssertionError):
        compiled.rulebook()


def test_only_the_newest_are_kept(kept: Path, rules: Path) -> None:
    path = rules / "tables" / "networks.csv"
    for _ in range(compiled.KEPT + 2):
        path.write_text(path.read_text() + "\n")
        compiled.rulebook(rules)
    assert len(files(kept)) == compiled.KEPT


def test_where_nothing_may_be_kept_the_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, "")
    assert compiled.rulebook().digest == Rulebook.shipped().digest
    monkeypatch.setenv(FOLDER, str(tmp_path / "file" / "below"))
    (tmp_path / "file").write_text("no folder")
    assert compiled.rulebook().digest == Rulebook.shipped().digest
