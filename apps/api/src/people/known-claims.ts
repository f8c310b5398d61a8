import {
  claimsOf,
  firstLabel,
  longestLeaseMs,
  longestSessionMs,
  readAddress,
  type Claims,
  type EventAtTime,
  type FactKind,
  type LearnedFact,
  type MasterRow,
} from '@akashi/attribution';
import type { Database, StoredFact, TenantId } from '@akashi/database';
import { eventIdOf } from '@akashi/log-event';
import { reachOfStream, type AccessScope } from '@akashi/policy';
import type { RequestContext } from '../request-context/request-context.ts';

/** UTC milliseconds, both ends included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A session may have begun in another, and that on an address: what explains an event may be this much older. */
const lookBackMs = longestLeaseMs + 3 * longestSessionMs;
/** Facts that one question reads at most: about 100 MB. */
export const mostFacts = 200_000;
const keptTenants = 50;

interface KeptRows {
  readonly versions: string;
  readonly rows: readonly MasterRow[];
}

/**
 * What the masters of now and the logs say. Rows are kept between calls until a table has a new version; facts are read for
 * each question, and only those of streams that the asker reads as a whole take part.
 */
export class KnownClaims {
  readonly #database: Pick<Database, 'forTenant'>;
  readonly #rows = new Map<TenantId, KeptRows>();

  constructor(database: Pick<Database, 'forTenant'>) {
    this.#database = database;
  }

  /** Everything about a time; undefined where there is more than one question may read. */
  async during(context: RequestContext, span: Span): Promise<Claims | undefined> {
    const { learnedFacts } = this.#database.forTenant(context.tenantId);
    const wanted = { ...reach(span), limit: mostFacts };
    const [rows, sessions, leases] = await Promise.all([
      this.#rowsOf(context.tenantId),
      learnedFacts.sessions(wanted),
      learnedFacts.leases(wanted),
    ]);
    if (sessions.length + leases.length > mostFacts) return undefined;
    return claimsOf(rowsAbout(rows, span), visible(context.scope, [...sessions, ...leases]));
  }

  /** What has to do with these events; undefined where no table leads to anybody. */
  async about(context: RequestContext, events: readonly EventAtTime[]): Promise<Claims | undefined> {
    const rows = await this.#rowsOf(context.tenantId);
    const [first] = events;
    if (rows.length === 0 || first === undefined) return undefined;
    const times = events.map(({ timeMs }) => timeMs);
    const span = { from: least(times), to: -least(times.map((time) => -time)) };
    const { learnedFacts } = this.#database.forTenant(context.tenantId);
    const wanted = { ...reach(span), limit: mostFacts };
    const found = await learnedFacts.sessions({ ...wanted, machines: machinesOf(events) });
    // Half of what happened is worse than none of it: an end that is not read keeps a session open.
    const sessions = found.length > mostFacts ? [] : found;
    const addresses = [...texts(events, 'source.ip'), ...sessions.flatMap(({ address }) => address ?? [])];
    const read = [...new Set(addresses.flatMap((address) => readAddress(address) ?? []))];
    const leases = read.length === 0 ? [] : await learnedFacts.leases({ ...wanted, addresses: read });
    return claimsOf(rowsAbout(rows, span), visible(context.scope, [...sessions, ...leases.slice(0, mostFacts)]));
  }

  async #rowsOf(tenantId: TenantId): Promise<readonly MasterRow[]> {
    const { masters } = this.#database.forTenant(tenantId);
    const newest = await masters.newestVersions();
    const versions = Object.entries(newest)
      .map(([master, version]) => `${master} ${version}`)
      .toSorted()
      .join();
    const kept = this.#rows.get(tenantId);
    this.#rows.delete(tenantId);
    const rows =
      kept?.versions === versions
        ? kept.rows
        : (
            await Promise.all(Object.entries(newest).map(([master, version]) => masters.rowsAt(master, version)))
          ).flat();
    this.#rows.set(tenantId, { versions, rows });
    const [oldest] = this.#rows.keys();
    if (this.#rows.size > keptTenants && oldest !== undefined) this.#rows.delete(oldest);
    return rows;
  }
}

function reach({ from, to }: Span): { from: Date; to: Date } {
  return { from: new Date(from - lookBackMs), to: new Date(to) };
}

/** Leases are many, and those of another time say nothing. */
function rowsAbout(rows: readonly MasterRow[], { from, to }: Span): MasterRow[] {
  return rows.filter(
    ({ master, validFromMs }) =>
      master !== 'dhcp-leases' || validFromMs === null || (from - lookBackMs <= validFromMs && validFromMs <= to),
  );
}

function visible(scope: AccessScope, facts: readonly StoredFact[]): LearnedFact[] {
  const reached = new Map<string, boolean>();
  return facts
    .filter(({ logGroup, logStream, sourceId }) => {
      const key = JSON.stringify([logGroup, logStream, sourceId]);
      const known = reached.get(key) ?? reachOfStream(scope, { logGroup, logStream, sourceId }) === 'all';
      reached.set(key, known);
      return known;
    })
    .map(({ segmentId, position, kind, ...said }) => ({
      ...said,
      kind: kind as FactKind,
      eventId: eventIdOf({ segmentId, position }),
    }));
}

function machinesOf(events: readonly EventAtTime[]): { names: string[]; streams: string[] } {
  const streams = texts(events, 'log.stream');
  const hosts = texts(events, 'host.name');
  return { names: [...new Set([...hosts, ...streams].flatMap((name) => [name, firstLabel(name)]))], streams };
}

function texts(events: readonly EventAtTime[], field: string): string[] {
  const values = events.map(({ document }) => document[field]);
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

/** Pages may be long: no spread of them into arguments. */
function least(values: readonly number[]): number {
  return values.reduce((one, other) => Math.min(one, other), Infinity);
}
