import { hosts, type Host, type StoryPerson } from './shop.ts';
import type { StoryLine } from './story-line.ts';
import { writtenTime } from './story-time.ts';

/** A row of the entry system's file: when, badge, name, door, direction, result. */
export function doorRow(
  atMs: number,
  person: StoryPerson,
  passage: { readonly door: string; readonly direction: '入室' | '退室' },
): StoryLine {
  const { badge, name } = person;
  const text = [writtenTime(atMs).entry, badge, name, passage.door, passage.direction, '許可'].join(',');
  return { atMs, logGroup: 'doors/entry-system', logStream: 'gate01', text, isBusiness: false };
}

interface DirectoryEvent {
  readonly id: number;
  readonly category: string;
  readonly isFailure?: boolean;
  readonly provider?: string;
  readonly data: Readonly<Record<string, string>>;
}

/** An event of the directory's security log, as NXLog writes it in JSON. */
export function directoryEvent(
  atMs: number,
  { id, category, isFailure = false, provider, data }: DirectoryEvent,
): StoryLine {
  const { date, clock } = writtenTime(atMs);
  const entry = {
    EventTime: `${date} ${clock}`,
    Hostname: 'dc01.demo.example',
    EventType: isFailure ? 'AUDIT_FAILURE' : 'AUDIT_SUCCESS',
    SeverityValue: isFailure ? 4 : 2,
    Severity: isFailure ? 'ERROR' : 'INFO',
    EventID: id,
    SourceName: provider ?? 'Microsoft-Windows-Security-Auditing',
    RecordNumber: 100_000 + (Math.floor(atMs / 1000) % 800_000),
    ProcessID: 620,
    ThreadID: 2256,
    Channel: 'Security',
    Category: category,
    ...data,
  };
  // NXLog writes the 64 bits as a number, which no number of ours holds.
  const keywords = isFailure ? '-9218868437227405312' : '-9214364837600034816';
  const text = JSON.stringify(entry).replace('"EventType"', `"Keywords":${keywords},"EventType"`);
  return { atMs, logGroup: 'directory/security', logStream: 'dc01', text, isBusiness: false };
}

const domain = 'DEMO';

/** Signing in to the domain from a PC, right or wrong. */
export function directoryLogon(atMs: number, person: StoryPerson, outcome: 'success' | 'failure'): StoryLine {
  const isFailure = outcome === 'failure';
  return directoryEvent(atMs, {
    id: isFailure ? 4625 : 4624,
    category: 'Logon',
    isFailure,
    data: {
      SubjectUserSid: 'S-1-0-0',
      SubjectUserName: '-',
      TargetUserSid: `S-1-5-21-1-2-3-${person.uid}`,
      TargetUserName: person.account,
      TargetDomainName: domain,
      ...(isFailure
        ? { Status: '0xc000006d', SubStatus: '0xc000006a' }
        : { TargetLogonId: `0x${(person.uid * 4096).toString(16)}` }),
      LogonType: '3',
      WorkstationName: person.device,
      IpAddress: person.address,
      IpPort: String(49_152 + (Math.floor(atMs / 1000) % 16_000)),
    },
  });
}

export function directoryLogoff(atMs: number, person: StoryPerson): StoryLine {
  const data = {
    TargetUserSid: `S-1-5-21-1-2-3-${person.uid}`,
    TargetUserName: person.account,
    TargetDomainName: domain,
    TargetLogonId: `0x${(person.uid * 4096).toString(16)}`,
    LogonType: '3',
  };
  return directoryEvent(atMs, { id: 4634, category: 'Logoff', data });
}

/** Changing one's own password (4723), or setting another's (4724). */
export function passwordChange(atMs: number, by: StoryPerson, of: StoryPerson): StoryLine {
  const data = {
    TargetUserName: of.account,
    TargetDomainName: domain,
    TargetSid: `S-1-5-21-1-2-3-${of.uid}`,
    SubjectUserSid: `S-1-5-21-1-2-3-${by.uid}`,
    SubjectUserName: by.account,
    SubjectDomainName: domain,
    SubjectLogonId: `0x${(by.uid * 4096).toString(16)}`,
  };
  return directoryEvent(atMs, { id: by === of ? 4723 : 4724, category: 'User Account Management', data });
}

/** The security log was cleared (1102). */
export function logCleared(atMs: number, by: string): StoryLine {
  const data = {
    SubjectUserSid: 'S-1-5-21-1-2-3-500',
    SubjectUserName: by,
    SubjectDomainName: domain,
    SubjectLogonId: '0x55d5',
  };
  return directoryEvent(atMs, { id: 1102, category: 'Log clear', provider: 'Microsoft-Windows-Eventlog', data });
}

/** A line of a FortiGate by syslog: what every one has, and then the pairs of the message. */
export function firewallLine(atMs: number, priority: number, pairs: string): StoryLine {
  const { date, clock } = writtenTime(atMs);
  const text = `<${priority}>date=${date} time=${clock} devname="fw01" devid="FG100FTK20000001" eventtime=${atMs}000000 tz="+0900" ${pairs}`;
  return { atMs, logGroup: 'syslog', logStream: null, text, isBusiness: false };
}

/** A message of an IOS switch behind its relay's header. */
export function switchLine(atMs: number, host: Host, message: string): StoryLine {
  return {
    atMs,
    logGroup: 'network/switches',
    logStream: host,
    text: `${writtenTime(atMs).rfc3164} ${host}: ${message}`,
    isBusiness: false,
  };
}

export function databaseLine(
  atMs: number,
  session: { readonly user: string; readonly program: string; readonly address: string; readonly pid: number },
  message: string,
): StoryLine {
  const { user, program, address, pid } = session;
  const text = `${writtenTime(atMs).postgres} [${pid}]: [1-1] user=${user},db=shop,app=${program},client=${address} LOG:  ${message}`;
  return { atMs, logGroup: 'db/access', logStream: 'db01', text, isBusiness: false };
}

/** An entry of the order program's own log. */
export function programEntry(atMs: number, entry: Readonly<Record<string, unknown>>): StoryLine {
  const text = JSON.stringify({ '@timestamp': writtenTime(atMs).utc, ...entry });
  return { atMs, logGroup: 'app/orders', logStream: 'ap01', text, isBusiness: false };
}

export const addressOf = (host: Host): string => hosts[host];
