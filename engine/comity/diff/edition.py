"""An edition of a rulebook: a folder as it is now, or as it was in a revision of git.

Git is only read, never written: the files of a revision are copied into a folder of their own outside the repository.
"""

from __future__ import annotations

import io
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


class _Forgiven:
    """The codes of what may be wrong with a side: an older one was in order by the measure of its day.

    What tables and authorities lack changes no advice; what cannot be read at all does.
    """

    def __contains__(self, code: object) -> bool:
        return str(code)[0] in "AT" and code not in ("T004", "T012")


@dataclass(frozen=True, slots=True)
class Edition:
    """A rulebook under the ``name`` by which it was asked for; its files were read from ``folder``.

    ``findings`` is what is wrong with it by today's measure and was passed over.
    """

    name: str
    rulebook: Rulebook
    folder: Path
    findings: tuple[Finding, ...] = ()

    def place(self, place: Place) -> Place:
        """A place in its files as whoever asked for it knows it: ``main:rules/principles/sovereignty.yaml:25``."""
        return _renamed(place, self.folder, self.name)


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
        first, second = (_edition(name, default, here, Path(scratch) / n) for name, n in ((old, "old"), (new, "new")))
        yield first, second


def _edition(name: str, default: Path, here: Path, scratch: Path) -> Edition:
    folder = here / name
    if folder.is_dir():
        return _read(folder, name)
    if name == SHIPPED:
        return _read(shipped_folder(), name)
    revision, colon, _ = name.partition(":")
    named = name if colon else f"{_known(revision, here)}:{_in_repository(default, here)}"
    _copy(_known(revision, here), named, here, scratch)
    return _read(scratch, named)


def _read(folder: Path, name: str) -> Edition:
    rulebook, findings = read(folder, _Forgiven())
    if rulebook is None:
        count = "1 fault" if len(findings) == 1 else f"{len(findings)} faults"
        summary = Finding(Place(name), "G003", f"these rules cannot be read by this version of comity: {count}")
        raise InputError([summary, *(replace(f, place=_renamed(f.place, folder, name)) for f in findings)])
    return Edition(name, rulebook, folder, tuple(replace(f, place=_renamed(f.place, folder, name)) for f in findings))


def _renamed(place: Place, folder: Path, name: str) -> Place:
    """The place with its file called by what the folder is called; what is elsewhere stays."""
    try:
        below = Path(place.file).relative_to(folder).as_posix()
    except ValueError:
        return place
    return place._replace(file=f"{name.rstrip('/')}/{below}")


def _in_repository(folder: Path, here: Path) -> str:
    """The path of *folder* as git wants it in ``revision:path``."""
    root = _git(["rev-parse", "--show-toplevel"], here).stdout.decode().rstrip("\n")
    try:
        return (here / folder).resolve().relative_to(Path(root).resolve()).as_posix()
    except ValueError:
        hint = "write REVISION:FOLDER"
        raise _fault(str(folder), "G002", "this folder lies in another repository, or in none", hint) from None


def _known(revision: str, here: Path) -> str:
    """The revision, if there is one of that name.

    Raises:
        InputError: there is none.
    """
    asked = ["rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"]
    if revision and not revision.startswith("-") and _git(asked, here).returncode == 0:
        return revision
    inside = _git(["rev-parse", "--git-dir"], here)
    if inside.returncode != 0:
        why = inside.stderr.decode(errors="replace").strip().splitlines()[:1]
        raise _fault(revision, "G001", "there is no such folder, and no revisions can be read here", "; ".join(why))
    hint = "name a folder, 'shipped', a branch, a tag, HEAD~1, or REVISION:FOLDER"
    raise _fault(revision, "G001", "there is no such folder, and no such revision of git", hint)


def _copy(revision: str, named: str, here: Path, scratch: Path) -> None:
    """Copy the rules of ``revision:folder`` into *scratch*, byte by byte."""
    listed = _git(["ls-tree", "--full-tree", "-r", "-z", named], here)
    if listed.returncode != 0:
        hint = "write REVISION:FOLDER, the folder as seen from the top of the repository"
        raise _fault(named, "G002", f"{revision} has no such folder", hint)
    wanted: list[tuple[str, Path]] = []
    for entry in listed.stdout.decode(errors="surrogateescape").split("\0"):
        about, _, name = entry.partition("\t")
        mode, _, blob = about.partition(" blob ")
        if mode.startswith("100") and name.endswith(_READ):
            wanted.append((blob, scratch / name))
    scratch.mkdir(parents=True)
    asked = "".join(f"{blob}\n" for blob, _ in wanted).encode()
    contents = io.BytesIO(_git(["cat-file", "--batch"], here, asked).stdout)
    for _, path in wanted:
        size = int(contents.readline().split()[2])
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(contents.read(size))
        contents.readline()


def _git(words: list[str], here: Path, told: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = ["git", "--no-optional-locks", "-C", str(here), *words]
    try:
        return subprocess.run(command, input=told, capture_output=True, check=False)
    except FileNotFoundError:
        hint = "install git, or name two folders"
        raise _fault("git", "G001", "git is not installed, and revisions are read with it", hint) from None


def _fault(name: str, code: str, message: str, hint: str = "") -> InputError:
    return InputError([Finding(Place(name), code, message, hint)])
