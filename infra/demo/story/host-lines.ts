import type { Host } from './shop.ts';
import type { StoryLine } from './story-line.ts';
import { writtenTime } from './story-time.ts';

const facilities = { authpriv: 10, cron: 9, daemon: 3 } as const;

interface SyslogLine {
  readonly host: Host;
  readonly facility: keyof typeof facilities;
  /** RFC 5424's code: 5 notice, 6 informational. */
  readonly severity?: 5 | 6;
  /** `sshd[812]`. */
  readonly tag: string;
  readonly message: string;
}

/** RFC 3164, as rsyslog of the servers sends it. */
export function syslogLine(atMs: number, { host, facility, severity = 6, tag, message }: SyslogLine): StoryLine {
  const priority = facilities[facility] * 8 + severity;
  const text = `<${priority}>${writtenTime(atMs).rfc3164} ${host} ${tag}: ${message}`;
  return { atMs, logGroup: 'syslog', logStream: null, text, isBusiness: false };
}

export interface ShellSession {
  readonly host: Host;
  readonly account: string;
  readonly uid: number;
  readonly address: string;
  readonly pid: number;
  readonly port: number;
}

const keyPrint = (account: string): string =>
  `ED25519 SHA256:${Buffer.from(account.repeat(4)).toString('base64').replaceAll('=', '').slice(0, 43)}`;

/** What sshd says of a sign-in by key, its session and its end. */
export function shellSession(session: ShellSession, fromMs: number, untilMs: number): StoryLine[] {
  const { host, account, uid, address, pid, port } = session;
  const line = (atMs: number, message: string): StoryLine =>
    syslogLine(atMs, { host, facility: 'authpriv', tag: `sshd[${pid}]`, message });
  return [
    line(fromMs, `Accepted publickey for ${account} from ${address} port ${port} ssh2: ${keyPrint(account)}`),
    line(fromMs + 40, `pam_unix(sshd:session): session opened for user ${account}(uid=${uid}) by (uid=0)`),
    line(untilMs, `Received disconnect from ${address} port ${port}:11: disconnected by user`),
    line(untilMs + 15, `Disconnected from user ${account} ${address} port ${port}`),
    line(untilMs + 30, `pam_unix(sshd:session): session closed for user ${account}`),
  ];
}

export function failedPassword(atMs: number, session: ShellSession): StoryLine {
  const { host, account, address, pid, port } = session;
  const message = `Failed password for ${account} from ${address} port ${port} ssh2`;
  return syslogLine(atMs, { host, facility: 'authpriv', tag: `sshd[${pid}]`, message });
}

export function acceptedPassword(atMs: number, session: ShellSession): StoryLine {
  const { host, account, address, pid, port } = session;
  const message = `Accepted password for ${account} from ${address} port ${port} ssh2`;
  return syslogLine(atMs, { host, facility: 'authpriv', tag: `sshd[${pid}]`, message });
}

/** A process number for what happens at a moment. */
const processAt = (atMs: number): number => 2_000 + ((Math.floor(atMs / 1000) * 7_919) % 28_000);

interface Terminal {
  readonly host: Host;
  readonly account: string;
  /** `pts/1`. */
  readonly tty: string;
}

export function sudoCommand(atMs: number, { host, account, tty }: Terminal, command: string): StoryLine {
  const message = `${account} : TTY=${tty} ; PWD=${account === 'root' ? '/root' : `/home/${account}`} ; USER=root ; COMMAND=${command}`;
  return syslogLine(atMs, { host, facility: 'authpriv', severity: 5, tag: `sudo[${processAt(atMs)}]`, message });
}

/** What root runs as another account: whose act it is, only the terminal says. */
export function rootCommand(atMs: number, { host, tty }: Omit<Terminal, 'account'>, command: string): StoryLine {
  const message = `root : TTY=${tty} ; PWD=/root ; USER=postgres ; COMMAND=${command}`;
  return syslogLine(atMs, { host, facility: 'authpriv', severity: 5, tag: `sudo[${processAt(atMs)}]`, message });
}

