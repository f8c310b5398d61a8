import type { LinePlace } from '../lines.fixtures.ts';

/** A line, the seconds after the first at which it was received, and what is else known of it. */
export type TimedLine = readonly [seconds: number, line: string, place?: LinePlace];

export interface StarterLines {
  readonly fires: readonly TimedLine[];
  readonly staysQuiet: readonly TimedLine[];
  /** Whether an approval covers the events that fire. */
  readonly approval?: 'outside';
}

const ssh = (text: string, host = 'web01'): string => `<38>Nov 30 12:00:00 ${host} sshd[4242]: ${text}`;
const at = (host: string, program: string, text: string): string => `<38>Nov 30 12:00:00 ${host} ${program}: ${text}`;
const failedFor = (user: string, ip = '203.0.113.7'): string =>
  ssh(`Failed password for ${user} from ${ip} port 50022 ssh2`);
const accepted = (user: string, ip = '203.0.113.7', host = 'web01'): string =>
  ssh(`Accepted password for ${user} from ${ip} port 50022 ssh2`, host);
const every = (count: number, apartSeconds: number, line: (index: number) => string): TimedLine[] =>
  Array.from({ length: count }, (_, index) => [index * apartSeconds, line(index)]);
const one = (line: string, place?: LinePlace): TimedLine[] => [place === undefined ? [0, line] : [0, line, place]];
const days = 86_400;
const access = (ip: string, path: string, status: number): string =>
  `${ip} - - [30/Nov/2026:12:00:00 +0900] "GET ${path} HTTP/1.1" ${status} 120 "-" "Mozilla/5.0"`;
const denied = (address: string, port: number): string =>
  `<164>Nov 30 12:00:00 fw01 : %ASA-4-106023: Deny tcp src outside:203.0.113.9/51234 dst inside:${address}/${port} by access-group "outside_in" [0x0, 0x0]`;
const windows = (id: number, channel: string, data: Readonly<Record<string, string>>): string =>
  '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>' +
  `<Provider Name="${channel === 'Security' ? 'Microsoft-Windows-Security-Auditing' : 'Service Control Manager'}"/><EventID>${id}</EventID>` +
  `<TimeCreated SystemTime="2026-11-30T03:00:00.000Z"/><Channel>${channel}</Channel><Computer>WS1</Computer></System><EventData>` +
  Object.entries(data)
    .map(([name, value]) => `<Data Name="${name}">${value}</Data>`)
    .join('') +
  '</EventData></Event>';
const audit = (euid: number, exe: string): string =>
  `type=SYSCALL msg=audit(1795316890.679:39): arch=c000003e syscall=59 success=yes exit=0 a0=1 items=2 ppid=9 pid=10 auid=1000 uid=${euid} gid=0 euid=${euid} ` +
  `suid=0 fsuid=0 egid=0 sgid=0 fsgid=0 tty=pts1 ses=7 comm="${exe.slice(exe.lastIndexOf('/') + 1)}" exe="${exe}"\u001dARCH=x86_64 SYSCALL=execve AUID="tanaka" UID="x" EUID="${euid === 0 ? 'root' : 'www-data'}"`;
/** A watched file as Linux audit tells of it, by the key of its watch. */
const cardFile =
  `type=SYSCALL msg=audit(1795316890.679:39): arch=c000003e syscall=257 success=yes exit=3 a0=1 items=1 ppid=9 pid=10 auid=1000 uid=1000 gid=0 euid=1000 ` +
  `tty=pts1 ses=7 comm="cp" exe="/usr/bin/cp" key="10.2.1-card-data"\u001dARCH=x86_64 SYSCALL=openat AUID="tanaka" UID="tanaka"`;
const trail = (name: string, type = 'IAMUser'): string =>
  JSON.stringify({
    eventVersion: '1.08',
    userIdentity: { type, arn: 'arn:aws:iam::1:user/bob', userName: 'bob' },
    eventTime: '2026-11-30T03:00:00Z',
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: name,
    awsRegion: 'ap-northeast-1',
    sourceIPAddress: '192.0.2.1',
    requestParameters: { name: 'main' },
  });
