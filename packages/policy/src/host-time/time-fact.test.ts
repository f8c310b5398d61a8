import { createNormalizer } from '@akashi/log-event';
import { matches, parseQuery } from '@akashi/query';
import { expect, it } from 'vitest';
import { timeFactOf, timeFactQuery, type TimeFact } from './time-fact.ts';

const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
const parsed = parseQuery(timeFactQuery, { timeZone: 'Asia/Tokyo' });
if (!parsed.ok) throw new Error('the query of time facts cannot be read');
const asked = parsed.tree;

function read(line: string): TimeFact | undefined {
  const { fields, labels } = derive(line);
  return timeFactOf({ field: (name) => fields[name], label: (name) => labels[name] });
}

function derive(line: string): Pick<ReturnType<typeof normalizer.normalize>, 'fields' | 'labels'> {
  return normalizer.normalize({
    record: Buffer.from(line),
    origin: {
      batchId: 'b',
      logGroup: 'g',
      logStream: 'web01',
      source: { id: 's', kind: 'http', address: '192.0.2.9' },
    },
    receivedAtUs: Date.parse('2026-11-22T12:00:00Z') * 1000,
    flags: 0,
  });
}

const syslog = (rest: string): string => `Nov 22 10:00:00 web01 ${rest}`;
const sudo = (command: string): string => syslog(`sudo: tanaka : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=${command}`);
const ntpd = (rest: string): string => `26 Feb 13:49:01 ntpd[7533]: ${rest}`;
const audit = (call: number, program: string): string =>
  `type=SYSCALL msg=audit(1795316890.680:40): arch=c000003e syscall=${call} success=yes exit=0 a0=0 a1=7 a2=0 a3=0 ` +
  `items=0 ppid=9 pid=10 auid=1000 uid=0 gid=0 euid=0 suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts1 ses=7 ` +
  `comm="${program}" exe="/usr/bin/${program}" key="time-change"`;
const windows = (provider: string, id: number, data: Readonly<Record<string, string>>): string =>
  `<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="${provider}"/>` +
  `<EventID>${id}</EventID><TimeCreated SystemTime="2026-11-22T01:00:00.1234567Z"/><Channel>System</Channel>` +
  `<Computer>dc01.corp.example</Computer></System><EventData>` +
  `${Object.entries(data)
    .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
    .join('')}</EventData></Event>`;
const security = 'Microsoft-Windows-Security-Auditing';
const jump = { PreviousTime: '2026-11-22T00:50:00Z', NewTime: '2026-11-22T01:00:00Z' };