/** From an account to root on a terminal, and back. */
export function suSession(
  terminal: Terminal & { readonly uid: number; readonly pid: number },
  fromMs: number,
  untilMs: number,
): StoryLine[] {
  const { host, account, tty, uid, pid } = terminal;
  const line = (atMs: number, message: string): StoryLine =>
    syslogLine(atMs, { host, facility: 'authpriv', tag: `su[${pid}]`, message });
  return [
    line(fromMs, `(to root) ${account} on ${tty}`),
    line(fromMs + 20, `pam_unix(su-l:session): session opened for user root(uid=0) by ${account}(uid=${uid})`),
    line(untilMs, 'pam_unix(su-l:session): session closed for user root'),
  ];
}

interface OpenedFile {
  readonly host: Host;
  readonly account: string;
  readonly uid: number;
  readonly program: string;
  readonly path: string;
  /** The rule's key, as the organisation's audit rules name requirements. */
  readonly key: string;
  readonly syscall?: 'openat' | 'unlinkat';
}

const syscallNumbers = { openat: 257, unlinkat: 263 } as const;

/** The records of one event in the file of the Linux audit daemon, enriched. */
export function auditedFile(atMs: number, file: OpenedFile): StoryLine[] {
  const { host, account, uid, program, path, key, syscall = 'openat' } = file;
  const serial = 10_000 + (Math.floor(atMs / 97) % 80_000);
  const stamp = `msg=audit(${writtenTime(atMs).audit}:${serial})`;
  const ids = `auid=${uid} uid=${uid} gid=${uid} euid=${uid} suid=${uid} fsuid=${uid} egid=${uid} sgid=${uid} fsgid=${uid}`;
  const slash = path.lastIndexOf('/');
  const nametype = syscall === 'unlinkat' ? 'DELETE' : 'NORMAL';
  const records = [
    `type=SYSCALL ${stamp}: arch=c000003e syscall=${syscallNumbers[syscall]} success=yes exit=3 a0=ffffff9c a1=7ffd1c2f a2=0 a3=0 items=1 ppid=2686 pid=${3000 + (serial % 20_000)} ${ids} tty=pts0 ses=14 comm="${program}" exe="/usr/bin/${program}" key="${key}"\u001dARCH=x86_64 SYSCALL=${syscall} AUID="${account}" UID="${account}" GID="${account}" EUID="${account}" SUID="${account}" FSUID="${account}" EGID="${account}" SGID="${account}" FSGID="${account}"`,
    `type=CWD ${stamp}: cwd="${path.slice(0, slash) || '/'}"`,
    `type=PATH ${stamp}: item=0 name="${path}" inode=${400_000 + path.length} dev=fd:00 mode=0100640 ouid=0 ogid=0 rdev=00:00 nametype=${nametype} cap_fp=0 cap_fi=0 cap_fe=0 cap_fver=0 cap_frootid=0\u001dOUID="root" OGID="root"`,
  ];
  return records.map((text) => ({
    atMs,
    logGroup: 'audit',
    logStream: host,
    text: `node=${host} ${text}`,
    isBusiness: false,
  }));
}

export function leaseLines(
  atMs: number,
  lease: { readonly mac: string; readonly address: string; readonly device: string },
): StoryLine[] {
  const { address, device } = lease;
  const mac = lease.mac.replaceAll('-', ':').toLowerCase();
  const line = (message: string): StoryLine =>
    syslogLine(atMs, { host: 'dhcp01', facility: 'daemon', tag: 'dhcpd[812]', message });
  return [
    line(`DHCPREQUEST for ${address} from ${mac} (${device}) via eth0`),
    line(`DHCPACK on ${address} to ${mac} (${device}) via eth0`),
  ];
}

export function ntpdLine(atMs: number, host: Host, rest: string): StoryLine {
  return {
    atMs,
    logGroup: 'ntpd',
    logStream: host,
    text: `${writtenTime(atMs).ntpd} ntpd[7533]: ${rest}`,
    isBusiness: false,
  };
}
