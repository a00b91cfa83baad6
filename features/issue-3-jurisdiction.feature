Feature: Conflicts of jurisdiction hinder cooperation
  The offender acts in one state, the harm is done in others, the data lie in a third: several states may prosecute.
  No treaty in force ranks them. They consult (Budapest Convention art 22(5); UNTOC art 15(5); Council Framework
  Decision 2009/948/JHA art 10), and weigh where the harm, the suspect and the evidence are (Eurojust guidelines). A
  server that merely stores evidence gives its state no claim to try the offence, but every right over the data.

  Scenario: Two states may try one act (Gorshkov and Ivanov, 2000)
    Act and offenders are Russian, the harm is American, and the suspects are in American custody.
    Given the police of the United States investigate illegal access committed on 2000-01-31
    And the offence was committed in the Russian Federation
    And the offence took effect in the United States
    And the suspect is a national of the Russian Federation
    And the suspect is in the United States
    And the server, content data, is stored in the Russian Federation and held by a company seated in the Russian Federation
    When the case is decided under the law of 2000-11-14
    Then the claim of the United States rests on territorial effect
    And the claim of the Russian Federation rests on territorial conduct
    And there is a positive conflict of jurisdiction
    And the United States leads

  Scenario: Parties to the Budapest Convention consult
    Given a prosecutor of Germany investigates ransomware committed on 2023-06-01
    And the offence took effect in Germany and Japan
    When the case is decided under the law of 2024-02-19
    Then the claim of Germany rests on territorial effect
    And the claim of Japan rests on territorial effect
    And there is a positive conflict of jurisdiction
    And Germany and Japan must consult
    And the reason cites "budapest/22-5"

  Scenario: Laundering by a group: parties to UNTOC consult
    UNTOC art 6 makes laundering an offence of that convention; China and the United States are parties, neither
    ranks before the other.
    Given the police of China investigate laundering of proceeds committed on 2025-05-10
    And the offence was committed in China
    And the offence took effect in China and the United States
    And the offence was committed by an organised group
    And the suspect is a national of China
    And the suspect is in China
    And proceedings on the same facts are at the stage of investigation in the United States
    When the case is decided under the law of 2026-06-01
    Then there is a positive conflict of jurisdiction
    And China leads
    And China and the United States must consult
    And the reason cites "untoc/15-5"

  Scenario: No duty to consult is invented
    Neither convention was in force in 2000.
    Given the police of the United States investigate illegal access committed on 2000-01-31
    And the offence was committed in the Russian Federation
    And the offence took effect in the United States
    When the case is decided under the law of 2000-11-14
    Then the United States and the Russian Federation need not consult

  Scenario: A server gives no claim
    Given a prosecutor of the United States investigates drug trafficking online committed on 2013-01-01
    And the offence took effect in the United States
    And the image, content data, is stored in Iceland and held by a company seated in Iceland
    When the case is decided under the law of 2013-06-12
    Then Iceland may not prosecute
    And Iceland is among the states to ask for the image
    And there is no conflict of jurisdiction
    And the United States leads

  Scenario Outline: Who was finally judged is not tried again, within Schengen
    Convention implementing the Schengen Agreement art 54 binds France and Germany since 26 March 1995. It needs the
    same acts and a final judgment; an acquittal is one (Charter of Fundamental Rights art 50).
    Given a prosecutor of Germany investigates computer fraud committed on 2019-03-01
    And the offence took effect in Germany
    And the suspect was finally acquitted in <place> on <facts> facts
    When the case is decided under the law of 2022-01-10
    Then the claim of Germany is <claim>

    Examples:
      | place  | facts    | claim  |
      | France | the same | barred |
      | France | other    | held   |
      | Kenya  | the same | held   |

  Scenario: Proceedings that are still pending elsewhere do not bar
    Given a prosecutor of Germany investigates computer fraud committed on 2019-03-01
    And the offence took effect in Germany
    And proceedings on the same facts are at the stage of prosecution in France
    When the case is decided under the law of 2022-01-10
    Then the claim of Germany is held

  Scenario: Nothing known is no claim
    Where the act was done and where it took effect is unknown. The investigating state is not assumed to have
    jurisdiction merely because it investigates.
    Given a judge of the United States investigates drug trafficking online
    And the mailbox, content data, is stored in Ireland and held by a provider seated in the United States
    When the case is decided under the law of 2013-12-04
    Then no state is recommended to lead

  Scenario: On board of a ship
    Budapest Convention art 22(1)(b): the state whose flag the ship flies has jurisdiction, too.
    Given a prosecutor of Germany investigates computer fraud committed on 2024-03-01
    And the offence took effect in Germany
    And these facts
      """
      offences:
        - {id: on-board, category: illegal-access, committed_on: 2024-03-01, flag_states: [NO]}
      """
    When the case is decided under the law of 2024-06-01
    Then the claim of Norway rests on flag
