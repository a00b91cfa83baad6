Feature: Providers play a part
  Most evidence of cybercrime is held by companies. What they may give, to whom and how, is a matter of the law of the
  states concerned: some may be asked and may answer (18 USC 2702(c)(6), records other than contents), some may not
  answer at all (18 USC 2702(a), contents without consent; China's International Criminal Judicial Assistance Law art 4(3)), and some
  must answer an order that their state has agreed to (Regulation (EU) 2023/1543; agreements under 18 USC 2523).

  Scenario Outline: An American provider may give subscriber data, and contents only with consent
    Given a prosecutor of Belgium investigates computer fraud committed on 2015-06-01
    And the offence took effect in Belgium
    And the record, <category>, is stored in the United States and held by a provider seated in the United States
    And the custodian of the record offers its services in Belgium
    And the person entitled to the record <consents> to its disclosure
    When the case is decided under the law of 2015-12-01
    Then voluntary disclosure from the United States is <status> for the record
    And the reason cites "us-sca/<section>"
    And mutual legal assistance from the United States is offered
    And a direct order to the United States is refused

    Examples:
      | category        | consents         | status  | section |
      | subscriber data | does not consent | offered | 2702-c  |
      | content data    | does not consent | refused | 2702-a  |
      | content data    | consents         | offered | 2702-b  |

  Scenario: Serving a market is no consent of the state where the data lie (Yahoo, Belgium 2015)
    The Belgian Court of Cassation held that whoever serves Belgian users obeys a Belgian order (1 December 2015,
    P.13.2082.N). It speaks for the power at home; it does not speak for the state of storage.
    Given a prosecutor of Belgium investigates computer fraud committed on 2015-06-01
    And the offence took effect in Belgium
    And the ids, subscriber data, are stored in the United States and held by a provider seated in the United States
    And the custodian of the ids offers its services in Belgium
    When the case is decided under the law of 2015-12-01
    Then direct access to the ids is refused
    And the officer is warned of contrary authority
    And the reason cites "yahoo-2015"

  Scenario: A company that would like to help may be forbidden to
    International Criminal Judicial Assistance Law of China art 4(3), in force on 26 October 2018: nobody in China gives
    evidence abroad without the consent of the competent authority. The good will of the company does not help.
    Given a prosecutor of the United States investigates illegal access committed on 2018-05-01
    And the offence took effect in the United States
    And the log, traffic data, is stored in China and held by a provider seated in China
    And the custodian of the log is established in the United States
    And the person entitled to the log consents to its disclosure
    When the case is decided under the law of 2018-10-26
    Then voluntary disclosure from China is refused for the log
    And the reason cites "cn-icjal-2018/4-3"
    And consent access in China is refused
    And a direct order to China is refused
    And mutual legal assistance from China is offered

  Scenario Outline: Each state's bar rests on its own law
    A custodian is asked about the law of the place where it sits, and no other state's statute is held against it.
    Given a prosecutor of the United Kingdom investigates computer fraud committed on 2015-01-10
    And the offence took effect in the United Kingdom
    And the records, <category>, are stored in <state> and held by <custodian>
    And the person entitled to the records does not consent to its disclosure
    When the case is decided under the law of <day>
    Then voluntary disclosure from <state> is refused for the records
    And the reason cites "<authority>"

    Examples:
      | state             | category          | custodian                               | day        | authority         |
      | the United States | content data      | a provider                              | 2024-01-15 | us-sca/2702-a     |
      | China             | traffic data      | a provider                              | 2018-10-26 | cn-icjal-2018/4-3 |
      | China             | traffic data      | a provider                              | 2021-09-01 | cn-dsl-2021/36    |
      | China             | traffic data      | a provider                              | 2021-11-01 | cn-pipl-2021/41   |
      | China             | financial records | a financial institution seated in China | 2025-01-01 | cn-aml-2024/50    |
      | Germany           | subscriber data   | a provider                              | 2024-01-15 | eu-gdpr/48        |
      | Switzerland       | other data        | a company                               | 2024-01-15 | ch-penal-code/271 |
      | France            | financial records | a financial institution                 | 2016-06-01 | fr-1968-678/1-bis |

  Scenario Outline: The day before the statute, sovereignty alone forbids it
    Given a prosecutor of the United States investigates illegal access committed on 2018-05-01
    And the offence took effect in the United States
    And the log, traffic data, is stored in China and held by a provider seated in China
    When the case is decided under the law of <day>
    Then direct access to the log is refused
    And a direct order to China is refused
    And the officer <is> warned of blocking statute

    Examples:
      | day        | is     |
      | 2018-10-25 | is not |
      | 2018-10-26 | is     |

  Scenario Outline: Two states may agree that a provider answers the other's order
    The agreement of the United Kingdom and the United States on access to electronic data is in force since 3 October
    2022; a serious crime is one with a maximum of three years or more. Before that day 18 USC 2702 forbids it.
    Given a judge of the United Kingdom investigates online child sexual abuse material committed on 2022-09-01
    And the offence took effect in the United Kingdom
    And the offence carries up to 10 years in the United Kingdom
    And the suspect is a national of the United Kingdom
    And the suspect lives in the United Kingdom
    And the suspect is in the United Kingdom
    And the cloud, content data, is stored in the United States and held by a provider seated in the United States
    And the cloud is the account of the suspect
    When the case is decided under the law of <day>
    Then an executive agreement order to the United States is <status> for the cloud
    And direct access to the cloud is <access>
    And mutual legal assistance from the United States is offered

    Examples:
      | day        | status  | access    |
      | 2022-10-02 | refused | refused   |
      | 2022-10-03 | offered | permitted |

  Scenario: Such an order does not reach a person of the other state
    The United Kingdom may not target persons in the United States or its nationals (agreement, art 4).
    Given a judge of the United Kingdom investigates online child sexual abuse material committed on 2022-09-01
    And the offence took effect in the United Kingdom
    And the offence carries up to 10 years in the United Kingdom
    And the suspect is a national of the United States
    And the suspect lives in the United States
    And the suspect is in the United States
    And the cloud, content data, is stored in the United States and held by a provider seated in the United States
    And the cloud is the account of the suspect
    When the case is decided under the law of 2022-10-04
    Then an executive agreement order to the United States is refused for the cloud
    And mutual legal assistance from the United States is offered

  Scenario Outline: Who may order a provider in another member state
    Regulation (EU) 2023/1543 art 4: a prosecutor may order subscriber data; content needs a judge, who issues the order or
    validates it, and an offence with a maximum of three years or more (art 5(4)). Denmark is not bound.
    Given <authority> of Germany investigates online extortion committed on 2026-07-01
    And the offence took effect in Germany
    And the offence carries up to <years> years in Germany
    And the data, <category>, is stored in <place> and held by a provider seated in <place>
    And the custodian of the data offers its services in Germany
    When the case is decided under the law of 2026-09-01
    Then a production order to <place> is <status> for the data

    Examples:
      | authority    | years | category        | place   | status    |
      | a judge      | 5     | content data    | Ireland | offered   |
      | a prosecutor | 5     | content data    | Ireland | undecided |
      | a judge      | 2     | content data    | Ireland | refused   |
      | a prosecutor | 2     | subscriber data | Ireland | offered   |
      | a judge      | 5     | content data    | Denmark | refused   |

  Scenario: Conversations still to come are not preserved, they are intercepted by the state asked (Skype, 2019)
    The Belgian Court of Cassation upheld a fine on a company of Luxembourg that did not intercept at a Belgian order
    (19 February 2019, P.17.1229.N). Directive 2014/41/EU art 30 has the procedure, and binds Luxembourg since 15
    September 2018. Preservation is for stored data only (Budapest Convention art 29(1)).
    Given a judge of Belgium investigates organised criminal group participation committed on 2019-01-10
    And the offence was committed in Belgium
    And the calls, content data, are stored in Luxembourg and held by a provider seated in Luxembourg
    And the calls arise in real time
    And the custodian of the calls offers its services in Belgium
    When the case is decided under the law of 2019-02-19
    Then a direct order to Luxembourg is refused for the calls
    And direct access to the calls is refused
    And an investigation order to Luxembourg is offered
    And expedited preservation from Luxembourg is refused
    And the officer is warned of contrary authority
