import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoFile } from '../installation/installation.ts';
import { RunningProgram, runProgram } from './program.ts';

/**
 * Senders write times without a zone as their own wall time; the demonstration's loopback source stands in Japan. In the
 * form that needs no zone files.
 */
const japan = { TZ: 'JST-9' };

/** Whether rsyslog has its GnuTLS driver, which Debian packs apart. */
export const hasRsyslogTls = [
  '/usr/lib/x86_64-linux-gnu/rsyslog',
  '/usr/lib/aarch64-linux-gnu/rsyslog',
  '/usr/lib/rsyslog',
].some((folder) => existsSync(join(folder, 'lmnsd_gtls.so')));

async function runLogger(args: readonly string[]): Promise<void> {
  const { code, stderr } = await runProgram({ command: 'logger', args, env: japan });
  if (code !== 0) throw new Error(`logger ended with ${code}: ${stderr}`);
}

/** `logger` sends each line of the file by itself. */
export function sendWithLogger(demo: DemoFile, file: string, args: readonly string[]): Promise<void> {
  const { host, udp } = demo.syslog;
  return runLogger(['--server', host, '--port', String(udp), '--tag', 'register', ...args, '--file', file]);
}

/** Writes to a daemon's socket as every program of a host does. */
export function writeToSocket(socket: string, file: string): Promise<void> {
  return runLogger(['--socket', socket, '--tag', 'register', '--file', file]);
}

export interface SyslogDaemon {
  readonly program: RunningProgram;
  /** A socket for each way of forwarding. */
  readonly sockets: Readonly<Record<string, string>>;
}

interface Forwarding {
  readonly name: string;
  readonly action: string;
}

/** rsyslog with one rule set for each way of forwarding: LF framing, octet counting, and TLS by GnuTLS. */
export function startRsyslog(command: string, demo: DemoFile, folder: string): SyslogDaemon {
  const { host, tcp, tls, ca } = demo.syslog;
  const target = (port: number): string => `type="omfwd" target="${host}" port="${port}" protocol="tcp"`;
  const forwardings: readonly Forwarding[] = [
    { name: 'lf', action: `${target(tcp)} TCP_Framing="traditional"` },
    { name: 'octets', action: `${target(tcp)} TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format"` },
    {
      name: 'tls',
      action: `${target(tls)} TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format" StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/name" StreamDriverPermittedPeers="localhost" `,
    },
  ];
  const sockets = Object.fromEntries(forwardings.map(({ name }) => [name, join(folder, `rsyslog-${name}`)]));
  const config = [
    `global(workDirectory="${folder}" DefaultNetstreamDriverCAFile="${ca}" net.enableDNS="off" parser.escapeControlCharactersOnReceive="off")`,
    'module(load="imuxsock" SysSock.Use="off")',
    ...forwardings.flatMap(({ name, action }) => [
      `ruleset(name="${name}") { action(${action} queue.type="LinkedList" action.resumeRetryCount="-1") }`,
      `input(type="imuxsock" Socket="${sockets[name] ?? ''}" ruleset="${name}" RateLimit.Interval="0")`,
    ]),
  ];
  const path = join(folder, 'rsyslog.conf');
  writeFileSync(path, `${config.join('\n')}\n`);
  const args = ['-n', '-f', path, '-i', join(folder, 'rsyslog.pid')];
  return { program: new RunningProgram({ command, args, env: japan }), sockets };
}

/** syslog-ng with the IETF protocol over TCP. */
export function startSyslogNg(command: string, demo: DemoFile, folder: string): SyslogDaemon {
  const socket = join(folder, 'syslog-ng-socket');
  const config = `@version: current
options { keep-hostname(yes); flush-lines(100); };
source local { unix-dgram("${socket}"); };
destination akashi { syslog("${demo.syslog.host}" port(${demo.syslog.tcp}) transport("tcp")); };
log { source(local); destination(akashi); flags(flow-control); };
`;
  const path = join(folder, 'syslog-ng.conf');
  writeFileSync(path, config);
  const state = ['persist', 'pid', 'ctl'].map((name) => join(folder, `syslog-ng.${name}`));
  const args = ['-F', '--no-caps', '-f', path, '-R', state[0] ?? '', '-p', state[1] ?? '', '-c', state[2] ?? ''];
  return { program: new RunningProgram({ command, args, env: japan }), sockets: { ietf: socket } };
}
