/**
 * Lines of a day, and what a person who knows the software expects each report to say of them. It shares no code with the
 * product: the expectation is written down line by line.
 */

export interface PlantedLine {
  readonly line: string;
  /** Reports that must list it, each with the flags that it must have there and no others. */
  readonly expected: Readonly<Record<string, readonly string[]>>;
}

export interface PlantedDay {
  readonly lines: readonly PlantedLine[];
  /** Tables to import before the runs, by name. */
  readonly masters: Readonly<Record<string, string>>;
}

const two = (number: number): string => String(number).padStart(2, '0');
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The newest working day that is over in Tokyo: its evening and night are outside working hours, its morning is not. */
function workingDayBefore(now: Date): { year: number; month: number; day: number } {
  const tokyo = new Date(now.getTime() + 9 * 3_600_000);
  for (let back = 1; ; back += 1) {
    const each = new Date(tokyo.getTime() - back * 86_400_000);
    const weekday = each.getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    return { year: each.getUTCFullYear(), month: each.getUTCMonth() + 1, day: each.getUTCDate() };
  }
}

/** `mark` is in every host's name and in the names of outsiders, so that one day's lines are nobody else's. */
export function plantDay(mark: string, now: Date): PlantedDay {
  const { year, month, day } = workingDayBefore(now);
  const syslog = `${months[month - 1]} ${String(day).padStart(2, ' ')}`;
  const iso = `${year}-${two(month)}-${two(day)}`;
  const server = `db-${mark}`;
  const controller = `dc-${mark}`;
  const database = `pg-${mark}`;
  const firewall = `fw-${mark}`;
  const utc = (time: string): string => new Date(`${iso}T${time}+09:00`).toISOString();
  const on = (time: string, rest: string): string => `${syslog} ${time} ${server} ${rest}`;
  const pg = (time: string, user: string, rest: string): string =>
    `${syslog} ${time} ${database} postgres[147]: ${iso} ${time}.123 JST [147] ${user}@shop LOG:  ${rest}`;
  const asa = (time: string, rest: string): string => `<166>${syslog} ${year} ${time} ${firewall} : ${rest}`;
  const windows = (time: string, id: number, data: Readonly<Record<string, string>>): string =>
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>` +
    `<Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>${id}</EventID><Keywords>0x8020000000000000</Keywords>` +
    `<TimeCreated SystemTime='${utc(time)}'/><EventRecordID>${id}77</EventRecordID><Channel>Security</Channel>` +
    `<Computer>${controller}</Computer></System><EventData>${Object.entries(data)
      .map(([name, value]) => `<Data Name='${name}'>${value}</Data>`)
      .join('')}</EventData></Event>`;

  const usual = { 'authentication-use': ['first-time'] };
  const signIn = { ...usual, 'successful-sign-ins': ['first-time'] };
  const attacker = `eve${mark}`;
  const lines: PlantedLine[] = [
    // Sign-ins that succeed: three formats, one of them at night.
    { line: on('10:00:00', 'sshd[42]: Accepted password for taro from 192.0.2.4 port 50022 ssh2'), expected: signIn },
    {
      line: on('10:20:00', 'sshd[43]: Accepted password for taro from 192.0.2.4 port 50023 ssh2'),
      expected: { 'authentication-use': [], 'successful-sign-ins': [] },
    },
    {
      line: windows('10:05:00', 4624, {
        TargetUserName: 'hanako',
        TargetDomainName: 'CORP',
        LogonType: '3',
        IpAddress: '192.0.2.50',
        SubjectUserName: '-',
      }),
      expected: signIn,
    },
    {
      line: asa(
        '21:00:01',
        '%ASA-6-605005: Login permitted from 192.0.2.10/52110 to inside:192.0.2.1/ssh for user "hanako"',
      ),
      expected: { ...usual, 'successful-sign-ins': ['outside-hours', 'first-time'] },
    },
    // Failures: one each in three formats, then six in a row and the success after them.
    {
      line: windows('11:00:00', 4625, {
        TargetUserName: 'hanako',
        TargetDomainName: 'CORP',
        LogonType: '3',
        IpAddress: '192.0.2.51',
        SubjectUserName: '-',
        Status: '0xc000006d',
      }),
      expected: { ...usual, 'failed-sign-ins': [] },
    },
    {
      line: asa(
        '11:05:00',
        '%ASA-6-605004: Login denied from 203.0.113.5/40001 to outside:198.51.100.1/ssh for user "kato"',
      ),
      expected: { ...usual, 'failed-sign-ins': [] },
    },
    ...[0, 1, 2, 3, 4, 5].map((minute): PlantedLine => ({
      line: on(
        `12:0${minute}:00`,
        `sshd[5${minute}]: Failed password for ${attacker} from 203.0.113.9 port 400${minute} ssh2`,
      ),
      expected: { 'authentication-use': minute === 0 ? ['first-time'] : [], 'failed-sign-ins': ['failures-in-a-row'] },
    })),
    {
      line: on('12:07:00', `sshd[57]: Accepted password for ${attacker} from 203.0.113.9 port 4010 ssh2`),
      expected: {
        'authentication-use': [],
        'successful-sign-ins': ['first-time'],
        'failed-sign-ins': ['success-after-failures'],
      },
    },
    // Credentials: one's own, by an administrator for somebody, by a database's administrator.
    {
      line: windows('13:00:00', 4723, {
        TargetUserName: 'hanako',
        TargetDomainName: 'CORP',
        SubjectUserName: 'hanako',
        SubjectDomainName: 'CORP',
      }),
      expected: { 'password-changes': [] },
    },
    {
      line: windows('13:05:00', 4724, {
        TargetUserName: 'hanako',
        TargetDomainName: 'CORP',
        SubjectUserName: 'sato.admin',
        SubjectDomainName: 'CORP',
      }),
      expected: { 'password-changes': ['changed-for-other'] },
    },
    {
      line: on('13:10:00', 'passwd[77]: pam_unix(passwd:chauthtok): password changed for taro'),
      expected: { 'password-changes': [] },
    },
    // Work: approved until 15:00, then not.
    {
      line: on('14:30:00', 'sudo:     taro : TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/systemctl restart nginx'),
      expected: { 'privilege-elevations': [], 'administrator-actions': [] },
    },
    {
      line: on('15:01:00', 'sudo:     taro : TTY=pts/1 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/systemctl restart nginx'),
      expected: { 'privilege-elevations': ['outside-approval'], 'administrator-actions': ['outside-approval'] },
    },
    {
      line: on('15:05:00', `su[88]: (to root) ${attacker} on pts/2`),
      expected: {
        'authentication-use': [],
        'privilege-elevations': ['outside-approval'],
        'administrator-actions': ['outside-approval', 'person-unknown'],
      },
    },
    {
      line: `<189>${syslog} ${year} 15:10:00 ${firewall} : %ASA-5-111008: User 'hanako' executed the 'no access-list outside_in extended deny ip any any' command.`,
      expected: { 'administrator-actions': ['outside-approval'], 'policy-changes': ['outside-approval'] },
    },
    {
      line: windows('15:20:00', 4719, {
        SubjectUserName: 'sato.admin',
        SubjectDomainName: 'CORP',
        AuditPolicyChanges: 'Success removed',
        SubcategoryGuid: '{0cce9215-69ae-11d9-bed3-505054503030}',
      }),
      expected: { 'policy-changes': ['outside-approval'] },
    },
    // Logs that end; one that begins is its usual course.
    {
      line: on(
        '16:00:00',
        'rsyslogd: [origin software="rsyslogd" swVersion="8.2302.0" x-pid="799" x-info="https://www.rsyslog.com"] exiting on signal 15.',
      ),
      expected: { 'log-clearing': ['any'] },
    },
    {
      line: on(
        '16:00:05',
        'rsyslogd: [origin software="rsyslogd" swVersion="8.2302.0" x-pid="801" x-info="https://www.rsyslog.com"] start',
      ),
      expected: {},
    },
    {
      line:
        `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Eventlog'/>` +
        `<EventID>1102</EventID><TimeCreated SystemTime='${utc('16:05:00')}'/><EventRecordID>110277</EventRecordID><Channel>Security</Channel>` +
        `<Computer>${controller}</Computer></System><UserData><LogFileCleared xmlns='http://manifests.microsoft.com/win/2004/08/windows/eventlog'>` +
        `<SubjectUserName>sato.admin</SubjectUserName><SubjectDomainName>CORP</SubjectDomainName></LogFileCleared></UserData></Event>`,
      expected: { 'log-clearing': ['any'] },
    },
    // Card data: a table and a file; another table is none.
    {
      line: pg(
        '16:30:00',
        'app',
        'AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.card_holder,select * from card_holder,<none>',
      ),
      expected: { 'card-data-access': ['first-time'] },
    },
    {
      line: windows('22:30:00', 4663, {
        SubjectUserName: 'hanako',
        SubjectDomainName: 'CORP',
        ObjectName: 'D:\\data\\card_holder.csv',
        ObjectType: 'File',
        AccessMask: '0x1',
      }),
      expected: { 'card-data-access': ['first-time', 'outside-hours'] },
    },
    {
      line: pg('16:32:00', 'app', 'AUDIT: SESSION,2,1,READ,SELECT,TABLE,public.orders,select * from orders,<none>'),
      expected: {},
    },
    // Objects made and removed.
    {
      line: pg(
        '16:40:00',
        'app',
        'AUDIT: SESSION,3,1,DDL,DROP TABLE,TABLE,public.orders_old,drop table orders_old,<none>',
      ),
      expected: { 'system-objects': ['outside-approval'] },
    },
    {
      line: windows('16:45:00', 4698, {
        SubjectUserName: 'sato.admin',
        SubjectDomainName: 'CORP',
        TaskName: '\\Nightly',
      }),
      expected: { 'system-objects': ['outside-approval'] },
    },
    // What no report is about.
    { line: on('17:00:00', 'kernel: [12345.678] eth0: link up, 1000 Mbps'), expected: {} },
  ];
  const people = ['person,name', `taro${mark},山田 太郎`, `hanako${mark},鈴木 花子`];
  const commonIds = [
    'system,id,person',
    `${server},taro,taro${mark}`,
    `${firewall},hanako,hanako${mark}`,
    `${controller},hanako,hanako${mark}`,
  ];
  const approvals = ['person,from,to,target', `taro${mark},${iso} 13:00,${iso} 15:00,${server}`];
  const text = (rows: readonly string[]): string => `${rows.join('\r\n')}\r\n`;
  return { lines, masters: { people: text(people), 'common-ids': text(commonIds), approvals: text(approvals) } };
}
