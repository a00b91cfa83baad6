"""An edition of a rulebook: a folder as it is now, or as it was in a revision of git.

Git is only read, never written: the files of a revision are copied into a folder of their own outside the repository.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from comity.law.finding import Finding, InputError, Place
from comity.law.rulebook import Rulebook, read, shipped_folder

SHIPPED: Final = "shipped"
"""What stands for the rulebook that comes with the program."""

DEFAULT: Final = Path("rules")
_READ: Final = (".yaml", ".csv")


@dataclass(frozen=True, slots=True)
class Edition:
    """A rulebook under the ``name`` by which it was asked for."""

    name: str
    rulebook: Rulebook


@contextmanager
def editions(old: str, new: str, here: Path) -> Iterator[tuple[Edition, Edition]]:
    """The rulebooks that *old* and *new* name: ``shipped``, a folder, a git revision, or ``revision:folder``.

    A revision without a folder means the folder that the other side names, else ``rules``. Both are read relative to
    *here*.

    Raises:
        InputError: there is no such folder or revision, git is missing, or the rules cannot be read.
    """
    folders = [name for name in (old, new) if (here / name).is_dir()]
    default = Path(folders[0]) if folders else DEFAULT
    with tempfile.TemporaryDirectory(prefix="comity-") as scratch:
        yield (
            _edition(old, default, here, Path(scratch) / "old"),
            _edition(new, default, here, Path(scratch) / "new"),
        )


def _edition(name: str, default: Path, here: Path, scratch: Path) -> Edition:
    folder = here / name
    if folder.is_dir():
        return Edition(name, _read(folder, str(folder), name))
    if name == SHIPPED:
        return Edition(name, _read(shipped_folder(), str(shipped_folder()), name))
    revision, colon, path = name.partition(":")
    named = name if colon else f"{revision}:{_in_repository(default, here)}"
    _check_out(revision, named, here, scratch)
    return Edition(name, _read(scratch, named, name))


def _read(folder: Path, called: str, name: str) -> Rulebook:
    rulebook, findings = read(folder)
    if findings or rulebook is None:
        told = [replace(f, place=replace(f.place, file=f.place.file.replace(str(folder), called))) for f in findings]
        count = "1 fault" if len(told) == 1 else f"{len(told)} faults"
        summary = Finding(Place(name), "D003", f"these rules cannot be read by this version of comity: {count}")
        raise InputError([summary, *told])
    return rulebook


def _in_repository(folder: Path, here: Path) -> str:
    """The path of *folder* as git wants it in ``revision:path``."""
    where = folder if folder.is_absolute() else here / folder
    root = _git(["rev-parse", "--show-toplevel"], here)
    if root is None:
        raise _fault(str(folder), "D001", "this is no git repository, so there are no revisions to read")
    try:
        return where.resolve().relative_to(Path(root.decode().rstrip("\n")).resolve()).as_posix()
    except ValueError:
        raise _fault(
            str(folder), "D001", "this folder is in another repository, or in none", "REVISION:FOLDER"
        ) from None


def _check_out(revision: str, named: str, here: Path, scratch: Path) -> None:
    """Copy the rules of a revision into *scratch*."""
    if revision.startswith("-") or _git(["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"], here) is None:
        known = _git(["rev-parse", "--git-dir"], here) is not None
        what = "there is no such folder, and no such revision of git" if known else "there is no such folder"
        hint = (
            "a folder, 'shipped', a branch, a tag, HEAD~1, or REVISION:FOLDER" if known else "this is no git repository"
        )
        raise _fault(named if ":" in named else revision, "D001", what, hint)
    listed = _git(["ls-tree", "-r", "-z", named], here)
    if listed is None:
        raise _fault(
            named, "D002", f"{revision} has no such folder", "write REVISION:FOLDER, from the top of the repository"
        )
    scratch.mkdir(parents=True)
    wanted: list[tuple[str, Path]] = []
    for entry in listed.decode(errors="surrogateescape").split("\0"):
        about, _, name = entry.partition("\t")
        mode, _, blob = about.partition(" blob ")
        path = scratch / name
        if mode.startswith("100") and path.suffix in _READ and scratch in path.parents and ".." not in path.parts:
            wanted.append((blob, path))
    contents = _git(["cat-file", "--batch"], here, "".join(f"{blob}\n" for blob, _ in wanted).encode()) or b""
    for _, path in wanted:
        head, _, contents = contents.partition(b"\n")
        size = int(head.split()[2])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents[:size])
        contents = contents[size + 1 :]


def _git(words: list[str], here: Path, told: bytes = b"") -> bytes | None:
    """What git prints, or ``None`` where it refuses."""
    command = ["git", "--no-optional-locks", "-C", str(here), *words]
    try:
        done = subprocess.run(command, input=told, capture_output=True, check=False)
    except FileNotFoundError:
        hint = "install git, or name two folders"
        raise _fault("git", "D001", "git is not installed, and revisions are read with it", hint) from None
    return done.stdout if done.returncode == 0 else None


def _fault(name: str, code: str, message: str, hint: str = "") -> InputError:
    return InputError([Finding(Place(name), code, message, hint)])
