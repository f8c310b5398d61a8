import type { MasterRow } from '@akashi/attribution';
import type { Random } from './random.ts';

/** Random tables of a small organisation, and events on their edges. Written for the oracle, knowing nothing of the product. */

export const people = ['yamada', 'suzuki', 'sato', 'tanaka', 'ito'];
/** A system as the tables call it, and as logs do. */
const systems: ReadonlyArray<readonly [string, readonly string[]]> = [
  ['Server A', ['Server A', 'server-a', 'SERVER_A', 'servera', 'server-a.example.jp', 'Ｓｅｒｖｅｒ　Ａ']],
  ['web01', ['web01', 'web-01', 'WEB01', 'web01.example.jp']],
  ['db-main', ['db-main', 'DB-MAIN', 'db_main', 'dbmain', 'db-main.dc.example']],
  ['入退室システム', ['入退室システム']],
];
const unknownSystems = ['web02', 'server-b', 'db', 'web01x'];
const ids = ['taro.yamada', 'jiro', '00050', 'ops', 'root'];
const macs = ['00-00-00-00-00-01', '00-00-00-00-00-02', '0A-1B-2C-3D-4E-5F'];
const addresses = ['192.168.0.1', '192.168.0.2', '10.0.0.9'];
const hourMs = 3_600_000;
export const firstMoment = Date.parse('2026-06-20T00:00:00+09:00');
const hours = 24 * 14;

export interface WorldEvent {
  readonly document: Readonly<Record<string, unknown>>;
  readonly timeMs: number;
}

export function tablesOf(random: Random): MasterRow[] {
  let rowNumber = 0;
  const moment = (): number => firstMoment + random.below(hours) * hourMs;
  const row = (
    master: string,
    values: Record<string, string>,
    [validFromMs, validUntilMs]: readonly [number | null, number | null],
  ): MasterRow => ({ id: `row-${rowNumber++}`, master, validFromMs, validUntilMs, values });
  const period = (): [number | null, number | null] => {
    const [one, other] = [moment(), moment()].toSorted((a, b) => a - b);
    if (one === undefined || other === undefined || one === other) return [null, null];
    return [random.chance(40) ? null : one, random.chance(40) ? null : other];
  };
  const several = (most: number, make: () => MasterRow): MasterRow[] =>
    Array.from({ length: random.below(most + 1) }, make);
  return [
    ...several(10, () =>
      row(
        'common-ids',
        { system: random.pick(systems)[0], id: random.pick(ids), person: random.pick(people) },
        period(),
      ),
    ),
    ...several(5, () =>
      row('user-devices', { mac: random.pick(macs), device: 'PC', person: random.pick(people) }, period()),
    ),
    ...several(12, () => {
      const from = moment();
      const until = random.chance(25) ? from + (1 + random.below(30)) * hourMs : null;
      return row('dhcp-leases', { mac: random.pick(macs), address: random.pick(addresses) }, [from, until]);
    }),
    ...several(6, () => {
      const from = moment();
      const target = random.pick(systems)[0];
      return row('approvals', { person: random.pick(people), target }, [from, from + (1 + random.below(12)) * hourMs]);
    }),
  ];
}

const macForms = (mac: string): string[] => [
  mac,
  mac.toLowerCase().replaceAll('-', ':'),
  mac.replaceAll('-', '').toLowerCase(),
];

/** An event at an hour's edge, a millisecond before or after it, or between. */
export function eventOf(random: Random): WorldEvent {
  const timeMs = firstMoment + random.below(hours) * hourMs + random.pick([-1, 0, 1, 1_234_567]);
  const written = random.chance(15) ? random.pick(unknownSystems) : random.pick(random.pick(systems)[1]);
  const named = random.below(4);
  const plain = /^[.\-_/#A-Za-z0-9]+$/.test(written) && !written.includes('.');
  return {
    timeMs,
    document: {
      'log.group': named === 0 && plain ? `/site/${written}` : 'logs',
      'log.stream': named === 1 && !written.includes('.') ? written : 'stream-9',
      ...(named === 2 && !written.includes('.') ? { 'service.name': written } : {}),
      ...(named === 3 || written.includes('.') ? { 'host.name': written } : {}),
      ...(random.chance(70) ? { 'user.name': random.pick(ids) } : {}),
      ...(random.chance(20) ? { 'user.id': random.pick(ids) } : {}),
      ...(random.chance(50) ? { 'source.ip': random.pick([...addresses, '203.0.113.5']) } : {}),
      ...(random.chance(15) ? { 'source.mac': random.pick(macForms(random.pick(macs))) } : {}),
      'pci.class': random.pick([
        ['privilege-elevation'],
        ['authentication-use'],
        ['access-denied', 'policy-change'],
        [],
      ]),
    },
  };
}
