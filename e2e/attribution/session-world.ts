import { learnFrom, type LearnedFact } from '@akashi/attribution';
import { createNormalizer } from '@akashi/log-event';
import type { Random } from './random.ts';
import type { WorldEvent } from './tables-world.ts';

/**
 * People at terminals of one machine who become root and leave again, played through second by second: the lines that the
 * machine would have written, and whose act each of root's commands in truth was.
 */

export const accounts: Readonly<Record<string, string>> = { alice: 'yamada', bob: 'suzuki', carol: 'sato' };
const start = Date.parse('2026-06-29T09:00:00+09:00');
const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
const receivedAtUs = (start + 86_400_000) * 1000;

export interface RootCommand extends WorldEvent {
  readonly truth: string;
  /** Names its terminal. */
  readonly isKeyed: boolean;
}

export interface Played {
  readonly facts: readonly LearnedFact[];
  readonly commands: readonly RootCommand[];
}

interface AtTerminal {
  readonly account: string;
  readonly pid: number;
  readonly program: 'su' | 'sudo';
}

export function play(random: Random, seconds: number): Played {
  const terminals = new Map<string, AtTerminal>();
  const facts: LearnedFact[] = [];
  const commands: RootCommand[] = [];
  let pid = 700;
  let lineNumber = 0;
  const read = (second: number, rest: string): WorldEvent => {
    const at = new Date(start + second * 1000 + 9 * 3_600_000).toISOString();
    const line = `Jun 29 ${at.slice(11, 19)} web01 ${rest}`;
    const origin = {
      batchId: 'b',
      logGroup: 'secure',
      logStream: null,
      source: { id: 's', kind: 'syslog-tcp', address: '192.0.2.1' },
    } as const;
    const event = normalizer.normalize({ record: Buffer.from(line), origin, receivedAtUs, flags: 0 });
    const place = { logGroup: 'secure', logStream: event.logStream, sourceId: 's' };
    const timeMs = Math.floor(event.timestampUs / 1000);
    const fact = learnFrom({
      ...place,
      eventId: `line-${String(lineNumber++).padStart(6, '0')}`,
      timeMs,
      fields: event.fields,
    });
    if (fact !== undefined) facts.push(fact);
    return { timeMs, document: { ...event.fields, 'log.group': 'secure', 'log.stream': event.logStream } };
  };
  for (let second = 0; second < seconds; second++) {
    const terminal = `pts/${random.below(4)}`;
    const there = terminals.get(terminal);
    if (there === undefined) {
      const account = random.pick(Object.keys(accounts));
      pid += 1;
      const program = random.chance(50) ? 'su' : 'sudo';
      if (program === 'su') read(second, `su[${pid}]: (to root) ${account} on ${terminal}`);
      else read(second, `sudo[${pid}]:   ${account} : TTY=${terminal} ; PWD=/ ; USER=root ; COMMAND=/bin/bash`);
      const service = program === 'su' ? 'su' : 'sudo-i';
      read(
        second,
        `${program}[${pid}]: pam_unix(${service}:session): session opened for user root(uid=0) by ${account}(uid=1000)`,
      );
      terminals.set(terminal, { account, pid, program });
    } else if (random.chance(20)) {
      const service = there.program === 'su' ? 'su' : 'sudo-i';
      read(second, `${there.program}[${there.pid}]: pam_unix(${service}:session): session closed for user root`);
      terminals.delete(terminal);
    } else {
      const isKeyed = random.chance(80);
      const line = isKeyed
        ? `sudo[${++pid}]:   root : TTY=${terminal} ; PWD=/root ; USER=root ; COMMAND=/bin/ls`
        : `crontab[${++pid}]: (root) REPLACE (root)`;
      commands.push({ ...read(second, line), truth: accounts[there.account] ?? '', isKeyed });
    }
  }
  return { facts, commands };
}
