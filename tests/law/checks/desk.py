"""A small rulebook to check: a few rows of tables, two authorities, and the rules of the test."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from comity.law.checks import examine
from comity.law.finding import Finding
from comity.law.rulebook import Rulebook

TODAY = date(2026, 11, 25)

AUTHORITIES = """\
untoc:
  title: United Nations Convention against Transnational Organized Crime
  citation: 2225 UNTS 209
  kind: treaty
  source: text of the convention
  as_of: 2026-10-02
  verified: yes
  articles:
    '4-2': {says: a state does not exercise jurisdiction in another, verified: yes}
    '18': {says: states assist each other, verified: yes}
"""

FILES = {
    "authorities.yaml": AUTHORITIES,
    "preferences/lead.yaml": "factors: [{id: custody, title: Custody, weight: 1, cites: [untoc/4-2]}]\n",
    "preferences/routes.yaml": "order: [domestic-order, mla]\n",
    "tables/instruments.csv": (
        "id,title,kind,citation,in_force,source,as_of,verified\n"
        "budapest,Convention on Cybercrime,multilateral-treaty,ETS 185,2004-07-01,treaty office,2026-10-02,yes\n"
        "untoc,Convention against organized crime,multilateral-treaty,2225 UNTS 209,2003-09-29,list,2026-10-02,yes\n"
        "uncc,Convention against Cybercrime,multilateral-treaty,A/RES/79/243,,list,2026-10-02,yes\n"
    ),
    "tables/parties/untoc.csv": (
        "state,status,signed,bound,in_force,until,reservations,verified,source,as_of\n"
        "CN,party,2000-12-12,2003-09-23,2003-10-23,,,yes,list,2026-10-02\n"
        "FR,party,2000-12-12,2002-10-29,2003-09-29,,,yes,list,2026-10-02\n"
        "US,party,2000-12-13,2005-11-03,2005-12-03,,16(3),yes,list,2026-10-02\n"
        "BD,signed,2000-12-15,,,,,yes,list,2026-10-02\n"
    ),
    "tables/parties/uncc.csv": (
        "state,status,signed,bound,in_force,until,reservations,verified,source,as_of\n"
        "CN,signed,2025-10-25,,,,,yes,list,2026-10-02\n"
    ),
    "tables/bilateral.csv": (
        "kind,a,b,title,status,in_force,until,verified,source,as_of\n"
        "mlat,CN,US,Agreement on mutual legal assistance,party,2001-03-08,,yes,series,2026-10-02\n"
    ),
    "tables/states.csv": (
        "state,attribute,value,since,citation,source,as_of,verified\n"
        "CN,blocking_statute,all-evidence,2018-10-26,art 4,text,2026-10-02,yes\n"
        "FR,blocking_statute,economic-information,1980-07-17,art 1,text,2026-10-02,yes\n"
    ),
    "tables/networks.csv": "network,state,since,source,as_of,verified\ninterpol,FR,,list,2026-10-02,yes\n",
    "tables/offences.csv": (
        "offence,title,family,cyber_dependent,budapest_article,untoc,initiative,source,as_of,verified\n"
        "cyber-fraud,fraud with the help of computers,fraud,no,,no,yes,initiative,2026-10-02,yes\n"
        "computer-fraud,computer-related fraud,fraud,yes,8,no,no,ETS 185 art 8,2026-10-02,yes\n"
    ),
    "tables/qualifications.csv": "category,as,fit,condition,citation,source,as_of,verified\n",
    "tables/statutes.csv": "state,category,since,citation,source,as_of,verified\n",
}


def laid(folder: Path, files: Mapping[str, str | None], usual: Mapping[str, str] = FILES) -> Path:
    """A rulebook in *folder* with these *files* beside the usual ones; ``None`` stands for a file that is missing."""
    for name, text in (dict(usual) | dict(files)).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text, encoding="utf-8")
    return folder


def rule(when: list[str], *, id: str = "example", cites: str = "untoc/4-2", because: str = "so it is", **parts) -> str:
    """A rule; ``conclude`` and its like are lists, anything else is written as it is, keys in the order given."""
    lines = [f"- id: {id}", f"  title: Rule {id}", f"  cites: [{cites}]", "  when:", *(f"    - {w}" for w in when)]
    for key, value in parts.items():
        lines += [f"  {key}:", *(f"    - {v}" for v in value)] if isinstance(value, list) else [f"  {key}: {value}"]
    return "\n".join([*lines, f'  because: "{because}"', ""])


def found(folder: Path, rules: str, code: str, stale: int | None = None, **files: str) -> list[Finding]:
    """The findings of one code in a rulebook of these rules.

    Fails where the rulebook cannot be read at all, which would hide that a check finds nothing.
    """
    rulebook, findings = examine(laid(folder, {"principles/rules.yaml": rules} | files), TODAY, stale)
    assert rulebook is not None, "\n".join(map(str, findings))
    return [finding for finding in findings if finding.code == code]


def book(folder: Path, rules: str, **files: str) -> Rulebook:
    """The rulebook of these rules."""
    return Rulebook.from_folder(laid(folder, {"principles/rules.yaml": rules} | files))
