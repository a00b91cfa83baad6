Feature: Laws define cybercrime differently
  What one state punishes as a cybercrime may be a licensed trade in the next, or may not yet be an offence there at
  all. Cooperation that compels somebody usually asks that the act be punishable in both states (dual criminality).
  It is judged by what was done, not by the name of the offence (Budapest Convention art 25(5); UN Convention against
  Transnational Organized Crime, "UNTOC", art 18(9)), and by the law of the day of the act: no one is guilty of what
  was no offence when it was done (International Covenant on Civil and Political Rights art 15(1)). Preserving data
  must not wait for that test (Budapest Convention art 29(3)). Where the test fails there is mostly a way out: another
  name of the same conduct that both states punish, a channel that asks for no dual criminality, or another state with
  a claim.

  Scenario: Gambling that is licensed where the operator sits
    Criminal Law of China art 303 punishes what Spain licenses. The request may be sent, and may be refused.
    Given the police of China investigate cyber gambling committed on 2025-11-01
    And the offence was committed in Spain
    And the offence took effect in China
    And the offence was committed by an organised group
    And the offence was punishable in China
    And the offence was not punishable in Spain
    And the offence carries up to 10 years in China
    And the suspect is a national of China
    And the suspect is in Spain
    And the players, financial records, are stored in Spain and held by a company seated in Spain
    When the case is decided under the law of 2026-03-02
    Then direct access to the players is refused
    And mutual legal assistance from Spain is offered
    And Spain may refuse the players for dual criminality
    And the reason cites "untoc/18-9"
    And extradition from Spain is refused for the suspect
    And Spain may not prosecute
    And the claim of China rests on territorial effect

  Scenario: The same operator, argued on the fraud
    Results were rigged: fraud is an offence in both states, so that the request is argued on that limb.
    Given the police of China investigate cyber gambling with fraud committed on 2025-11-01
    And the offence was committed in Spain
    And the offence took effect in China
    And the offence was committed by an organised group
    And the offence was punishable in China and Spain
    And the offence carries up to 10 years in China
    And the players, financial records, are stored in Spain and held by a company seated in Spain
    When the case is decided under the law of 2026-03-02
    Then mutual legal assistance from Spain is offered for the players
    And Spain may not refuse the players for dual criminality
    And the claim of Spain rests on territorial conduct
    And there is a positive conflict of jurisdiction

  Scenario Outline: A statute made after the act changes nothing (ILOVEYOU, 2000)
    The Philippines had no offence of this kind on 4 May 2000; its E-Commerce Act of 14 June 2000 (RA 8792) does not
    reach back. The extradition treaty with the United States needs an offence in both states.
    Given a prosecutor of the United States investigates system interference committed on 2000-05-04
    And the offence was committed in the Philippines
    And the offence took effect in the United States
    And the offence was punishable in the United States
    And the offence was not punishable in the Philippines
    And the suspect is a national of the Philippines
    And the suspect is in the Philippines
    When the case is decided under the law of <day>
    Then extradition from the Philippines is refused for the suspect
    And transfer of proceedings to the Philippines is refused
    And the Philippines may not prosecute
    And the United States leads

    Examples:
      | day        |
      | 2000-05-15 |
      | 2000-07-01 |

  Scenario: Data are preserved without asking what the act is called
    Given a prosecutor of Romania investigates computer fraud committed on 2016-05-02
    And the offence took effect in Romania
    And the offence was not punishable in the United States
    And the log, traffic data, is stored in the United States and held by a provider seated in the United States
    When the case is decided under the law of 2016-05-10
    Then expedited preservation from the United States is offered for the log
    And the reason cites "budapest/29"

  Scenario: Unknown is not no
    Whether the act is an offence in the state that is asked is not known: assistance stays open, the ground is named.
    Given a prosecutor of Germany investigates cyber gambling committed on 2026-01-10
    And the offence took effect in Germany
    And the accounts, financial records, are stored in the Netherlands and held by a financial institution seated in NL
    When the case is decided under the law of 2026-03-02
    Then an investigation order to the Netherlands is offered for the accounts
    And the Netherlands may refuse the accounts for dual criminality
    And the reason cites "eu-2014-41/11"

  Scenario: Licensed gambling, and what else it may have been
    Both states punish fraud and laundering; the facts have to show them.
    Given the police of China investigate cyber gambling committed on 2025-11-01
    And the offence was committed in Spain
    And the offence took effect in China
    And the offence was committed by an organised group
    And the offence was punishable in China
    And the offence was not punishable in Spain
    And the offence carries up to 10 years in China
    And the players, financial records, are stored in Spain and held by a company seated in Spain
    When the case is decided under the law of 2026-03-02
    Then dual criminality with Spain is missing for the players
    And the reason cites "iccpr/15"
    And a request to Spain for the players may be argued as computer fraud
    And the reason cites "budapest/8"
    And a request to Spain for the players may be argued as laundering of proceeds
    And the reason cites "untoc/6"
    And a request to Spain for the players may not be argued as online extortion
    And police to police with Spain needs no dual criminality for the players

  Scenario: Between parties to the Convention on Cybercrime the conduct decides
    Germany licenses games of chance, but the takings were laundered, which both states punish. For assistance the name
    does not matter (art 25(5)); between states without such a rule it has to be argued.
    Given the police of the Philippines investigate cyber gambling with laundering committed on 2025-03-01
    And the offence took effect in the Philippines
    And the ledger, financial records, is stored in Germany and held by a company seated in Germany
    When the case is decided under the law of 2025-04-01
    Then dual criminality with Germany is met by the conduct for the ledger
    And Germany may not refuse the ledger for dual criminality
    And a request to Germany for the ledger may be argued as laundering of proceeds
    And the reason cites "budapest/25-5"

  Scenario: Without a rule that the conduct decides, the other name is argued
    Given the police of China investigate cyber gambling with laundering committed on 2025-03-01
    And the offence took effect in China
    And the offence was committed by an organised group
    And the offence carries up to 10 years in China
    And the offence was committed in Germany
    And the ledger, financial records, is stored in Germany and held by a company seated in Germany
    When the case is decided under the law of 2025-04-01
    Then dual criminality with Germany is not known for the ledger
    And mutual legal assistance from Germany is offered for the ledger
    And Germany may refuse the ledger for dual criminality
    And a request to Germany for the ledger may be argued as laundering of proceeds
    And the reason cites "untoc/6"
    And mutual legal assistance from Germany needs no dual criminality for the ledger
    And the reason cites "untoc/18-9"

  Scenario: An act that the other law may not punish, preserved nevertheless
    Given a prosecutor of Romania investigates unlawful detention committed on 2016-05-02
    And the offence took effect in Romania
    And the log, traffic data, is stored in the United States and held by a provider seated in the United States
    When the case is decided under the law of 2016-05-10
    Then dual criminality with the United States is not known for the log
    And expedited preservation from the United States needs no dual criminality for the log
    And the reason cites "budapest/29-3"

  Scenario: Austria has reserved the exception for preservation
    For offences outside the Convention it may refuse to preserve where dual criminality fails (art 29(4)).
    Given a prosecutor of Romania investigates computer fraud committed on 2016-05-02
    And the offence took effect in Romania
    And the offence was not punishable in Austria
    And the log, traffic data, is stored in Austria and held by a provider seated in Austria
    When the case is decided under the law of 2016-05-10
    Then dual criminality with Austria is missing for the log
    And expedited preservation from Austria needs no dual criminality for the log
    And the reason says "is an offence of the Convention on Cybercrime"

  Scenario: Another state that both laws would satisfy may lead
    Spain punishes nothing here, and so cannot be asked by China; for its own case the United States has a claim.
    Given the police of Spain investigate cyber gambling committed on 2025-11-01
    And the offence took effect in Spain and the United States
    And the offence was committed in China
    And the offence was punishable in China and the United States
    And the offence was not punishable in Spain
    And the accounts, financial records, are stored in China and held by a financial institution seated in China
    When the case is decided under the law of 2026-03-02
    Then dual criminality with China is missing for the accounts
    And the United States could lead instead for the accounts
    And China could lead instead for the accounts
