Feature: What is not known is never read as no
  An officer begins with half of the facts. A way that hangs on a fact that nobody knows yet is neither open nor closed:
  it is an open question, and the advice says which fact decides it. Only what would touch another state's territory
  stays closed until the fact that opens it is established.

  Scenario: Whether an organised group acted decides on a joint investigation
    UNTOC arts 3(1) and 19: serious, transnational, and with an organised criminal group.
    Given a prosecutor of Peru investigates cyber fraud committed on 2024-05-01
    And the offence carries up to 8 years in Peru
    And the offence was committed in Ukraine
    And the offence took effect in Peru
    And the mailbox, content data, is stored in Ukraine and held by a provider seated in Ukraine
    When the case is decided under the law of 2026-08-17
    Then a joint investigation team with Ukraine is undecided for the mailbox
    And the reason cites "untoc/3"
    And the reason says "whether there was one is unknown"
    Given the offence was committed by an organised group
    When the case is decided under the law of 2026-08-17
    Then a joint investigation team with Ukraine is offered for the mailbox
    Given the offence was not committed by an organised group
    When the case is decided under the law of 2026-08-17
    Then a joint investigation team with Ukraine is refused for the mailbox

  Scenario: So does whether the offence is transnational
    UNTOC art 3(2): committed in more than one state or with effects in another, prepared or directed from another, or by a
    group at work in several. Where nobody has looked yet, it may be.
    Given a prosecutor of Peru investigates cyber fraud committed on 2024-05-01
    And the offence carries up to 8 years in Peru
    And the offence was committed by an organised group
    And the offence took effect in Peru
    And the mailbox, content data, is stored in Ukraine and held by a provider seated in Ukraine
    When the case is decided under the law of 2026-08-17
    Then a joint investigation team with Ukraine is undecided for the mailbox
    And the reason cites "untoc/3-2"
    Given the offence was committed in Peru
    When the case is decided under the law of 2026-08-17
    Then a joint investigation team with Ukraine is undecided for the mailbox
    And the reason says "whether it was directed or the group is at work elsewhere, is unknown"
    Given the offence was not directed from another state
    And the group behind the offence was not at work in several states
    When the case is decided under the law of 2026-08-17
    Then a joint investigation team with Ukraine is refused for the mailbox

  Scenario: Evidence abroad is reason enough to suspect that an offence is transnational
    UNTOC art 18(1): parties assist one another also where the state that asks has reason to suspect that a serious offence
    of an organised group is transnational, for which evidence in the state that is asked suffices.
    Given a prosecutor of Kenya investigates cyber fraud committed on 2024-05-01
    And the offence carries up to 8 years in Kenya
    And the offence was committed by an organised group
    And the offence was committed in Kenya
    And the offence took effect in Kenya
    And the mailbox, content data, is stored in China and held by a provider seated in China
    When the case is decided under the law of 2026-08-17
    Then mutual legal assistance from China is offered for the mailbox
    And the reason cites "untoc/18-1"
    And a joint investigation team with China is undecided for the mailbox

  Scenario: One offence that is none over there does not bar extradition for another
    Extradition needs an offence in both states (European Convention on Extradition art 2(1)). Of two offences one is
    none over there, and of the other nobody knows: it may be asked for that one, and may be refused.
    Given a prosecutor of China investigates cyber gambling committed on 2025-11-01
    And a prosecutor of China investigates aiding information network crime committed on 2025-11-01
    And cyber gambling was punishable in China
    And cyber gambling was not punishable in Spain
    And the suspect is a national of South Africa
    And the suspect is in Spain
    When the case is decided under the law of 2026-08-17
    Then extradition from Spain is offered for the suspect
    And Spain may refuse the suspect for dual criminality
    Given aiding information network crime was not punishable in Spain
    When the case is decided under the law of 2026-08-17
    Then extradition from Spain is refused for the suspect

  Scenario: Whether the holder is a provider decides on an order to it
    Regulation (EU) 2023/1543 arts 1 and 5(3): an order for subscriber data goes to a provider of services.
    Given a prosecutor of Germany investigates cyber fraud committed on 2026-05-01
    And the offence took effect in Germany
    And "the account record", subscriber data, is stored in Ireland and held by a custodian seated in Ireland
    When the case is decided under the law of 2026-08-18
    Then a production order to Ireland is undecided for the account record
    And the reason says "is one is not known"
    And direct access to the account record is refused

  Scenario: INTERPOL is closed to political cases, so somebody has to look
    INTERPOL Constitution art 3. Hardly any case is political: the bureaus stay open, and the officer is told to look.
    Given the police of Kenya investigate illegal access committed on 2026-05-01
    And the offence took effect in Kenya
    And "the server log", traffic data, is stored in Thailand
    When the case is decided under the law of 2026-08-18
    Then police to police with Thailand is offered for the server log
    And the officer is warned of political not excluded

  Scenario: Data abroad are not taken because they may be public
    Budapest Convention art 32(a) opens what anybody may see. Whether this may be seen by anybody, nobody has said.
    Given the police of Portugal investigate cyber fraud committed on 2026-05-01
    And the offence took effect in Portugal
    And "the profile page", content data, is stored in Japan
    When the case is decided under the law of 2026-08-18
    Then direct access to the profile page is refused
    And public access to Japan is refused
    Given the profile page is public
    When the case is decided under the law of 2026-08-18
    Then direct access to the profile page is permitted
    And public access to Japan is offered
