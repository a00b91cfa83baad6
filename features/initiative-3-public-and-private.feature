Feature: Initiative 3: governments and companies act together
  No state and no company sees all of a crime that crosses borders. Police inform police, financial intelligence units
  inform one another, a state tells another unasked what concerns it (Budapest Convention art 26), officers of several
  states work as one team (UNTOC art 19; Second Additional Protocol to the European Convention on Mutual Assistance,
  art 20), and companies help where the law of their state lets them. What comes in this way is often information and
  not evidence: before a court it counts when it is asked for formally.

  Scenario: Money is followed through financial intelligence units first (Bangladesh Bank, 2016)
    Bangladesh and the Philippines have no treaty but UNTOC; the money was in a bank in Manila. Intelligence comes at
    once and is no evidence; the request under UNTOC art 18 brings the evidence.
    Given the central authority of Bangladesh investigates laundering of proceeds committed on 2016-02-05
    And the matter is urgent
    And the offence was committed in the Philippines
    And the offence took effect in Bangladesh
    And the offence was committed by an organised group
    And the offence carries up to 12 years in Bangladesh
    And the account, a bank account, is located in the Philippines and held by a financial institution seated in PH
    And the records, financial records, are stored in the Philippines and held by a financial institution seated in PH
    When the case is decided under the law of 2016-02-29
    Then fiu exchange with the Philippines is offered for the account
    And it brings information only
    And mutual legal assistance from the Philippines is offered for the records
    And the reason cites "untoc/18"
    And it brings evidence
    And expedited preservation from the Philippines is refused
    And freeze proceeds is advised as prevention

  Scenario: A state tells another what concerns it
    Given a judge of the United States investigates online child sexual abuse material committed on 2015-02-10
    And the offence took effect in the United States
    And the address, identification data, is stored in Austria and held by an individual
    When the case is decided under the law of 2015-02-20
    Then spontaneous information to Austria is offered for the address
    And the reason cites "budapest/26"
    And remote search in Austria is refused

  Scenario: Officers of several states as one team
    The United Kingdom is bound by no act of the Union since 2021, but it is a party to the Second Additional Protocol
    since 1 October 2010, the Netherlands since 1 April 2011.
    Given the police of the United Kingdom investigate ransomware committed on 2022-06-01
    And the offence took effect in the United Kingdom and the Netherlands
    And the offence was committed by an organised group
    And the server, content data, is stored in the Netherlands and held by a provider seated in the Netherlands
    When the case is decided under the law of 2024-02-19
    Then a joint investigation team with the Netherlands is offered for the server
    And the reason cites "ets-182/20"
    And an investigation order to the Netherlands is refused
    And mutual legal assistance from the Netherlands is offered
    And a request to the Netherlands for the server must carry speciality

  Scenario: What police tell police is information
    Given the police of Ireland investigate cyber fraud committed on 2026-03-01
    And the offence took effect in Ireland
    And the log, traffic data, is stored in China and held by a provider seated in China
    When the case is decided under the law of 2026-05-04
    Then police to police with China is offered for the log
    And it brings information only

  Scenario: A company is not brought into conflict with its own law
    Data Security Law of China art 36; 18 USC 2702(a). Whoever asks the company makes it choose which law to break.
    Given a prosecutor of the United States investigates illegal access committed on 2026-01-15
    And the offence took effect in the United States
    And the log, traffic data, is stored in China and held by a provider seated in China
    When the case is decided under the law of 2026-06-01
    Then ask custodian is forbidden for the log
    And the officer is warned of blocking statute
    And a request to China for the log must carry consent of competent authority

  Scenario: A state of advanced technology bears more of the work
    UNTOC art 30(2): states make concrete efforts to strengthen the means of others to fight organized crime. In the index
    of 2024 the Philippines stand in the second tier, the United States in the first.
    Given the police of the Philippines investigate cyber fraud committed on 2026-01-10
    And the offence took effect in the Philippines
    And the offence was committed by an organised group
    And the offence carries up to 12 years in the Philippines
    And the server, content data, is stored in the United States and held by a provider seated in the United States
    When the case is decided under the law of 2026-02-02
    Then technical support is advised as prevention
    And technical assistance is advised as prevention
    And the reason cites "untoc/30-2"
    And a direct order to the United States is refused for the server

  Scenario: The state of advanced technology offers its help unasked
    Given the police of Singapore investigate cyber fraud committed on 2026-01-10
    And the offence took effect in Singapore
    And the offence was committed by an organised group
    And the server, content data, is stored in the Philippines and held by a provider seated in the Philippines
    When the case is decided under the law of 2026-02-02
    Then offer technical support is advised as prevention
    And the reason cites "untoc/30-2"

  Scenario: Nothing is presumed of a state's means
    Given the police of Singapore investigate cyber fraud committed on 2026-01-10
    And the offence took effect in Singapore
    And the offence was committed by an organised group
    And the server, content data, is stored in Cambodia and held by a provider seated in Cambodia
    When the case is decided under the law of 2026-02-02
    Then the officer is warned of capacity unknown

  Scenario: Means are the lightest factor for the lead, and no claim
    The offender acted in Cambodia and the harm is in China; the host of the data has means and no claim.
    Given the police of China investigate cyber fraud committed on 2026-01-10
    And the offence was committed in Cambodia
    And the offence took effect in China
    And the server, content data, is stored in the United States and held by a provider seated in the United States
    When the case is decided under the law of 2026-02-02
    Then the United States may not prosecute

  Scenario: An issuer of crypto-assets freezes of its own will, and only as long as it wants (Garantex, 2025)
    Given a prosecutor of the United States investigates laundering of proceeds committed on 2024-06-01
    And the offence took effect in the United States
    And the offence was committed in RU
    And the offence was committed by an organised group
    And the tokens, a crypto-asset, are located in El Salvador and held by a company seated in El Salvador
    When the case is decided under the law of 2025-03-06
    Then voluntary freeze in El Salvador is offered for the tokens
    And it brings information only
    And stop payment with El Salvador is offered
    And mutual legal assistance from El Salvador is recommended
    And the officer is warned of voluntary freeze binds nobody

  Scenario: A bank in China does not freeze on a foreign demand
    Anti-Money Laundering Law of China art 50, in force 1 January 2025.
    Given the police of Kenya investigate online theft committed on 2024-12-01
    And the offence took effect in Kenya
    And the coins, a crypto-asset, are located in China and held by a financial institution seated in China
    When the case is decided under the law of 2025-01-01
    Then voluntary freeze in China is refused for the coins
    And the reason cites "cn-aml-2024/50"
    And ask custodian is forbidden for the coins
