import { describe, expect, it } from 'vitest';
import { at, row } from '../claims/claims.fixtures.ts';
import { claimsOf } from '../claims/claims-of.ts';
import { peopleOf, resolve } from '../resolve/resolve.ts';
import { readLines } from './lines.fixtures.ts';

const rows = [
  row('common-ids', { system: 'web01', id: 'alice', person: 'yamada' }),
  row('common-ids', { system: 'web01', id: 'bob', person: 'suzuki' }),
  row('user-devices', { mac: '00-00-00-00-00-01', device: 'PC001', person: 'yamada' }),
];

/** Reads the lines, learns from all of them, and says for each whose it was. */
function whose(lines: readonly string[], logStream: string | null = null): string[][] {
  const read = readLines(lines, logStream);
  const claims = claimsOf(
    rows,
    read.flatMap(({ fact }) => fact ?? []),
  );
  return read.map((event) => peopleOf(resolve(event, claims)));
}

function expectWhose(told: ReadonlyArray<readonly [line: string, people: readonly string[]]>): void {
  const found = whose(told.map(([line]) => line));
  expect(told.map(([line], index) => [line, found[index]])).toEqual(told.map(([line, people]) => [line, [...people]]));
}

const yamada = ['yamada'];
const suzuki = ['suzuki'];
const sudoRoot = 'PWD=/root ; USER=root ; COMMAND=/usr/bin/systemctl stop auditd';

describe('root on one host, used by two people at the same time', () => {
  it('is whoever went there by su or sudo -i on the terminal', () => {
    expectWhose([
      ['Jun 29 09:58:00 web01 sshd[701]: Accepted publickey for alice from 203.0.113.1 port 50022 ssh2', yamada],
      [
        'Jun 29 09:58:00 web01 sshd[701]: pam_unix(sshd:session): session opened for user alice(uid=1000) by (uid=0)',
        yamada,
      ],
      ['Jun 29 09:59:00 web01 sshd[702]: Accepted password for bob from 203.0.113.2 port 50023 ssh2', suzuki],
      ['Jun 29 10:00:00 web01 su[711]: (to root) alice on pts/0', yamada],
      [
        'Jun 29 10:00:00 web01 su[711]: pam_unix(su:session): session opened for user root(uid=0) by alice(uid=1000)',
        yamada,
      ],
      ['Jun 29 10:00:10 web01 sudo[720]:      bob : TTY=pts/1 ; PWD=/home/bob ; USER=root ; COMMAND=/bin/bash', suzuki],
      [
        'Jun 29 10:00:10 web01 sudo[720]: pam_unix(sudo-i:session): session opened for user root(uid=0) by bob(uid=1001)',
        suzuki,
      ],
      [`Jun 29 10:01:00 web01 sudo[731]:     root : TTY=pts/0 ; ${sudoRoot}`, yamada],
      [`Jun 29 10:01:05 web01 sudo[732]:     root : TTY=pts/1 ; ${sudoRoot}`, suzuki],
      ['Jun 29 10:01:06 web01 crontab[740]: (root) REPLACE (root)', []],
      ['Jun 29 10:02:00 web01 su[711]: pam_unix(su:session): session closed for user root', yamada],
      [`Jun 29 10:02:01 web01 sudo[750]:     root : TTY=pts/0 ; ${sudoRoot}`, []],
      [`Jun 29 10:02:02 web01 sudo[751]:     root : TTY=pts/1 ; ${sudoRoot}`, suzuki],
      ['Jun 29 10:02:03 web01 crontab[760]: (root) REPLACE (root)', suzuki],
      ['Jun 29 10:02:04 web01 CRON[761]: (root) CMD (run-parts /etc/cron.hourly)', []],
    ]);
  });

  it('is so too where the lines have no process numbers and say less', () => {
    expectWhose([
      ['Jun 29 10:00:00 web01 su: (to root) alice on pts/0', yamada],
      ['Jun 29 10:00:00 web01 su: pam_unix(su-l:session): session opened for user root by alice(uid=1000)', yamada],
      ['Jun 29 10:00:10 web01 sudo:      bob : TTY=pts/1 ; PWD=/home/bob ; USER=root ; COMMAND=/bin/su -', suzuki],
      ['Jun 29 10:00:10 web01 sudo: pam_unix(sudo:session): session opened for user root by bob(uid=0)', suzuki],
      [`Jun 29 10:01:00 web01 sudo:     root : TTY=pts/0 ; ${sudoRoot}`, yamada],
      [`Jun 29 10:01:05 web01 sudo:     root : TTY=pts/1 ; ${sudoRoot}`, suzuki],
      // One command of sudo is no session.
      ['Jun 29 10:03:00 web01 sudo:      bob : TTY=pts/5 ; PWD=/home/bob ; USER=root ; COMMAND=/bin/ls', suzuki],
      [`Jun 29 10:03:05 web01 sudo:     root : TTY=pts/5 ; ${sudoRoot}`, []],
    ]);
  });

  it('is nobody’s after a refused change of account', () => {
    expectWhose([
      ['Jun 29 10:00:00 web01 su[711]: FAILED SU (to root) alice on pts/0', yamada],
      [`Jun 29 10:01:00 web01 sudo[731]:     root : TTY=pts/0 ; ${sudoRoot}`, []],
    ]);
  });

  it('is another machine’s no more than its own', () => {
    expectWhose([
      ['Jun 29 10:00:00 web01 su[711]: (to root) alice on pts/0', yamada],
      [`Jun 29 10:01:00 web02 sudo[731]:     root : TTY=pts/0 ; ${sudoRoot}`, []],
    ]);
  });
});

