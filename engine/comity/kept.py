"""The folder of the user in which is kept what takes long to work out; it may be emptied at any time."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

FOLDER: Final = "COMITY_CACHE"
"""The variable that names another folder to keep things in; where it is empty, nothing is kept."""


def folder() -> Path | None:
    """The folder, which need not be there yet; ``None`` where nothing is to be kept."""
    named = os.environ.get(FOLDER)
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "comity"
    known = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(known) if Path(known).is_absolute() else Path.home() / ".cache") / "comity"


def read(path: Path) -> bytes | None:
    """What is kept at *path*, if there is something, and nobody but the user can have written it.

    It counts as new again.
    """
    try:
        with path.open("rb") as file:
            known = os.fstat(file.fileno())
            if hasattr(os, "getuid") and (known.st_uid != os.getuid() or stat.S_IMODE(known.st_mode) & 0o022):
                return None
            content = file.read()
        with suppress(OSError):
            os.utime(path)
        return content
    except OSError:
        return None


def write(path: Path, content: bytes, most: int) -> None:
    """Keep *content* at *path*, whole or not at all, and of all with this ending only the newest, so many at *most*."""
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
        aged = sorted(path.parent.glob(f"*{path.suffix}"), key=lambda kept: kept.stat().st_mtime, reverse=True)
        for old in aged[most:]:
            old.unlink()