const own = (action: string, outcome: string): string =>
  JSON.stringify({
    '@timestamp': '2026-11-30T03:00:00.123Z',
    message: 'Password entered',
    event: { id: 'a2', action, category: ['authentication'], outcome, kind: 'event' },
    user: { name: 'nobody@example.jp' },
    source: { ip: '203.0.113.7' },
    akashi: { audit: { group: 'sign-in', actor: 'person' } },
  });
const akashi: LinePlace = { logGroup: 'akashi/audit', format: 'akashi-audit' };
const query = (user: string, object: string): string =>
  `2026-11-30 12:00:00.123 JST [147] ${user}@shop LOG:  AUDIT: SESSION,2,1,READ,SELECT,TABLE,${object},"select 1 from ${object}",<not logged>`;
const refused =
  '2026-11-30 12:00:00 JST [147]: [3-1] user=alice,db=shop,app=psql,client=192.168.0.1 ERROR:  permission denied for table cards';

/** Lines of each rule of the starter set that must, and that must not, become an alert. */
export const starterLines: Readonly<Record<string, StarterLines>> = {
  'sign-in-failures-of-account': {
    fires: every(10, 60, () => failedFor('tanaka')),
    staysQuiet: every(20, 80, () => failedFor('tanaka')),
  },
  'sign-in-failures-from-origin': {
    fires: every(20, 20, (index) => failedFor(`user${index}`)),
    staysQuiet: every(19, 20, (index) => failedFor(`user${index}`)),
  },
  'password-spraying': {
    fires: every(5, 60, (index) => failedFor(`user${index}`)),
    staysQuiet: every(30, 10, (index) => failedFor(`user${index % 4}`)),
  },
  'guessed-password': {
    fires: [...every(5, 10, () => failedFor('tanaka')), [60, accepted('tanaka')]],
    staysQuiet: [
      [0, accepted('tanaka')],
      ...every(4, 10, () => failedFor('tanaka')),
      [60, accepted('tanaka')],
      [61, failedFor('tanaka')],
    ],
  },
  'sign-in-of-shared-administrator': {
    fires: one(accepted('root')),
    staysQuiet: [...one(accepted('tanaka')), [1, failedFor('root')]],
  },
  'unknown-accounts-tried': {
    fires: every(5, 10, (index) => ssh(`Invalid user a${index} from 203.0.113.7 port 5`)),
    staysQuiet: every(4, 10, (index) => ssh(`Invalid user a${index} from 203.0.113.7 port 5`)),
  },
  'sign-in-from-new-origin': {
    fires: [
      [0, accepted('tanaka', '192.0.2.4')],
      [20 * days, accepted('tanaka', '203.0.113.7')],
    ],
    staysQuiet: [
      [0, accepted('tanaka', '192.0.2.4')],
      [20 * days, accepted('tanaka', '192.0.2.4')],
    ],
  },
  'one-account-many-origins': {
    fires: every(4, 600, (index) => accepted('tanaka', `192.0.2.${index}`)),
    staysQuiet: every(9, 300, (index) => accepted('tanaka', `192.0.2.${index % 3}`)),
  },
  'account-locked': {
    fires: one(at('web01', 'usermod[1265]', "lock user 'suzuki' password")),
    staysQuiet: one(at('web01', 'usermod[1265]', "unlock user 'suzuki' password")),
  },
  'administration-outside-hours': {
    fires: one(
      '<38>Nov 30 03:00:00 web01 sudo:     tanaka : TTY=pts/4 ; PWD=/home/tanaka ; USER=root ; COMMAND=/usr/bin/id',
    ),
    staysQuiet: one(
      '<38>Nov 30 11:00:00 web01 sudo:     tanaka : TTY=pts/4 ; PWD=/home/tanaka ; USER=root ; COMMAND=/usr/bin/id',
    ),
  },
  'administration-without-approval': {
    approval: 'outside',
    fires: one(at('web01', 'sudo', '    tanaka : TTY=pts/4 ; PWD=/home/tanaka ; USER=root ; COMMAND=/usr/bin/id')),
    staysQuiet: one(accepted('tanaka')),
  },
  'door-refused': {
    fires: every(3, 30, () => '2026/11/30 08:50:12,00077,鈴木 一郎,サーバ室,入室,拒否'),
    staysQuiet: every(3, 30, () => '2026/11/30 08:50:12,00077,鈴木 一郎,サーバ室,入室,許可'),
  },
  'elevation-refused': {
    fires: one(
      at(
        'web01',
        'sudo',
        '    bob : user NOT in sudoers ; TTY=pts/0 ; PWD=/home/bob ; USER=root ; COMMAND=/bin/cat /etc/shadow',
      ),
    ),
    staysQuiet: one(at('web01', 'sudo', '    alice : TTY=pts/4 ; PWD=/home/alice ; USER=root ; COMMAND=/usr/bin/id')),
  },
  'elevation-for-the-first-time': {
    fires: [
      [0, at('web01', 'sudo', '    alice : TTY=pts/4 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id')],
      [40 * days, at('web02', 'sudo', '    alice : TTY=pts/4 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id')],
    ],
    staysQuiet: [
      [0, at('web01', 'sudo', '    alice : TTY=pts/4 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id')],
      [40 * days, at('web01', 'sudo', '    alice : TTY=pts/4 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id')],
    ],
  },
  'administrators-changed': {
    fires: one(at('web01', 'gpasswd[1270]', 'user suzuki added by tanaka to group sudo')),
    staysQuiet: one(at('web01', 'gpasswd[1270]', 'user suzuki added by tanaka to group printers')),
  },
  'account-created': {
    fires: one(
      at(
        'web01',
        'useradd[1264]',
        'new user: name=suzuki, UID=1005, GID=1005, home=/home/suzuki, shell=/bin/bash, from=/dev/pts/1',
      ),
    ),
    staysQuiet: one(at('web01', 'useradd[1264]', "failed adding user 'suzuki', exit code: 9")),
  },
  'short-lived-account': {
    fires: [
      [
        0,
        at(
          'web01',
          'useradd[1264]',
          'new user: name=tmp, UID=1005, GID=1005, home=/home/tmp, shell=/bin/bash, from=/dev/pts/1',
        ),
      ],
      [3_600, at('web01', 'userdel[1266]', "delete user 'tmp'")],
    ],
    staysQuiet: [
      [0, at('web01', 'userdel[1266]', "delete user 'tmp'")],
      [
        60,
        at(
          'web01',
          'useradd[1264]',
          'new user: name=tmp, UID=1005, GID=1005, home=/home/tmp, shell=/bin/bash, from=/dev/pts/1',
        ),
      ],
    ],
  },
  'password-of-administrator-changed': {
    fires: one(at('web01', 'passwd', 'pam_unix(passwd:chauthtok): password changed for root')),
    staysQuiet: one(at('web01', 'passwd', 'pam_unix(passwd:chauthtok): password changed for tanaka')),
  },
  'database-rights-granted': {
    fires: one('2026-11-30 12:00:00.123 JST [147] alice@shop LOG:  duration: 12.345 ms  statement: grant admin to bob'),
    staysQuiet: one(query('alice', 'public.items')),
  },
  'card-data-by-new-account': {
    fires: [
      [0, query('app', 'public.cards')],
      [40 * days, query('alice', 'public.cards')],
    ],
    staysQuiet: [
      [0, query('app', 'public.cards')],
      [40 * days, query('app', 'public.cards')],
      [40 * days, query('alice', 'public.items')],
    ],
  },
  'card-data-in-bulk': {
    fires: every(50, 10, () => cardFile),
    staysQuiet: [...every(49, 10, () => cardFile), [86_400, cardFile]],
  },
  'database-refused': { fires: every(3, 30, () => refused), staysQuiet: every(2, 30, () => refused) },
  'sign-in-to-this-product-refused': {
    fires: every(5, 10, () => own('sign-in.password', 'failure')).map(([seconds, line]) => [seconds, line, akashi]),
    staysQuiet: every(9, 10, () => own('sign-in.password', 'success')).map(([seconds, line]) => [
      seconds,
      line,
      akashi,
    ]),
  },
  'logging-stopped': {
    fires: one(at('web01', 'systemd[1]', 'Stopped auditd.service - Security Auditing Service.')),
    staysQuiet: [
      ...one(at('web01', 'systemd[1]', 'Started rsyslog.service - System Logging Service.')),
      [1, at('web01', 'systemd[1]', 'Stopped OpenSSH server daemon.')],
    ],
  },
  'logging-not-started-again': {
    fires: [
      [0, at('web01', 'systemd[1]', 'Stopped rsyslog.service - System Logging Service.')],
      [60, at('web02', 'systemd[1]', 'Started rsyslog.service - System Logging Service.')],
    ],
    staysQuiet: [
      [0, at('web01', 'systemd[1]', 'Stopped rsyslog.service - System Logging Service.')],
      [60, at('web01', 'systemd[1]', 'Started rsyslog.service - System Logging Service.')],
    ],
  },
  'logs-read-by-new-account': {
    fires: [
      [0, '<189>1: Nov 30 12:00:00.123 JST: %PARSER-5-CFGLOG_LOGGEDCMD: User:yamada  logged command:!exec: enable'],
      [40 * days, "<167>Nov 30 12:00:10 fw01 : %ASA-7-111009: User 'yamada' executed cmd: show logging"],
    ],
    staysQuiet: one("<167>Nov 30 12:00:10 fw01 : %ASA-7-111009: User 'yamada' executed cmd: show logging"),
  },
  'cloud-trail-stopped': { fires: one(trail('StopLogging')), staysQuiet: one(trail('DescribeTrails')) },
  'cloud-root-used': { fires: one(trail('ConsoleLogin', 'Root')), staysQuiet: one(trail('ConsoleLogin')) },
  'clock-set-by-hand': {
    fires: one(at('web01', 'systemd-timedated[5]', 'Changed local time to Mon 2026-11-30 12:00:00 JST')),
    staysQuiet: one(at('web01', 'ntpd[5]', '0.0.0.0 061c 0c clock_step -0.512345 s')),
  },
  'clock-stepped': {
    fires: one(at('web01', 'ntpd[5]', '0.0.0.0 061c 0c clock_step -0.512345 s')),
    staysQuiet: one(at('web01', 'ntpd[5]', '0.0.0.0 c615 05 clock_sync')),
  },
  'time-source-not-back': {
    fires: [
      [0, at('web01', 'chronyd[77]', "Can't synchronise: no selectable sources")],
      [60, at('web02', 'chronyd[77]', 'Selected source 192.0.2.1 (ntp.example.jp)')],
    ],
    staysQuiet: [
      [0, at('web01', 'chronyd[77]', "Can't synchronise: no selectable sources")],
      [60, at('web01', 'chronyd[77]', 'Selected source 192.0.2.1 (ntp.example.jp)')],
    ],
  },
  'time-daemon-stopped': {
    fires: one(at('web01', 'ntpd[5]', 'ntpd exiting on signal 15 (Terminated)')),
    staysQuiet: [
      [0, at('web01', 'chronyd[77]', 'chronyd exiting')],
      [5, at('web01', 'chronyd[77]', 'chronyd version 4.5 starting (+CMDMON +NTP)')],
    ],
  },
  'watched-file-changed': {
    fires: one(at('web01', 'aide[3301]', 'changed: /etc/passwd')),
    staysQuiet: one(
      at('web01', 'tripwire[3302]', 'Integrity Check Complete: TWReport web01 20261122100000 V:2 S:100 A:1 R:0 C:1'),
    ),
  },
  'service-installed': {
    fires: one(windows(7045, 'System', { ServiceName: 'x', ImagePath: '%COMSPEC% /c calc' })),
    staysQuiet: one(windows(7036, 'System', { param1: 'Spooler', param2: 'running' })),
  },
  'scheduled-task-changed': {
    fires: one(at('web01', 'crontab[5]', '(alice) REPLACE (alice)')),
    staysQuiet: one(at('web01', 'CRON[12]', '(root) CMD (run-parts /etc/cron.hourly)')),
  },
  'software-installed': {
    fires: one(at('web01', 'yum[2201]', 'Installed: nmap-2:6.40-19.el7.x86_64')),
    staysQuiet: one('2026-11-30 12:00:00 upgrade openssl:amd64 3.0.11-1 3.0.13-1'),
  },
  'malware-found': {
    fires: one(at('web01', 'clamd[3401]', '/srv/upload/invoice.pdf: Win.Test.EICAR_HDB-1 FOUND')),
    staysQuiet: one(at('web01', 'clamd[3401]', 'SelfCheck: Database status OK.')),
  },
  'malware-patterns-old': {
    fires: [
      [0, at('web01', 'clamd[3401]', 'SelfCheck: Database status OK.')],
      [3 * days, accepted('tanaka')],
    ],
    staysQuiet: every(4, days, () => at('web01', 'clamd[3401]', 'SelfCheck: Database status OK.')),
  },
  'shell-from-a-service': { fires: one(audit(33, '/usr/bin/bash')), staysQuiet: one(audit(0, '/usr/bin/bash')) },
  'new-program-as-root': {
    fires: [
      [0, audit(0, '/usr/bin/id')],
      [40 * days, audit(0, '/tmp/x')],
    ],
    staysQuiet: [
      [0, audit(0, '/usr/bin/id')],
      [40 * days, audit(0, '/usr/bin/id')],
    ],
  },
  'ports-tried': {
    fires: every(15, 10, (index) => denied('192.0.2.30', 1_000 + index)),
    staysQuiet: every(40, 5, (index) => denied('192.0.2.30', 1_000 + (index % 14))),
  },
  'hosts-tried': {
    fires: every(10, 10, (index) => denied(`192.0.2.${index}`, 445)),
    staysQuiet: every(40, 5, (index) => denied(`192.0.2.${index % 9}`, 445)),
  },
  'network-device-changed': {
    fires: one(
      '<189>104: Nov 30 12:00:04.123 JST: %SYS-5-CONFIG_I: Configured from console by yamada on vty0 (192.0.2.10)',
    ),
    staysQuiet: one(
      '<187>124: Nov 30 12:00:21.123 JST: %LINK-3-UPDOWN: Interface GigabitEthernet0/2, changed state to down',
    ),
  },
  'intrusion-detected': {
    fires: one(
      at(
        'ids01',
        'snort[101]',
        '[1:2001219:20] ET SCAN Potential SSH Scan [Classification: Attempted Information Leak] [Priority: 2] {TCP} 203.0.113.9:40001 -> 192.0.2.30:22',
      ),
    ),
    staysQuiet: one(at('ids01', 'snort[101]', 'Snort initialization completed successfully')),
  },
  'web-attack': {
    fires: one(access('203.0.113.9', '/download?file=../../../etc/passwd', 404)),
    staysQuiet: one(access('203.0.113.9', '/items/../items/5', 200)),
  },
  'web-scanned': {
    fires: every(50, 5, (index) => access('203.0.113.9', `/${index}`, 404)),
    staysQuiet: every(60, 5, (index) => access('203.0.113.9', `/${index}`, 200)),
  },
};