describe('Linux audit', () => {
  const audit = (type: string, time: string, rest: string): string =>
    `type=${type} msg=audit(${Date.parse(`2026-06-29T${time}+09:00`) / 1000}.000:7): ${rest}`;
  const start = (
    time: string,
    { acct, auid, ses, pid }: { acct: string; auid: number; ses: number; pid: number },
  ): string =>
    audit(
      'USER_START',
      time,
      `pid=${pid} uid=0 auid=${auid} ses=${ses} msg='op=PAM:session_open grantors=pam_unix acct="${acct}" exe="/usr/sbin/sshd" hostname=203.0.113.${auid - 999} addr=203.0.113.${auid - 999} terminal=ssh res=success'`,
    );
  const call = (time: string, auid: number, ses: number): string =>
    audit(
      'SYSCALL',
      time,
      `arch=c000003e syscall=90 success=yes exit=0 items=1 ppid=9 pid=10 auid=${auid} uid=0 gid=0 euid=0 tty=(none) ses=${ses} comm="chmod" exe="/bin/chmod" key="x"`,
    );

  it('says by the login session and the login id who root was', () => {
    const lines = [
      start('09:58:00', { acct: 'alice', auid: 1000, ses: 3, pid: 701 }),
      start('09:59:00', { acct: 'bob', auid: 1001, ses: 4, pid: 702 }),
      call('10:01:00', 1000, 3),
      call('10:01:01', 1001, 4),
      call('10:01:02', 4_294_967_295, 4_294_967_295),
      audit(
        'USER_END',
        '10:02:00',
        `pid=701 uid=0 auid=1000 ses=3 msg='op=PAM:session_close acct="alice" exe="/usr/sbin/sshd" hostname=203.0.113.1 addr=203.0.113.1 terminal=ssh res=success'`,
      ),
    ];
    expect(whose(lines, 'web01')).toEqual([yamada, suzuki, yamada, suzuki, [], yamada]);
  });
});

describe('leases in the logs', () => {
  const ack = (time: string, address: string): string =>
    `Jun 29 ${time} dhcp1 dhcpd[9]: DHCPACK on ${address} to 00:00:00:00:00:01 (PC001) via eth0`;
  const packet = (time: string, address: string): string =>
    `Jun 29 ${time} web01 sshd[5]: Failed password for invalid user x from ${address} port 5 ssh2`;

  it('lead an address to the user of the device from the lease until its release', () => {
    expectWhose([
      [packet('08:55:59', '192.168.0.1'), []],
      [ack('08:56:00', '192.168.0.1'), yamada],
      [packet('08:56:00', '192.168.0.1'), yamada],
      [packet('12:00:00', '192.168.0.1'), yamada],
      [
        'Jun 29 18:00:00 dhcp1 dhcpd[9]: DHCPRELEASE of 192.168.0.1 from 00:00:00:00:00:01 (PC001) via eth0 (found)',
        yamada,
      ],
      [packet('18:00:00', '192.168.0.1'), []],
      [packet('18:00:01', '192.168.0.1'), []],
    ]);
  });

  it('end when the device gets another address', () => {
    expectWhose([
      [ack('08:56:00', '192.168.0.1'), yamada],
      [ack('09:56:00', '192.168.0.7'), yamada],
      [packet('10:00:00', '192.168.0.1'), []],
      [packet('10:00:00', '192.168.0.7'), yamada],
    ]);
  });
});

