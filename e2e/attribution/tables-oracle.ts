import type { MasterRow } from '@akashi/attribution';
import type { WorldEvent } from './tables-world.ts';

/** Whose act an event was by the tables alone, looked up row by row as the specification says it: slow, short, and our own. */

const eightDaysMs = 8 * 24 * 3_600_000;

/** Names are the same without width, case, blanks and `-_`. */
function plain(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');
}

function names({ document }: WorldEvent): Set<string> {
  const said = ['host.name', 'log.stream', 'log.group', 'service.name'].map((field) => {
    const value = document[field];
    return typeof value === 'string' ? value : '';
  });
  const [host = '', , group = ''] = said;
  return new Set(
    [...said, host.split('.')[0] ?? '', group.split('/').at(-1) ?? ''].filter((name) => name !== '').map(plain),
  );
}

const holds = ({ validFromMs, validUntilMs }: MasterRow, at: number): boolean =>
  (validFromMs ?? -Infinity) <= at && at < (validUntilMs ?? Infinity);

const of = (rows: readonly MasterRow[], master: string): MasterRow[] => rows.filter((row) => row.master === master);
const digits = (mac: string): string => mac.toLowerCase().replaceAll(/[^0-9a-f]/g, '');

/** When a lease is over at the latest. */
function leaseEnd(lease: MasterRow, leases: readonly MasterRow[]): number {
  const from = lease.validFromMs ?? 0;
  const others = leases.filter((other) => (other.validFromMs ?? 0) > from);
  const taken = others.filter(({ values }) => values['address'] === lease.values['address']);
  const moved = others.filter(
    ({ values }) => values['mac'] === lease.values['mac'] && values['address'] !== lease.values['address'],
  );
  return Math.min(
    from + eightDaysMs,
    lease.validUntilMs ?? Infinity,
    ...[...taken, ...moved].map(({ validFromMs }) => validFromMs ?? 0),
  );
}

function usersOf(mac: string, rows: readonly MasterRow[], at: number): string[] {
  return of(rows, 'user-devices')
    .filter((row) => digits(row.values['mac'] ?? '') === digits(mac) && holds(row, at))
    .map(({ values }) => values['person'] ?? '');
}

export interface OracleAnswer {
  /** By account, by device of the event, by leased address. */
  readonly byStep: readonly [ReadonlySet<string>, ReadonlySet<string>, ReadonlySet<string>];
  readonly everybody: ReadonlySet<string>;
}

export function askOracle(event: WorldEvent, rows: readonly MasterRow[]): OracleAnswer {
  const { document, timeMs } = event;
  const systems = names(event);
  const accounts = [document['user.name'], document['user.id']];
  const byAccount = of(rows, 'common-ids')
    .filter(
      (row) =>
        systems.has(plain(row.values['system'] ?? '')) && accounts.includes(row.values['id']) && holds(row, timeMs),
    )
    .map(({ values }) => values['person'] ?? '');
  const mac = document['source.mac'];
  const byDevice = typeof mac === 'string' ? usersOf(mac, rows, timeMs) : [];
  const leases = of(rows, 'dhcp-leases');
  const byAddress = leases
    .filter((lease) => lease.values['address'] === document['source.ip'])
    .filter((lease) => (lease.validFromMs ?? 0) <= timeMs && timeMs < leaseEnd(lease, leases))
    .flatMap(({ values }) => usersOf(values['mac'] ?? '', rows, timeMs));
  return {
    byStep: [new Set(byAccount), new Set(byDevice), new Set(byAddress)],
    everybody: new Set([...byAccount, ...byDevice, ...byAddress]),
  };
}

/** For a person that the event is said to be of. */
export function approvalByOracle(event: WorldEvent, rows: readonly MasterRow[], person: string | undefined): string {
  const classes = event.document['pci.class'];
  const asks = ['administrator-action', 'privilege-elevation', 'policy-change'];
  if (!Array.isArray(classes) || !classes.some((name) => asks.includes(String(name)))) return 'none';
  if (person === undefined) return 'unknown';
  const systems = names(event);
  const isInside = of(rows, 'approvals').some(
    (row) =>
      row.values['person'] === person && systems.has(plain(row.values['target'] ?? '')) && holds(row, event.timeMs),
  );
  return isInside ? 'inside' : 'outside';
}
