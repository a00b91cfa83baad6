"""The unfinished case on disk: written after each answer, whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from comity_cli.wizard.reading import Value


@dataclass(frozen=True)
class Draft:
    """Where an unfinished case is kept."""

    path: Path

    @classmethod
    def beside(cls, target: Path | None) -> Draft:
        """The draft of the case to be written to *target*; without one, in the user's state folder."""
        if target is not None:
            return cls(target.with_name(target.name + ".draft"))
        state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
        return cls(Path(state) / "comity" / "wizard.draft")

    def load(self) -> tuple[dict[str, Value], str | None] | None:
        """The answers and the question that was open; ``None`` where there is no readable draft.

        Raises:
            OSError: the draft exists and cannot be read.
        """
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            return dict(content["answers"]), content.get("asking")
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            self.path.replace(self.path.with_name(self.path.name + ".damaged"))
            return None

    def save(self, answers: dict[str, Value], asking: str | None) -> None:
        """Keep the answers so that a crash at any moment leaves either the old ones or the new ones.

        Raises:
            OSError: the folder cannot be written to.
        """
        write_whole(self.path, json.dumps({"answers": answers, "asking": asking}, indent=1, ensure_ascii=False))

    def remove(self) -> None:
        """Forget the draft."""
        self.path.unlink(missing_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write *text* to *path*, whole or not at all.

    Raises:
        OSError: the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
