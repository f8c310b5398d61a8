import { readAddress, readMac } from '../masters/network-address.ts';
import { terminalOf } from './terminal.ts';
import type { FactKind, LearnedFact } from './learned-fact.ts';

/** An event as it was read, before it is indexed. */
export interface ReadEvent {
  readonly eventId: string;
  readonly timeMs: number;
  readonly logGroup: string;
  readonly logStream: string;
  readonly sourceId: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

type Said = Partial<
  Pick<LearnedFact, 'account' | 'origin' | 'loginId' | 'mac' | 'address' | 'untilMs' | 'program' | 'pid' | 'session'>
>;
type Lesson = (event: Fields) => { kind: FactKind; said: Said } | undefined;

/** Field access in short. */
interface Fields {
  readonly text: (name: string) => string | null;
  readonly number: (name: string) => number | null;
  readonly timeMs: number;
}

/** Sessions that the system opens by itself, every few minutes on every machine. */
const ownSessions = new Set('cron crond CRON CROND anacron atd systemd systemd-user gdm-launch-environment'.split(' '));
/** A command of sudo that goes on as another account, rather than doing one thing as it. */
const shell =
  /(?:^|\/)(?:(?:ba|da|z|k|c|tc|fi|a)?sh|su|login|tmux|screen)(?: (?:-|-l|-i|--login|--shell|-s|root|- root))*$/;

const lessons: ReadonlyMap<string, Lesson> = new Map<string, Lesson>([
  ['dhcp_ack', lease],
  ['dhcp_release', leaseEnd],
  ['dhcp_expire', leaseEnd],
  ['ssh_login', signIn],
  ['user_login', signIn],
  ['session_opened', sessionOpened],
  ['user_start', sessionOpened],
  ['session_closed', sessionClosed],
  ['user_end', sessionClosed],
  ['user_logout', sessionClosed],
  ['windows_logon', windowsLogon],
  ['windows_logoff', windowsLogoff],
  ['su', (event) => elevation(event)],
  ['sudo_command', sudo],
]);

/** Whether events of this action may teach anything: asked of every event, before its fields are gathered. */
export function mayTeach(action: unknown): boolean {
  return typeof action === 'string' && lessons.has(action);
}

/**
 * What one event says of a lease or a session; undefined for nearly all. Only what succeeded counts. The same event gives the
 * same fact, whatever came before.
 */
export function learnFrom(event: ReadEvent): LearnedFact | undefined {
  const { fields, eventId, timeMs, logGroup, logStream, sourceId } = event;
  const action = fields['event.action'];
  const lesson = typeof action === 'string' ? lessons.get(action) : undefined;
  if (lesson === undefined || fields['event.outcome'] === 'failure') return undefined;
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const number = (name: string): number | null => {
    const value = fields[name];
    return typeof value === 'number' && Number.isSafeInteger(value) && value <= 0x7fff_ffff ? value : null;
  };
  const learned = lesson({ text, number, timeMs });
  if (learned === undefined) return undefined;
  const isLease = learned.kind === 'lease' || learned.kind === 'lease-end';
  return {
    kind: learned.kind,
    eventId,
    timeMs,
    logGroup,
    logStream,
    sourceId,
    host: text('host.name'),
    program: isLease ? null : text('process.name'),
    pid: isLease ? null : number('process.pid'),
    tty: isLease ? null : terminalOf(text('process.tty.name') ?? ''),
    session: isLease ? null : text('session.id'),
    loginId: null,
    account: null,
    origin: null,
    mac: null,
    address: null,
    untilMs: null,
    ...learned.said,
  };
}

function lease({ text, number, timeMs }: Fields): ReturnType<Lesson> {
  const mac = readMac(text('source.mac') ?? '');
  const address = readAddress(text('source.ip') ?? '');
  if (mac === undefined || address === undefined) return undefined;
  const seconds = number('dhcp.lease_seconds');
  // All ones is without end (RFC 2131, 3.3).
  const untilMs = seconds === null || seconds >= 0xffff_ffff ? null : timeMs + seconds * 1000;
  return { kind: 'lease', said: { mac, address, untilMs } };
}

function leaseEnd({ text }: Fields): ReturnType<Lesson> {
  const address = readAddress(text('source.ip') ?? '');
  if (address === undefined) return undefined;
  return { kind: 'lease-end', said: { mac: readMac(text('source.mac') ?? '') ?? null, address } };
}

function signIn(event: Fields): ReturnType<Lesson> {
  const account = event.text('user.name');
  if (account === null || isOwn(event)) return undefined;
  const address = readAddress(event.text('source.ip') ?? '') ?? null;
  return { kind: 'session-start', said: { account, address, loginId: event.text('user.id') } };
}

/** Kinds of logon in which nobody sits at the other end: of the system itself, of tasks and of services. */
const ownLogons = new Set(['0', '4', '5']);
/** Logon sessions of the system's own accounts: SYSTEM, NETWORK SERVICE, LOCAL SERVICE, and what comes without a name. */
const ownLogonIds = new Set(['0x0', '0x3e4', '0x3e5', '0x3e6', '0x3e7']);

/** Windows numbers its logon sessions, and what is done in one says its number (4624; machines' accounts end in `$`). */
function windowsLogon({ text }: Fields): ReturnType<Lesson> {
  const account = text('user.name');
  const session = logonId(text('winlog.logon.id'));
  if (account === null || account.endsWith('$') || session === null) return undefined;
  if (ownLogons.has(text('winlog.logon.type') ?? '')) return undefined;
  const address = readAddress(text('source.ip') ?? '') ?? null;
  // The process is the one that let the person in, not one of theirs.
  return { kind: 'session-start', said: { account, address, session, program: null, pid: null } };
}

function windowsLogoff({ text }: Fields): ReturnType<Lesson> {
  const session = logonId(text('winlog.logon.id'));
  return session === null ? undefined : { kind: 'session-end', said: { session, program: null, pid: null } };
}

function logonId(written: string | null): string | null {
  const id = written?.toLowerCase() ?? '';
  return /^0x[0-9a-f]{1,16}$/.test(id) && !ownLogonIds.has(id) ? id : null;
}

function elevation(event: Fields): ReturnType<Lesson> {
  const account = event.text('user.effective.name');
  const origin = event.text('user.name');
  const isKnown = origin !== null || event.text('session.id') !== null;
  if (account === null || !isKnown || origin === account || isOwn(event)) return undefined;
  return { kind: 'elevation', said: { account, origin, loginId: event.text('user.id') } };
}

function sudo(event: Fields): ReturnType<Lesson> {
  return shell.test(event.text('process.command_line') ?? '') ? elevation(event) : undefined;
}

/** Of sudo only its own line says whether one command was run or a shell; PAM's and Linux audit's are the same for both. */
function sessionOpened(event: Fields): ReturnType<Lesson> {
  if (isSudo(event)) return undefined;
  return event.text('user.effective.name') === null ? signIn(event) : elevation(event);
}

/** An end of sudo without the number of its process fits every other one. */
function sessionClosed(event: Fields): ReturnType<Lesson> {
  if (isOwn(event) || (isSudo(event) && event.number('process.pid') === null)) return undefined;
  return { kind: 'session-end', said: { account: event.text('user.effective.name') ?? event.text('user.name') } };
}

function isSudo({ text }: Fields): boolean {
  const service = text('service.name') ?? text('process.name');
  return service === 'sudo' || service === 'sudo-rs';
}

function isOwn({ text }: Fields): boolean {
  return ownSessions.has(text('service.name') ?? '') || ownSessions.has(text('process.name') ?? '');
}
