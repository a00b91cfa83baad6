"""What the wizard asks, in an investigator's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from comity.law.terms import (
    Answer,
    AssetKind,
    Authority,
    ChannelKind,
    CustodianKind,
    DataCategory,
    Outcome,
    RequestElement,
    Stage,
    SystemRole,
    Term,
    Urgency,
)


class Kind(StrEnum):
    """How an answer is read."""

    NAME = "name"
    TEXT = "text"
    STATE = "state"
    STATES = "states"
    WORD = "word"
    DAY = "day"
    NUMBER = "number"
    OFFENCE = "offence"
    CUSTODIAN = "custodian"
    PERSON = "person"
    INSTRUMENT = "instrument"
    ADDRESSEE = "addressee"
    ITEMS = "items"
    WORDS = "words"
    GATE = "gate"


@dataclass(frozen=True)
class Question:
    """One question; ``words`` are the answers of a closed list, ``default`` is what an empty answer means.

    ``needed`` marks what cannot be unknown. Where ``if_yes`` names a question of the same part, it is asked only if the
    answer to that is yes.
    """

    name: str
    text: str
    kind: Kind
    help: str
    words: dict[str, str] = field(default_factory=dict)
    default: str = "unknown"
    needed: bool = False
    if_yes: str = ""


@dataclass(frozen=True)
class Group:
    """Questions that are asked again for every further part: ``first`` and ``more`` ask whether there is one.

    ``fixed`` are fields that every part of the group has; ``id`` begins the ids of parts that have no name.
    """

    name: str
    part_of: str
    first: str
    more: str
    questions: tuple[Question, ...]
    id: str = ""
    fixed: dict[str, str] = field(default_factory=dict)


def _words(kind: type[Term]) -> dict[str, str]:
    return {str(word): word.explanation for word in kind}


def _state(name: str, text: str, help_: str, needed: bool = False) -> Question:
    default = "" if needed else "unknown"
    return Question(name, text, Kind.STATE, help_, default=default, needed=needed)


def _states(name: str, text: str, help_: str, default: str = "unknown") -> Question:
    return Question(name, text, Kind.STATES, help_ + " Several with commas.", default=default)


def _word(name: str, text: str, kind: type[Term], help_: str) -> Question:
    return Question(name, text, Kind.WORD, help_, _words(kind))


def _several(name: str, text: str, kind: type[Term], help_: str) -> Question:
    return Question(name, text, Kind.WORDS, help_ + " Several with commas.", _words(kind))


def _yes_no(name: str, text: str, help_: str, if_yes: str = "") -> Question:
    return Question(name, text, Kind.WORD, help_, _words(Answer), if_yes=if_yes)


OPENING: tuple[Question, ...] = (
    _state("forum", "In which country is your office?", "The law you act under; it alone cannot be unknown.", True),
    Question("title", "What shall the case be called?", Kind.TEXT, "A title for yourself.", default="Untitled case"),
    _word("authority", "What are you?", Authority, "Some requests may be made by a judge or prosecutor only."),
    _word("urgency", "How urgent is it?", Urgency, "An emergency is an imminent risk to a person's life or safety."),
)

GROUPS: tuple[Group, ...] = (
    Group(
        "offences",
        "offences",
        "Do you know what offence it may be?",
        "Another offence?",
        (
            Question("category", "What happened?", Kind.OFFENCE, "The kind of offence.", default="", needed=True),
            Question(
                "committed_on", "On which day was it done?", Kind.DAY, "It must have been an offence on that day."
            ),
            _states("conduct_in", "In which countries did the offender act?", "Founds a claim to jurisdiction."),
            _states("effects_in", "In which countries is the harm?", "May found a claim to jurisdiction."),
            _yes_no("organised_group", "Was an organised group involved?", "Opens the convention on organized crime."),
            _yes_no(
                "group_elsewhere",
                "Does the group commit crimes in more than one country?",
                "The convention is for what touches several states.",
                "organised_group",
            ),
            _yes_no(
                "directed_elsewhere",
                "Was it prepared or directed in another country than where it was done?",
                "The convention is for what touches several states.",
                "organised_group",
            ),
            Question(
                "years", "Up to how many years of prison does your law provide?", Kind.NUMBER, "Some channels ask it."
            ),
            _yes_no("political", "Could it be called a political offence?", "Other states may refuse help for one."),
        ),
        "offence",
    ),
    Group(
        "suspects",
        "persons",
        "Is there a suspect?",
        "Another suspect?",
        (
            _states("nationality", "Of which nationality is the suspect?", "Founds claims, and bars to extradition."),
            _state("whereabouts", "Where is the suspect now?", "That state has to be asked for the person."),
        ),
        "suspect",
        {"role": "suspect"},
    ),
    Group(
        "victims",
        "persons",
        "Is a victim known?",
        "Another victim?",
        (
            _states("nationality", "Of which nationality is the victim?", "May found a claim to jurisdiction."),
            _state("residence", "Where does the victim live?", "Speaks for the state that should lead."),
        ),
        "victim",
        {"role": "victim"},
    ),
    Group(
        "systems",
        "systems",
        "Is a computer system known that was used or attacked?",
        "Another system?",
        (
            _word("role", "What is the system in the case?", SystemRole, "Used as a tool, attacked, or storing data."),
            _state("located_in", "Where does it stand?", "Evidence may lie there."),
        ),
        "system",
    ),
    Group(
        "custodians",
        "custodians",
        "Do you know who holds evidence, such as a provider?",
        "Another holder of evidence?",
        (
            Question("id", "What is it called?", Kind.NAME, "A short name, such as mailer.", default="", needed=True),
            _word("kind", "What is it?", CustodianKind, "Providers can be asked in ways that others cannot."),
            _state("seat", "Where has it its seat?", "That state's law decides what it may hand over."),
            _states("establishments", "Where else is it established?", "Orders may go to an establishment.", "none"),
        ),
    ),
    Group(
        "data",
        "data",
        "Is there data that you want as evidence?",
        "Another item of data?",
        (
            Question("id", "What is it?", Kind.NAME, "A short name, such as mailbox or log.", default="", needed=True),
            _word(
                "category", "What kind of data is it?", DataCategory, "The more it tells, the more is needed for it."
            ),
            _state(
                "stored_in", "Where is it stored, as far as you know?", "If nobody knows, it is not taken to be here."
            ),
            Question("custodian", "Who holds it?", Kind.CUSTODIAN, "One of the holders named before."),
            Question(
                "expires_on", "On which day will it be deleted?", Kind.DAY, "What would be lost is preserved first."
            ),
            _yes_no("public", "Is it open to the public?", "What everybody may read you may read."),
            _yes_no(
                "consent", "Does whoever may disclose it consent, freely?", "Consent opens a way between some states."
            ),
            _yes_no("preserved", "Is it preserved already?", "Then nothing is lost while a request is under way."),
            Question("account_of", "Whose account is it?", Kind.PERSON, "One of the persons named before."),
        ),
    ),
    Group(
        "assets",
        "assets",
        "Is there money or crypto-assets to be traced?",
        "Another asset?",
        (
            Question("id", "What is it?", Kind.NAME, "A short name, such as wallet.", default="", needed=True),
            _word("kind", "What kind of asset is it?", AssetKind, "Money in an account or a crypto-asset."),
            _state("located_in", "Where is it?", "That state may be asked to freeze it."),
            Question("custodian", "Who holds it?", Kind.CUSTODIAN, "One of the holders named before."),
        ),
    ),
    Group(
        "proceedings",
        "proceedings",
        "Do you know of proceedings in another country?",
        "Further proceedings?",
        (
            _state("state", "In which country?", "It has to be contacted.", True),
            _word("stage", "How far have they come?", Stage, "A final judgment may bar another one."),
            _word("outcome", "How did they end?", Outcome, "A final judgment may bar another one."),
            _yes_no("same_facts", "Do they concern the same acts?", "Only then can they bar yours."),
            _yes_no("enforced", "Is a sentence served, being served, or lapsed?", "Between some states it must be."),
            Question("person", "Against whom?", Kind.PERSON, "One of the persons named before."),
        ),
        "proceedings",
    ),
    Group(
        "requests",
        "requests",
        "Has a foreign authority asked you, or a company or person here, for any of this?",
        "Another request from abroad?",
        (
            _state("asked_by", "Which country asks?", "What links it to yours decides what it may have."),
            _word(
                "authority", "Who asks there?", Authority, "Some requests may be made by a judge or prosecutor only."
            ),
            _word("stage", "How far have its proceedings come?", Stage, "Some orders belong to criminal proceedings."),
            _word("kind", "What sort of request is it?", ChannelKind, "The paper, or the way, that it came by."),
            Question("instrument", "On which treaty or act does it rest?", Kind.INSTRUMENT, "The one that it names."),
            Question(
                "addressed_to", "To whom is it addressed?", Kind.ADDRESSEE, "The authorities, or whoever holds data."
            ),
            Question(
                "items",
                "What does it ask for?",
                Kind.ITEMS,
                "Of what was named before. Several with commas.",
                {},
                "all",
            ),
            _several("contains", "What does it state?", RequestElement, "Of what such a request may have to state."),
            _several("lacks", "What have you looked for in it in vain?", RequestElement, "What it does not state."),
            Question("received_on", "On which day was it received?", Kind.DAY, "Time limits run from that day."),
        ),
        "request",
    ),
)
"""The groups in the order in which they are asked."""
