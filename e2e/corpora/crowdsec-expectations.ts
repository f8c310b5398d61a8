import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventClass } from '@akashi/log-event';
import type { Expectation, StatedField } from './expectation.ts';

/** Names of CrowdSec's parsers that state what stands in the line. Others are computed from it, and say nothing of it. */
const ours: Readonly<Record<string, readonly string[]>> = {
  logsource: [],
  machine: ['host.name'],
  hostname: ['host.name'],
  pid: ['process.pid'],
  PID: ['process.pid'],
  tid: ['process.thread.id', 'process.pid'],
  loglevel: ['log.level'],
  module: ['log.logger'],
  errorcode: ['event.code'],
  clientip: ['source.ip'],
  client: ['source.ip'],
  clientport: ['source.port'],
  remote_addr: ['source.ip'],
  source_ip: ['source.ip'],
  src_ip: ['source.ip'],
  src_port: ['source.port'],
  source_port: ['source.port'],
  dst_ip: ['destination.ip'],
  dst_port: ['destination.port'],
  sshd_client_ip: ['source.ip'],
  sshd_client_port: ['source.port'],
  sshd_port: ['source.port'],
  sshd_invalid_user: ['user.name'],
  sshd_auth_user: ['user.name'],
  target_user: ['user.name'],
  user: ['user.name'],
  username: ['user.name'],
  remote_user: ['user.name'],
  auth: ['user.name'],
  ruser: ['user.name', 'ruser'],
  logname: ['logname', 'user.name'],
  uid: ['user.id', 'uid'],
  euid: ['user.effective.id', 'euid'],
  tty: ['process.tty.name'],
  verb: ['http.request.method'],
  response: ['http.response.status_code'],
  status: ['http.response.status_code'],
  bytes: ['http.response.body.bytes'],
  body_bytes_sent: ['http.response.body.bytes'],
  httpversion: ['http.version'],
  http_version: ['http.version'],
  request: ['url.original', 'url.path'],
  referrer: ['http.request.referrer'],
  http_referer: ['http.request.referrer'],
  http_user_agent: ['user_agent.original'],
  target_fqdn: ['url.domain'],
  pgsql_user: ['user.name'],
  pgsql_target_user: ['user.name'],
  pgsql_dbname: ['database.name'],
  auth_method: ['method'],
  using_password: ['using_password'],
  err_code: ['event.code'],
  subsystem: ['log.logger'],
  int_eth: ['observer.ingress.interface.name', 'interface.name', 'IN'],
  proto: ['network.transport', 'PROTO'],
  cef_device_vendor: ['device_vendor'],
  cef_device_product: ['device_product'],
  cef_device_version: ['device_version'],
  cef_event_name: ['name'],
  cef_severity: ['event.severity'],
  cef_signature_id: ['event.code'],
  exe: ['process.executable'],
  ppid: ['process.parent.pid'],
  auid: ['user.id', 'auid'],
};

const classesOfLogType: Readonly<Record<string, readonly EventClass[]>> = {
  'ssh_failed-auth': ['authentication-use', 'access-denied'],
  ssh_bad_keyexchange: [],
  'ssh_success-auth': ['authentication-use'],
  auth_success: ['authentication-use'],
  pgsql_failed_auth: ['authentication-use', 'access-denied'],
  mysql_failed_auth: ['authentication-use', 'access-denied'],
  pam_failed_auth: ['authentication-use', 'access-denied'],
  pam_failed: ['authentication-use', 'access-denied'],
  iptables_drop: ['access-denied'],
};

/** Lines that they count as refused, and that say of no attempt. */
export const crowdsecDifferences: ReadonlyArray<readonly [RegExp, string]> = [
  [/Magic value check failed/, 'a handshake in a form of its own: nobody tried an account'],
  [/Connection closed by \d[\d.]+ port \d+ \[preauth\]$/, 'a connection that ended before anybody named an account'],
  [/kernel: \[\s{0,8}[\d.]+\] IN=/, 'a logged packet: nothing in the line says what became of it'],
];

const assertion =
  /^results\["s01-parse"\]\["([^"]+)"\]\[(\d+)\]\.Evt\.(Parsed|Meta)\["([^"]+)"\] == "((?:[^"\\]|\\.)*)"$/;

export function crowdsecExpectations(folder: string): Expectation[] {
  const tests = join(folder, 'crowdsec/.tests');
  return readdirSync(tests).flatMap((name) => expectationsOf(join(tests, name), name));
}

function expectationsOf(test: string, name: string): Expectation[] {
  const log = join(test, `${name}.log`);
  const asserted = join(test, 'parser.assert');
  if (!existsSync(log) || !existsSync(asserted)) return [];
  const lines = readFileSync(log, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const used = new Set<number>();
  return resultsOf(readFileSync(asserted, 'utf8')).flatMap((result) => {
    const message = (result.parsed.get('message') ?? '').trim();
    const at = lines.findIndex((line, index) => !used.has(index) && message !== '' && line.trim().endsWith(message));
    if (at < 0) return [];
    used.add(at);
    return [
      {
        part: `crowdsec/${name}`,
        place: `${name}.log:${at + 1}`,
        line: lines[at] ?? '',
        receivedAt: '2026-06-01T00:00:00Z',
        fields: fieldsOf(result),
        classes: crowdsecDifferences.some(([pattern]) => pattern.test(lines[at] ?? ''))
          ? []
          : (classesOfLogType[result.meta.get('log_type') ?? ''] ?? []),
      },
    ];
  });
}

interface Result {
  readonly parsed: Map<string, string>;
  readonly meta: Map<string, string>;
}

function resultsOf(text: string): Result[] {
  const results = new Map<string, Result>();
  for (const line of text.split('\n')) {
    const match = assertion.exec(line);
    if (match === null) continue;
    const [, parser, index, kind, name = '', raw] = match;
    const key = `${parser} ${index}`;
    const result = results.get(key) ?? { parsed: new Map<string, string>(), meta: new Map<string, string>() };
    results.set(key, result);
    (kind === 'Meta' ? result.meta : result.parsed).set(name, JSON.parse(`"${raw}"`) as string);
  }
  return [...results.values()];
}

function fieldsOf({ parsed, meta }: Result): StatedField[] {
  const names = new Map([...meta, ...parsed]);
  return [...names].flatMap(([name, value]) => {
    const fields = ours[name];
    return fields === undefined || fields.length === 0 || value === '' || value === '-'
      ? []
      : [{ name, ours: fields, value }];
  });
}
