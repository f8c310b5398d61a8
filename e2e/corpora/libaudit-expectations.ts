import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expectation, StatedField } from './expectation.ts';

interface Golden {
  '@timestamp': string;
  record_type: string;
  sequence: number;
  raw_msg: string;
  data: Record<string, string> | null;
}

/** Their names of an audit record's values, and ours. Numbers that they replace by words (`unset`, a signal) are left out. */
const ours: Readonly<Record<string, readonly string[]>> = {
  acct: ['user.name', 'user.target.name', 'user.effective.name', 'group.name', 'acct'],
  addr: ['source.ip', 'source.address', 'addr', 'destination.ip', 'destination.address'],
  hostname: ['source.address', 'source.ip', 'hostname', 'host.name'],
  comm: ['process.name', 'comm'],
  exe: ['process.executable', 'file.path', 'exe'],
  cwd: ['process.working_directory'],
  pid: ['process.pid'],
  ppid: ['process.parent.pid'],
  auid: ['user.id', 'auid'],
  uid: ['user.effective.id', 'user.id', 'uid'],
  euid: ['user.effective.id', 'euid'],
  ses: ['session.id'],
  terminal: ['process.tty.name', 'terminal'],
  tty: ['process.tty.name', 'tty'],
  op: ['op', 'event.reason'],
  id: ['user.target.id', 'user.id', 'group.id', 'id'],
  grp: ['group.name', 'grp'],
  unit: ['service.name', 'unit'],
  name: ['file.path', 'name'],
  result: ['event.outcome'],
  syscall: ['auditd.syscall', 'syscall'],
  key: ['auditd.key', 'key'],
  exit: ['process.exit_code', 'exit'],
};

const outcomes: Readonly<Record<string, string>> = { success: 'success', fail: 'failure', failed: 'failure' };
const withWords = new Set(['unset', '?', '(none)', '']);

export function libauditExpectations(folder: string): Expectation[] {
  const tests = join(folder, 'go-libaudit/auparse/testdata');
  if (!existsSync(tests)) return [];
  return readdirSync(tests)
    .filter((name) => name.endsWith('.log') && existsSync(join(tests, `${name}.golden`)))
    .flatMap((name) => expectationsOf(tests, name));
}

function expectationsOf(tests: string, name: string): Expectation[] {
  const lines = readFileSync(join(tests, name), 'utf8').split('\n');
  const golden = JSON.parse(readFileSync(join(tests, `${name}.golden`), 'utf8')) as Array<Golden | null>;
  let from = 0;
  return golden.flatMap((record) => {
    // A line that they do not read either.
    if (record === null) return [];
    const at = lines.findIndex((line, index) => index >= from && line.endsWith(record.raw_msg.trim()));
    if (at < 0) return [];
    from = at + 1;
    const fields = [
      { name: '@timestamp', ours: ['time'], value: record['@timestamp'] },
      { name: 'record_type', ours: ['auditd.type'], value: record.record_type.toUpperCase() },
      ...Object.entries(record.data ?? {}).flatMap(([key, value]) => fieldOf(key, value)),
    ];
    return [
      {
        part: 'go-libaudit/auparse',
        place: `${name}:${at + 1}`,
        line: lines[at] ?? '',
        receivedAt: '2026-06-01T00:00:00Z',
        fields,
        classes: [],
      },
    ];
  });
}

function fieldOf(key: string, value: string): StatedField[] {
  const names = ours[key];
  if (names === undefined || withWords.has(value)) return [];
  if (key === 'result') return [{ name: key, ours: names, value: outcomes[value] ?? value }];
  // They put a name in the place of the number of a system call, and of an error in that of an exit.
  if ((key === 'syscall' || key === 'exit') && !/^-?\d+$/.test(value)) return [];
  return [{ name: key, ours: names, value }];
}
