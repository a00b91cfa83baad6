Feature: We are asked
  A foreign authority asks ours for evidence or for a person, or goes straight to one of our companies. What it may have,
  in which way and on which conditions is a matter of the instruments in force between both states and of our law; what
  it may not have is refused with reasons (Convention on Cybercrime art 27(7); Convention against Transnational
  Organized Crime art 18(23)), and what is incomplete is sent back to be completed, not refused. Every item gets one
  reply: comply, comply in part, ask for more, redirect to the proper way, or refuse.

  Scenario: A foreign order to a company in China is referred to the authorities, and the company hands nothing over
    International Criminal Judicial Assistance Law of China art 4(3), in force on 26 October 2018.
    Given the police of China are asked for help with illegal access committed on 2018-01-15
    And the offence took effect in the United States
    And the log, traffic data, is stored in China and held by a provider seated in China
    And a prosecutor of the United States asks a provider seated in China for the log by a direct order
    When the case is decided under the law of 2018-10-26
    Then the reply on the log is redirect
    And the United States is referred to mutual legal assistance for the log
    And hand over on demand is forbidden for the log

  Scenario: The day before that law the order has no more force, but nothing forbids the company to answer
    Given the police of China are asked for help with illegal access committed on 2018-01-15
    And the offence took effect in the United States
    And the log, traffic data, is stored in China and held by a provider seated in China
    And a prosecutor of the United States asks a provider seated in China for the log by a direct order
    When the case is decided under the law of 2018-10-25
    Then the reply on the log is redirect
    And hand over on demand is not forbidden for the log
    And the officer is warned of no force here

  Scenario Outline: An American provider may give a foreign authority records, and contents only with consent
    18 USC 2702(a), 2702(b)(3) and 2702(c)(6). The exception for emergencies in 2702(b)(8) serves American authorities.
    Given the police of the United States are asked for help with computer fraud committed on 2026-02-01
    And the matter is <urgency>
    And the file, <category>, is stored in the United States and held by a provider seated in the United States
    And the person entitled to the file <consents> to its disclosure
    And the police of Brazil ask a provider seated in the United States for the file by <way>
    When the case is decided under the law of 2026-06-01
    Then the reply on the file is <reply>

    Examples:
      | urgency      | category        | consents         | way                     | reply    |
      | routine      | subscriber data | does not consent | voluntary disclosure    | comply   |
      | routine      | content data    | does not consent | voluntary disclosure    | redirect |
      | routine      | content data    | consents         | voluntary disclosure    | comply   |
      | an emergency | subscriber data | does not consent | an emergency disclosure | comply   |
      | an emergency | content data    | does not consent | an emergency disclosure | redirect |

  Scenario: A complete investigation order is carried out, and the days are counted from its receipt
    Directive 2014/41/EU arts 5, 12(3), 12(4) and 16(1).
    Given a prosecutor of Germany is asked for help with computer fraud committed on 2026-02-01
    And the mailbox, content data, is stored in Germany and held by a provider seated in Germany
    And a judge of France asks the authorities for the mailbox by an investigation order
    And the request was received on 2026-06-01
    And the request states authority, subject and reason, facts summary, legal text, evidence wanted, signature and translation
    When the case is decided under the law of 2026-06-03
    Then the reply on the mailbox is comply
    And the reason cites "eu-2014-41/9"
    And we have to acknowledge by 2026-06-08
    And we have to decide by 2026-07-01
    And we have to execute by 2026-09-29
    And the reason cites "eu-2014-41/12-4"
    And we may refuse the mailbox for fundamental rights

  Scenario: An investigation order without a description of the act is sent back, not refused
    Directive 2014/41/EU arts 5(1)(d) and 16(2)(a).
    Given a prosecutor of Germany is asked for help with computer fraud committed on 2026-02-01
    And the mailbox, content data, is stored in Germany and held by a provider seated in Germany
    And a judge of France asks the authorities for the mailbox by an investigation order
    And the request states authority, subject and reason, legal text, evidence wanted, signature and translation
    And the request does not state facts summary
    When the case is decided under the law of 2026-06-03
    Then the reply on the mailbox is ask for more
    And the request lacks facts summary
    And the reason cites "eu-2014-41/5"

  Scenario: What nobody has looked for in the request is neither there nor lacking
    Given a prosecutor of Germany is asked for help with computer fraud committed on 2026-02-01
    And the mailbox, content data, is stored in Germany and held by a provider seated in Germany
    And a judge of France asks the authorities for the mailbox by an investigation order
    When the case is decided under the law of 2026-06-03
    Then the reply on the mailbox is undecided
    And it has to be checked whether the request states facts summary and translation

  Scenario: An investigation order never goes to a provider
    Directive 2014/41/EU art 7(1): from authority to authority.
    Given a prosecutor of Germany is asked for help with computer fraud committed on 2026-02-01
    And the mailbox, content data, is stored in Germany and held by a provider seated in Germany
    And a judge of France asks a provider seated in Germany for the mailbox by an investigation order
    When the case is decided under the law of 2026-06-03
    Then the reply on the mailbox is redirect
    And France is referred to an investigation order for the mailbox

  Scenario Outline: A production order binds a provider from 18 August 2026
    Regulation (EU) 2023/1543 arts 10(2), 10(4), 12(1) and 34(2).
    Given the central authority of Ireland is asked for help with ransomware committed on 2026-07-01
    And the offence carries up to 10 years in Germany
    And the matter is <urgency>
    And the mailbox, content data, is stored in Ireland and held by a provider seated in Ireland
    And a judge of Germany asks a provider seated in Ireland for the mailbox by a production order
    And the request was received on <day>
    And the request states authority, identity of person, evidence wanted, <more> and signature
    When the case is decided under the law of <day>
    Then the reply on the mailbox is comply
    And we have to produce by <produce>
    And we have to object by <object>

    Examples:
      | urgency      | more                       | day        | produce    | object     |
      | routine      | legal text                 | 2026-08-18 | 2026-08-28 | 2026-08-28 |
      | an emergency | legal text, urgency reason | 2026-08-18 | 2026-08-19 | 2026-08-22 |
      | routine      | legal text, urgency reason | 2026-08-18 | 2026-08-19 | 2026-08-22 |

  Scenario: Before criminal proceedings no provider is ordered to produce
    Regulation (EU) 2023/1543 art 2(2): orders are issued in criminal proceedings only.
    Given the central authority of Ireland is asked for help with ransomware committed on 2026-07-01
    And the offence carries up to 10 years in Germany
    And the mailbox, content data, is stored in Ireland and held by a provider seated in Ireland
    And a judge of Germany asks a provider seated in Ireland for the mailbox by a production order
    And the request comes at the stage of intelligence
    When the case is decided under the law of 2026-08-18
    Then the reply on the mailbox is redirect

  Scenario: The day before, it binds nobody
    Given the central authority of Ireland is asked for help with ransomware committed on 2026-07-01
    And the offence carries up to 10 years in Germany
    And the mailbox, content data, is stored in Ireland and held by a provider seated in Ireland
    And a judge of Germany asks a provider seated in Ireland for the mailbox by a production order
    When the case is decided under the law of 2026-08-17
    Then the reply on the mailbox is redirect
    And Germany is referred to mutual legal assistance for the mailbox

  Scenario: Data are preserved at once, and are not handed over on that request
    Convention on Cybercrime arts 29(1), 29(2), 29(3) and 29(7).
    Given the police of Japan are asked for help with illegal access committed on 2026-05-20
    And the log, traffic data, is stored in Japan and held by a provider seated in Japan
    And the police of the United States ask the authorities for the log by an expedited preservation
    And the request was received on 2026-06-01
    And the request states authority, facts summary, data to preserve, link to offence, necessity and intent to request
    When the case is decided under the law of 2026-06-01
    Then the reply on the log is comply
    And hand over on preservation is forbidden for the log
    And we have to keep by 2026-07-31

  Scenario Outline: Without a treaty China asks for a promise of reciprocity
    International Criminal Judicial Assistance Law of China art 13. No text gives a number of days.
    Given the central authority of China is asked for help with cyber fraud committed on 2026-02-01
    And the offence carries up to 3 years in Switzerland
    And the records, financial records, are stored in China and held by a financial institution seated in China
    And a judge of Switzerland asks the authorities for the records by letters rogatory
    And the request was received on 2026-05-20
    And the request states authority, subject and reason, identity of person, facts summary, legal text, evidence wanted, purpose, link to offence, time wished and translation
    And the request <promise> reciprocity assurance
    When the case is decided under the law of 2026-06-01
    Then the reply on the records is <reply>
    And we may refuse the records for essential interests
    And no day is named by which we have to execute

    Examples:
      | promise        | reply        |
      | states         | comply       |
      | does not state | ask for more |

  Scenario: Where own law makes dual criminality a condition, its want refuses
    Act on International Assistance in Investigation of Japan art 2(ii).
    Given the central authority of Japan is asked for help with cyber gambling committed on 2026-02-01
    And the offence was not punishable in Japan
    And the offence was punishable in Switzerland
    And the mailbox, content data, is stored in Japan and held by a provider seated in Japan
    And a judge of Switzerland asks the authorities for the mailbox by mutual legal assistance
    When the case is decided under the law of 2026-06-01
    Then the reply on the mailbox is refuse
    And we must refuse the mailbox for dual criminality

  Scenario: Own proceedings on the same acts may postpone or limit what is given, and do not refuse it
    Convention on Cybercrime arts 27(5) and 27(6).
    Given a prosecutor of Japan is asked for help with illegal access committed on 2026-02-01
    And the offence was punishable in Japan and Switzerland
    And proceedings on the same facts are at the stage of investigation in Japan
    And the log, traffic data, is stored in Japan and held by a provider seated in Japan
    And a judge of Switzerland asks the authorities for the log by mutual legal assistance
    When the case is decided under the law of 2026-06-01
    Then the reply on the log is undecided
    And the reason cites "budapest/27-6"

  Scenario: What lies in a third state is asked for there
    Given the central authority of China is asked for help with illegal access committed on 2026-01-15
    And the mailbox, content data, is stored in Singapore and held by a provider seated in China
    And a prosecutor of the United States asks the authorities for the mailbox by mutual legal assistance
    When the case is decided under the law of 2026-06-01
    Then the reply on the mailbox is redirect
    And take directly is forbidden for the mailbox

  Scenario: Before it is known on what a demand rests nothing is handed over, and nothing is refused
    Given the police of China are asked for help with illegal access committed on 2026-01-15
    And the log, traffic data, is stored in China and held by a provider seated in China
    And an authority of the United States asks a provider seated in China for the log
    When the case is decided under the law of 2026-06-01
    Then the reply on the log is undecided
    And hand over on demand is forbidden for the log

  Scenario: A request cannot rest on a convention that is not in force
    The United Nations Convention against Cybercrime was signed in Hanoi and is not in force; another treaty is.
    Given the central authority of China is asked for help with illegal access committed on 2026-01-15
    And the log, traffic data, is stored in China and held by a provider seated in China
    And a prosecutor of the United States asks the authorities for the log by mutual legal assistance
    And the request rests on "uncc"
    When the case is decided under the law of 2026-06-01
    Then the reply on the log is redirect
    And the reason says "not in force"
    And the United States is referred to mutual legal assistance for the log
