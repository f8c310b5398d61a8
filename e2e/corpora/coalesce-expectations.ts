import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventClass } from '@akashi/log-event';
import type { Expectation, StatedField } from './expectation.ts';

type Tree = Readonly<Record<string, unknown>>;

interface Golden {
  test_name: string;
  event: Tree;
}

/** Their names in the joined event, and ours. */
const ours: Readonly<Record<string, readonly string[]>> = {
  '@timestamp': ['time'],
  result: ['event.outcome'],
  session: ['session.id'],
  'process.pid': ['process.pid'],
  'process.ppid': ['process.parent.pid'],
  'process.name': ['process.name'],
  'process.exe': ['process.executable'],
  'process.cwd': ['process.working_directory'],
  'file.path': ['file.path', 'file.target_path'],
  'source.ip': ['source.ip', 'destination.ip'],
  'source.port': ['source.port', 'destination.port'],
  'destination.ip': ['destination.ip', 'source.ip'],
  'destination.port': ['destination.port', 'source.port'],
  'data.tty': ['process.tty.name'],
  'data.terminal': ['process.tty.name'],
  'data.acct': ['user.name', 'user.target.name', 'user.effective.name', 'group.name', 'acct'],
  'user.ids.auid': ['user.id', 'auid'],
};

const outcomes: Readonly<Record<string, string>> = { success: 'success', fail: 'failure' };

/** What their words for the act are in our classes. The rest are no events of 10.2.1. */
const classesOfAction: Readonly<Record<string, readonly EventClass[]>> = {
  'changed-audit-configuration': ['policy-change'],
  'changed-system-time': ['time-change'],
  'logged-in': ['authentication-use'],
  'logged-out': ['authentication-use'],
  'started-session': ['authentication-use'],
  'ended-session': ['authentication-use'],
  'changed-login-id-to': ['authentication-use'],
  authenticated: ['authentication-use'],
  'was-authorized': ['authentication-use'],
  'acquired-credentials': ['authentication-use'],
  'disposed-credentials': ['authentication-use'],
  'changed-password': ['credential-change'],
  'loaded-firewall-rule-to': ['policy-change'],
  'ran-command': ['administrator-action'],
};

/** Events of several records: the first line with the others as its parts. */
export function coalesceExpectations(folder: string): Expectation[] {
  const tests = join(folder, 'go-libaudit/aucoalesce/testdata');
  if (!existsSync(tests)) return [];
  return readdirSync(tests)
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => expectationsOf(tests, name));
}

function expectationsOf(tests: string, name: string): Expectation[] {
  const golden = JSON.parse(readFileSync(join(tests, name.replace(/yaml$/, 'json.golden')), 'utf8')) as Golden[];
  const events = eventsOf(readFileSync(join(tests, name), 'utf8'));
  return golden.flatMap(({ test_name: test, event }) => {
    const lines = (events.get(test) ?? []).filter((line) => !line.includes('type=EOE '));
    const [first, ...joined] = lines;
    if (first === undefined) return [];
    return [
      {
        part: 'go-libaudit/aucoalesce',
        place: `${name}: ${test}`,
        line: first,
        joined,
        receivedAt: '2026-06-01T00:00:00Z',
        fields: Object.entries(ours).flatMap(([path, names]) => fieldOf(event, path, names)),
        classes: classesOf(event),
      },
    ];
  });
}

/** `  name: |` with lines below, or `>` with one line that was folded. */
function eventsOf(yaml: string): Map<string, string[]> {
  const events = new Map<string, string[]>();
  let lines: string[] = [];
  for (const line of yaml.split('\n')) {
    const name = /^ {2}(\S.*): [|>]$/.exec(line)?.[1];
    if (name !== undefined) events.set(name, (lines = []));
    else if (line.startsWith('    ') && line.trim() !== '') lines.push(line.trim());
  }
  return events;
}

function fieldOf(event: Tree, path: string, names: readonly string[]): StatedField[] {
  const value = at(event, path);
  if (value === undefined || value === 'unset' || value === '?' || value === '(none)' || value === '') return [];
  if (path !== 'result') return [{ name: path, ours: names, value }];
  return outcomes[value] === undefined ? [] : [{ name: path, ours: names, value: outcomes[value] }];
}

function classesOf(event: Tree): readonly EventClass[] {
  const classes = classesOfAction[at(event, 'summary.action') ?? ''] ?? [];
  return classes.includes('authentication-use') && at(event, 'result') === 'fail'
    ? [...classes, 'access-denied']
    : classes;
}

function at(tree: Tree, path: string): string | undefined {
  let value: unknown = tree;
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Tree)[part];
  }
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}
