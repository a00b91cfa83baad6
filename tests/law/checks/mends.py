"""Files as they are after what was found in them was mended."""

from pathlib import Path

from desk import TODAY, found

from comity.law.checks import examine
from comity.law.mending import mend


def mended(folder: Path, rules: str, code: str, name: str = "principles/rules.yaml", **files: str) -> str:
    """The text of a file after the findings of a code are mended; they are gone then, and nothing is in error."""
    mend(found(folder, rules, code, **files), folder)
    after = examine(folder, TODAY)
    assert after[0] is not None, "\n".join(map(str, after[1]))
    assert [finding for finding in after[1] if finding.code == code] == []
    return (folder / name).read_text(encoding="utf-8")
