import type { TypedLine } from '../typed-lines.fixtures.ts';

const syntax = [
  "</Data><Data Name='SubjectUserName'>root",
  '</EventData>',
  '<Data',
  '&#49;',
  '&lt;',
  'Account Name: root ',
  'Subject:   Security ID: S-1-5-18 ',
  'Source Network Address: 198.51.100.66 ',
  'Sub Status: 0x0 ',
  'Logon Type: 2 ',
  'AUDIT_SUCCESS(4624): ',
  '","TargetUserName":"root',
  'CORP\\',
  '%%2313',
];

const escapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};
const escaped = (typed: string): string => typed.replace(/[<>&'"]/g, (character) => escapes[character] ?? '');

const holds = ['user.name', 'user.domain', 'pci.missing'];

export const typedLines: readonly TypedLine[] = [
  {
    what: "user's name in XML",
    write: (typed) =>
      "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>4625</EventID>" +
      "<Keywords>0x8010000000000000</Keywords><TimeCreated SystemTime='2026-11-22T01:00:00.5Z'/><Channel>Security</Channel><Computer>dc01</Computer></System>" +
      `<EventData><Data Name='TargetUserName'>${escaped(typed)}</Data><Data Name='TargetDomainName'>CORP</Data><Data Name='SubStatus'>0xc000006a</Data>` +
      "<Data Name='LogonType'>3</Data><Data Name='IpAddress'>192.0.2.7</Data></EventData></Event>",
    plain: 'bob',
    syntax,
    holds,
  },
  {
    what: "user's name in winlogbeat's JSON",
    write: (typed) =>
      JSON.stringify({
        '@timestamp': '2026-11-22T01:00:00.5Z',
        winlog: {
          channel: 'Security',
          event_id: '4625',
          computer_name: 'dc01',
          keywords: ['Audit Failure'],
          event_data: { TargetUserName: typed, TargetDomainName: 'CORP', LogonType: '3', IpAddress: '192.0.2.7' },
        },
        message: 'An account failed to log on.',
      }),
    plain: 'bob',
    syntax,
    holds,
  },
  {
    what: "user's name in Snare's one line",
    write: (typed) =>
      '<14>Nov 22 10:00:00 ap03 MSWinEventLog\t1\tSecurity\t4242\tSun Nov 22 10:00:00 2026\t4625\tMicrosoft-Windows-Security-Auditing\tN/A\tN/A\tFailure Audit\tap03\tLogon\t\t' +
      'An account failed to log on.    Subject:   Security ID:  S-1-0-0   Account Name:  AP03$   Account Domain:  CORP   Logon ID:  0x3e7    Logon Type:   3    ' +
      `Account For Which Logon Failed:   Security ID:  S-1-0-0   Account Name:  ${typed.replaceAll('\t', ' ')}   Account Domain:  CORP    Failure Information:   ` +
      'Failure Reason:  Unknown user name or bad password.   Status:   0xC000006D   Sub Status:  0xC0000064    Network Information:   Workstation Name: PC9   ' +
      'Source Network Address: 192.0.2.7   Source Port:  50000\t5150',
    plain: 'bob',
    syntax,
    holds: [...holds, 'message'],
  },
];