it.each<[string, string, Partial<TimeFact>]>([
  ['ntpd that begins', ntpd('0.0.0.0 c016 06 restart'), { kind: 'unsynchronized', server: null }],
  ['ntpd in sync', ntpd('0.0.0.0 c615 05 clock_sync'), { kind: 'synchronized', server: null }],
  ['its server', ntpd('192.0.2.1 961a 8a sys_peer'), { kind: 'synchronized', server: '192.0.2.1' }],
  ['the leap indicator of any event of its own', ntpd('0.0.0.0 0614 04 freq_mode'), { kind: 'synchronized' }],
  ['no server any more', ntpd('0.0.0.0 c618 08 no_sys_peer'), { kind: 'unsynchronized' }],
  ['a peer that is not followed', ntpd('192.0.2.1 8014 83 unreachable'), { kind: 'seen', server: null }],
  ['an end', ntpd('ntpd exiting on signal 15'), { kind: 'stopped' }],
  [
    'a step of its own',
    ntpd('0.0.0.0 061c 0c clock_step +0.512345 s'),
    { kind: 'stepped', by: 'service', offsetSeconds: 0.512345 },
  ],
  [
    'an old ntpd',
    syslog('ntpd[7]: synchronized to 10.0.0.1, stratum 2'),
    { kind: 'synchronized', server: '10.0.0.1', stratum: 2 },
  ],
  [
    'chrony',
    syslog('chronyd[7]: Selected source 192.0.2.1 (ntp.example.jp)'),
    { kind: 'synchronized', server: '192.0.2.1' },
  ],
  ['chrony without', syslog("chronyd[7]: Can't synchronise: no majority"), { kind: 'unsynchronized' }],
  [
    'chrony that steps',
    syslog('chronyd[7]: System clock was stepped by -3.5 seconds'),
    { kind: 'stepped', by: 'service', offsetSeconds: -3.5 },
  ],
  ['somebody else who set it', syslog('chronyd[7]: Forward time jump detected!'), { kind: 'stepped', by: 'unknown' }],
  [
    'timesyncd',
    syslog('systemd-timesyncd[7]: Contacted time server 192.0.2.1:123 (a.example).'),
    { kind: 'synchronized', server: '192.0.2.1' },
  ],
  ['systemd', syslog('systemd[1]: Time has been changed'), { kind: 'stepped', by: 'unknown' }],
  ['a stopped service', syslog('systemd[1]: Stopped ntpd.service - Network Time Service.'), { kind: 'stopped' }],
  ['date by sudo', sudo('/usr/bin/date -s 12:00:00'), { kind: 'stepped', by: 'person', account: 'tanaka' }],
  ['date in its short form', sudo('/bin/date 112210002026'), { kind: 'stepped', by: 'person' }],
  ['timedatectl', sudo('/usr/bin/timedatectl set-time 12:00:00'), { kind: 'stepped', by: 'person' }],
  [
    'timedated',
    syslog('systemd-timedated[9]: Changed local time to Sun 2026-11-22 12:00:00 JST'),
    { kind: 'stepped', by: 'person' },
  ],
  ['the kernel of date', audit(227, 'date'), { kind: 'stepped', by: 'person', program: 'date' }],
  ['the kernel of ntpd', audit(164, 'ntpd'), { kind: 'stepped', by: 'service' }],
  [
    'the kernel itself',
    'type=TIME_INJOFFSET msg=audit(1795316890.679:59): sec=-16 nsec=124887145',
    { kind: 'stepped', offsetSeconds: -16 },
  ],
  [
    'Windows, a person',
    windows(security, 4616, { SubjectUserName: 'tanaka', ...jump, ProcessName: 'C:\\Windows\\System32\\cmd.exe' }),
    { kind: 'stepped', by: 'person', offsetSeconds: 600, account: 'tanaka' },
  ],
  [
    'Windows, its service',
    windows(security, 4616, {
      SubjectUserName: 'LOCAL SERVICE',
      ...jump,
      ProcessName: 'C:\\Windows\\System32\\svchost.exe',
    }),
    { kind: 'stepped', by: 'service' },
  ],
  [
    'w32time',
    windows('Microsoft-Windows-Time-Service', 37, {
      TimeSource: 'ntp.corp.example,0x8 (ntp.m|0x8|0.0.0.0:123-&gt;192.0.2.3:123)',
    }),
    { kind: 'synchronized', server: 'ntp.corp.example' },
  ],
  ['w32time without', windows('Microsoft-Windows-Time-Service', 36, {}), { kind: 'unsynchronized' }],
  [
    'Windows Time that stopped',
    windows('Service Control Manager', 7036, { param1: 'Windows Time', param2: 'stopped' }),
    { kind: 'stopped' },
  ],
])('reads %s', (_what, line, expected) => {
  expect(read(line)).toMatchObject(expected);
  const { fields, labels } = derive(line);
  expect(matches(asked, { ...fields, labels }), 'the query finds it').toBe(true);
});

it.each([
  ['date that only asks', sudo('/bin/date')],
  ['ntpdate that only asks', sudo('/usr/sbin/ntpdate -q 192.0.2.1')],
  ['a command with the words in a name', sudo('/usr/bin/vi /etc/date-set')],
  ['a clock kept right', audit(159, 'chronyd')],
  ['another service', syslog('systemd[1]: Stopped nginx.service - A web server.')],
  ['another Windows service', windows('Service Control Manager', 7036, { param1: 'Print Spooler', param2: 'stopped' })],
  ['Windows Time that runs', windows('Service Control Manager', 7036, { param1: 'Windows Time', param2: 'running' })],
  ['a sign-in', syslog('sshd[9]: Accepted password for a from 192.0.2.4 port 5 ssh2')],
])('says nothing of %s', (_what, line) => {
  expect(read(line)).toBeUndefined();
});
