"""The closed lists of the field, each with the words that explain it to a person."""

from __future__ import annotations

from enum import StrEnum


class Term(StrEnum):
    """A word of a closed list with its explanation: ``NAME = "word", "explanation"``."""

    explanation: str

    def __new__(cls, word: str, explanation: str) -> Term:
        """Keep the explanation beside the word."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.explanation = explanation
        return member


UNKNOWN = "unknown"
"""What stands for a fact that nobody knows yet; it is never read as no."""


class Answer(Term):
    """An answer to a plain question."""

    YES = "yes", "it is so"
    NO = "no", "it is not so"
    UNKNOWN = "unknown", "nobody knows yet"


class Direction(Term):
    """Who asks whom."""

    OUTGOING = "outgoing", "we ask for evidence or a person abroad"
    INCOMING = "incoming", "a foreign authority asks us"


class Authority(Term):
    """The authority that asks for advice."""

    POLICE = "police", "a police or investigating body"
    PROSECUTOR = "prosecutor", "a public prosecutor"
    JUDGE = "judge", "a judge, court or investigating judge"
    CENTRAL_AUTHORITY = "central-authority", "the central authority for mutual legal assistance"
    UNKNOWN = "unknown", "not known"


class Stage(Term):
    """How far proceedings have come."""

    INTELLIGENCE = "intelligence", "before a criminal investigation is opened"
    INVESTIGATION = "investigation", "a criminal investigation is open"
    PROSECUTION = "prosecution", "a person is charged"
    TRIAL = "trial", "the case is before a court"
    FINAL_JUDGMENT = "final-judgment", "a judgment is final"
    DISCONTINUED = "discontinued", "proceedings ended without a judgment"
    UNKNOWN = "unknown", "not known"


class Urgency(Term):
    """How fast evidence is needed."""

    ROUTINE = "routine", "no special haste"
    URGENT = "urgent", "evidence or proceedings are at risk from delay"
    EMERGENCY = "emergency", "an imminent risk to a person's life or safety"
    UNKNOWN = "unknown", "not known"


class Role(Term):
    """What a person is in the case."""

    SUSPECT = "suspect", "suspected or accused"
    VICTIM = "victim", "harmed by the offence"
    WITNESS = "witness", "may give evidence"
    ACCOUNT_HOLDER = "account-holder", "holds an account that matters"


class SystemRole(Term):
    """What a computer system is in the case."""

    TOOL = "tool", "the offence was committed with it"
    TARGET = "target", "the offence was committed against it"
    HOST = "host", "it stores or relays data of interest"
    UNKNOWN = "unknown", "not known"


class CustodianKind(Term):
    """Who holds data or assets."""

    PROVIDER = "provider", "a communication, hosting or online service provider"
    FINANCIAL = "financial-institution", "a bank, payment or crypto-asset service"
    COMPANY = "company", "another company"
    INDIVIDUAL = "individual", "a natural person"
    PUBLIC_BODY = "public-body", "a public authority"
    UNKNOWN = "unknown", "not known"


class DataCategory(Term):
    """Categories of data, from the least to the most intrusive."""

    SUBSCRIBER = "subscriber", "who holds the account: name, address, payment, contact"
    IDENTIFICATION = "identification", "address, port and time data asked only to identify a user"
    TRAFFIC = "traffic", "who communicated with whom, when, from where"
    CONTENT = "content", "what was said, written, stored or sent"
    FINANCIAL = "financial-records", "account and transaction records"
    OTHER = "other", "any other data"
    UNKNOWN = "unknown", "not known"


class Timing(Term):
    """Whether data exists already."""

    STORED = "stored", "data that exists already"
    REAL_TIME = "real-time", "data still to be collected as it arises"


class AssetKind(Term):
    """Kinds of assets."""

    BANK_ACCOUNT = "bank-account", "money in an account"
    MULE_ACCOUNT = "mule-account", "an account that somebody lent, sold or opened for the money of others"
    CRYPTO = "crypto-asset", "a crypto-asset"
    OTHER = "other", "any other asset"


class Outcome(Term):
    """How proceedings ended."""

    PENDING = "pending", "not decided"
    CONVICTED = "convicted", "convicted"
    ACQUITTED = "acquitted", "acquitted"
    UNKNOWN = "unknown", "not known"


class Basis(Term):
    """Bases of jurisdiction."""

    TERRITORIAL_CONDUCT = "territorial-conduct", "the offence was committed on its territory"
    TERRITORIAL_EFFECT = "territorial-effect", "the offence took effect on its territory"
    ACTIVE_PERSONALITY = "active-personality", "the suspect is its national"
    PASSIVE_PERSONALITY = "passive-personality", "the victim is its national"
    PROTECTIVE = "protective", "the offence struck its security or vital interests"
    FLAG = "flag", "the offence was committed on its ship or aircraft"
    PROSECUTE_OR_EXTRADITE = "prosecute-or-extradite", "it holds the suspect and does not extradite"


class RequestElement(Term):
    """What a request from abroad may have to state."""

    AUTHORITY = "authority", "which authority asks"
    LEGAL_BASIS = "legal-basis", "the treaty or act on which it rests"
    SUBJECT_AND_REASON = "subject-and-reason", "what it is about, and why it is made"
    FACTS_SUMMARY = "facts-summary", "a summary of the facts"
    LEGAL_TEXT = "legal-text", "the law that was broken, and what it provides"
    IDENTITY_OF_PERSON = "identity-of-person", "whom, or which account, it concerns"
    PURPOSE = "purpose", "what the evidence is wanted for"
    EVIDENCE_WANTED = "evidence-wanted", "the measure or the evidence that is wanted"
    LINK_TO_OFFENCE = "link-to-offence", "how what is wanted is linked to the offence"
    DATA_TO_PRESERVE = "data-to-preserve", "the stored data to be preserved"
    NECESSITY = "necessity", "why it is needed, and is no more than is needed"
    INTENT_TO_REQUEST = "intent-to-request", "that mutual assistance for the data will be asked for"
    TIME_RANGE = "time-range", "the period for which data are wanted"
    TIME_WISHED = "time-wished", "by when it is wished to be carried out"
    URGENCY_REASON = "urgency-reason", "why it cannot wait"
    VALIDATION = "validation", "that a judicial authority has issued or validated it"
    SIGNATURE = "signature", "a signature that vouches for its content"
    TRANSLATION = "translation", "a translation into a language that is accepted"
    RECIPROCITY_ASSURANCE = "reciprocity-assurance", "a promise to do the same in a like case"
    DEATH_PENALTY_ASSURANCE = (
        "death-penalty-assurance",
        "an assurance that the death penalty is not imposed or not carried out",
    )
    CONFIDENTIALITY = "confidentiality", "a wish that it be kept confidential"


class Reply(Term):
    """What a request from abroad is answered, from what goes before all else to what is done where nothing does."""

    REFUSE = "refuse", "the item is not given"
    REDIRECT = "redirect", "another way, or another state, has to be asked"
    ASK_FOR_MORE = "ask-for-more", "the request has to be completed first"
    COMPLY_IN_PART = "comply-in-part", "the item is given in part, or under conditions"
    COMPLY = "comply", "the item is given"


class Phase(Term):
    """What a channel does for the case."""

    PRESERVE = "preserve", "keeps data from being lost and money from moving on"
    IDENTIFY = "identify", "finds out which provider or path to ask next"
    OBTAIN = "obtain", "brings evidence that a court can use"
    INFORM = "inform", "brings police information, not evidence"
    TEAM = "team", "investigates together"
    PERSON = "person", "moves a person"
    PROCEEDINGS = "proceedings", "moves the proceedings"


class ChannelKind(Term):
    """The closed list of ways to evidence or to a person abroad."""

    phase: Phase

    def __new__(cls, word: str, explanation: str, phase: Phase) -> ChannelKind:
        """Keep the explanation and the phase beside the word."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.explanation = explanation
        member.phase = phase
        return member

    DOMESTIC_ORDER = "domestic-order", "an order under own law for what lies at home", Phase.OBTAIN
    DIRECT_ORDER = "direct-order", "an own order served on a custodian for data abroad", Phase.OBTAIN
    REMOTE_SEARCH = "remote-search", "logging in from home to a system abroad", Phase.OBTAIN
    CONSENT_ACCESS = "consent-access", "access with the consent of the person entitled to disclose", Phase.OBTAIN
    PUBLIC_ACCESS = "public-access", "collecting what is publicly available", Phase.OBTAIN
    VOLUNTARY_DISCLOSURE = "voluntary-disclosure", "the provider discloses of its own will", Phase.OBTAIN
    EMERGENCY_DISCLOSURE = "emergency-disclosure", "the provider discloses in an emergency", Phase.OBTAIN
    PRODUCTION_ORDER = "production-order", "an order to a provider under a treaty or regulation", Phase.OBTAIN
    EXECUTIVE_AGREEMENT_ORDER = (
        "executive-agreement-order",
        "an order to a provider under an agreement on access to electronic data",
        Phase.OBTAIN,
    )
    EXPEDITED_PRESERVATION = (
        "expedited-preservation",
        "a treaty request, through the 24/7 contact point, to preserve data",
        Phase.PRESERVE,
    )
    INFORMAL_PRESERVATION = (
        "informal-preservation",
        "a request through a police network to preserve data",
        Phase.PRESERVE,
    )
    STOP_PAYMENT = (
        "stop-payment",
        "an urgent request, through police or financial intelligence units, to hold money",
        Phase.PRESERVE,
    )
    VOLUNTARY_FREEZE = "voluntary-freeze", "the holder or issuer of an asset holds it of its own will", Phase.PRESERVE
    EXPEDITED_DISCLOSURE = (
        "expedited-disclosure",
        "quick disclosure of enough traffic data to find the next provider",
        Phase.IDENTIFY,
    )
    MLA = "mla", "mutual legal assistance under a treaty", Phase.OBTAIN
    INVESTIGATION_ORDER = "investigation-order", "a European Investigation Order", Phase.OBTAIN
    FREEZING_ORDER = "freezing-order", "an order to freeze or confiscate that the other state recognises", Phase.OBTAIN
    LETTERS_ROGATORY = "letters-rogatory", "a court's request on reciprocity, without a treaty", Phase.OBTAIN
    JOINT_INVESTIGATION_TEAM = "joint-investigation-team", "a team of both states' officers", Phase.TEAM
    POLICE_TO_POLICE = "police-to-police", "police information through a network", Phase.INFORM
    SPONTANEOUS_INFORMATION = "spontaneous-information", "telling the other state unasked", Phase.INFORM
    FIU_EXCHANGE = "fiu-exchange", "information between financial intelligence units", Phase.INFORM
    EXTRADITION = "extradition", "surrender of a person under a treaty or law", Phase.PERSON
    SURRENDER = "surrender", "surrender of a person under an arrest warrant", Phase.PERSON
    TRANSFER_OF_PROCEEDINGS = "transfer-of-proceedings", "the other state takes over the case", Phase.PROCEEDINGS