describe('learnFrom', () => {
  it('says the same of the same line, and nothing of others', () => {
    const [su, other] = readLines([
      'Jun 29 10:00:00 web01 su[711]: (to root) alice on pts/0',
      'Jun 29 10:00:00 web01 kernel: x',
    ]);
    expect(other?.fact).toBeUndefined();
    expect(su?.fact).toEqual({
      kind: 'elevation',
      eventId: 'e0000',
      timeMs: at('10:00'),
      logGroup: 'secure',
      logStream: 'web01',
      sourceId: 's',
      host: 'web01',
      program: 'su',
      pid: 711,
      tty: 'pts/0',
      session: null,
      loginId: null,
      account: 'root',
      origin: 'alice',
      mac: null,
      address: null,
      untilMs: null,
    });
  });
});

describe('Administrator on one Windows host, used by two people at the same time', () => {
  const said = (data: Readonly<Record<string, string>>): string =>
    Object.entries(data)
      .map(([name, value]) => `<Data Name='${name}'>${value}</Data>`)
      .join('');
  const event = (id: number, time: string, data: Readonly<Record<string, string>>): string =>
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>${id}</EventID><Version>2</Version><Level>0</Level><Task>12544</Task><Opcode>0</Opcode><Keywords>0x8020000000000000</Keywords><TimeCreated SystemTime='2026-06-29T${time}Z'/><EventRecordID>1</EventRecordID><Execution ProcessID='620' ThreadID='1'/><Channel>Security</Channel><Computer>fs01.corp.example</Computer></System><EventData>${said(data)}</EventData></Event>`;
  const subject = {
    SubjectUserSid: 'S-1-5-18',
    SubjectUserName: 'FS01$',
    SubjectDomainName: 'CORP',
    SubjectLogonId: '0x3e7',
  };
  const logon = (time: string, account: string, more: { id: string; address: string; type?: string }): string =>
    event(4624, time, {
      ...subject,
      TargetUserSid: 'S-1-5-21-1-2-3-500',
      TargetUserName: account,
      TargetDomainName: 'CORP',
      TargetLogonId: more.id,
      LogonType: more.type ?? '10',
      ProcessId: '0x26c',
      ProcessName: 'C:\\Windows\\System32\\svchost.exe',
      IpAddress: more.address,
      IpPort: '51515',
    });
  const logoff = (time: string, id: string): string =>
    event(4634, time, {
      TargetUserSid: 'S-1-5-21-1-2-3-500',
      TargetUserName: 'Administrator',
      TargetDomainName: 'CORP',
      TargetLogonId: id,
      LogonType: '10',
    });
  const started = (time: string, id: string, account = 'Administrator'): string =>
    event(4688, time, {
      SubjectUserSid: 'S-1-5-21-1-2-3-500',
      SubjectUserName: account,
      SubjectDomainName: 'CORP',
      SubjectLogonId: id,
      NewProcessId: '0x900',
      NewProcessName: 'C:\\Windows\\System32\\wevtutil.exe',
      TokenElevationType: '%%1936',
      ProcessId: '0x26c',
      CommandLine: 'wevtutil cl Security',
    });
  const lease = (time: string, address: string, mac: string): string =>
    `Jun 29 ${time} dhcp1 dhcpd[9]: DHCPACK on ${address} to ${mac} (PC) via eth0`;

  it('is whoever came from the device, by the number of the logon session', () => {
    const rows = [
      row('user-devices', { mac: '00-00-00-00-00-01', device: 'PC001', person: 'yamada' }),
      row('user-devices', { mac: '00-00-00-00-00-02', device: 'PC002', person: 'suzuki' }),
    ];
    const lines = [
      lease('08:56:00', '192.168.0.1', '00:00:00:00:00:01'),
      lease('08:57:00', '192.168.0.2', '00:00:00:00:00:02'),
      logon('01:00:00', 'Administrator', { id: '0x2A1B3C', address: '192.168.0.1' }),
      logon('01:01:00', 'Administrator', { id: '0x2a1b9f', address: '192.168.0.2' }),
      logon('01:01:01', 'FS01$', { id: '0x2a1bff', address: '192.168.0.2', type: '3' }),
      started('01:02:00', '0x2a1b3c'),
      started('01:02:01', '0x2A1B9F'),
      started('01:02:02', '0x3e7', 'FS01$'),
      started('01:02:03', '0x777'),
      logoff('01:03:00', '0x2a1b3c'),
      started('01:04:00', '0x2a1b3c'),
      started('01:04:01', '0x2a1b9f'),
    ];
    const read = readLines(lines);
    const claims = claimsOf(
      rows,
      read.flatMap(({ fact }) => fact ?? []),
    );
    const people = read.map((each) => peopleOf(resolve(each, claims)));
    expect(people.slice(5)).toEqual([['yamada'], ['suzuki'], [], [], ['yamada'], [], ['suzuki']]);
    expect(resolve(read[5] ?? { document: {}, timeMs: 0 }, claims)).toMatchObject({ certainty: 'likely' });
    expect(read[4]?.fact).toBeUndefined();
  });
});
