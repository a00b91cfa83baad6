"""Small rulebooks for tests: the shipped tables with rules of the test's own."""

from pathlib import Path

from comity.law.finding import Finding
from comity.law.rulebook import Rulebook, read, shipped_folder


def written(folder: Path, rules: str) -> Path:
    """A whole rulebook in *folder* whose only rules are *rules*."""
    (folder / "tables").symlink_to(shipped_folder() / "tables")
    (folder / "preferences").mkdir()
    (folder / "preferences" / "lead.yaml").write_text("factors: [{id: custody, title: Custody, weight: 1}]\n")
    (folder / "preferences" / "routes.yaml").write_text("order: [mla]\n")
    (folder / "authorities.yaml").write_text(
        "law:\n  title: A law\n  citation: A law of 2020\n  kind: statute\n  source: none\n"
        "  articles:\n    '1': {says: something, verified: yes}\n"
    )
    (folder / "principles").mkdir()
    (folder / "principles" / "rules.yaml").write_text(rules)
    return folder


def findings(folder: Path, rules: str) -> list[Finding]:
    """What is wrong with *rules*."""
    return read(written(folder, rules))[1]


def rulebook(folder: Path, rules: str) -> Rulebook:
    """The rulebook whose only rules are *rules*."""
    return Rulebook.from_folder(written(folder, rules))
