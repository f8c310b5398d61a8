import type { LearnedFact } from '../learn/learned-fact.ts';
import type { MasterRow } from '../masters/master-row.ts';

/** A moment of the brief's day, 29 June 2026, in Japan. */
export function at(time: string, day = '2026-06-29'): number {
  return Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}+09:00`);
}

export function row(
  master: string,
  values: Record<string, string>,
  [validFromMs, validUntilMs]: readonly [number | null, number | null] = [null, null],
): MasterRow {
  const id = `${master}:${Object.values(values).join(':')}`;
  return { id, master, validFromMs, validUntilMs, values };
}

const yamadaMac = '00-00-00-00-00-01';
const suzukiMac = '00-00-00-00-00-02';

/** The four tables of the brief's second story. */
export const briefRows: readonly MasterRow[] = [
  row('user-devices', { mac: yamadaMac, device: 'PC001', person: 'yamada' }),
  row('user-devices', { mac: suzukiMac, device: 'PC002', person: 'suzuki' }),
  row('approvals', { person: 'yamada', target: 'Server A' }, [at('13:00'), at('15:00')]),
  row('approvals', { person: 'suzuki', target: 'Server B' }, [at('15:00'), at('16:00')]),
  row('dhcp-leases', { mac: yamadaMac, address: '192.168.0.1' }, [at('08:56'), null]),
  row('dhcp-leases', { mac: suzukiMac, address: '192.168.0.2' }, [at('09:01'), null]),
  row('common-ids', { system: 'Server A', id: 'taro.yamada', person: 'yamada' }),
  row('common-ids', { system: 'entry system', id: '00050', person: 'yamada' }),
];

export function fact(kind: LearnedFact['kind'], time: string, said: Partial<LearnedFact>): LearnedFact {
  const timeMs = at(time);
  return {
    kind,
    eventId: `${kind}@${time}${said.tty ?? ''}${said.pid ?? ''}${said.origin ?? ''}`,
    timeMs,
    logGroup: 'secure',
    logStream: 'web01',
    sourceId: 's1',
    host: 'web01',
    program: null,
    pid: null,
    tty: null,
    session: null,
    loginId: null,
    account: null,
    origin: null,
    mac: null,
    address: null,
    untilMs: null,
    ...said,
  };
}
