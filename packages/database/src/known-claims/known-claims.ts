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
import { eventIdOf } from '@akashi/log-event';
import { reachOfStream, type AccessScope, type TenantId } from '@akashi/policy';
import type { Database } from '../open-database.ts';
import type { StoredFact } from '../tenant/learned-facts.ts';

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

/** Whose tables are asked, and which streams' facts the asker may know of. */
export interface ClaimsAsker {
  readonly tenantId: TenantId;
  readonly scope: AccessScope;
  /** Facts that only later entries of the log teach take no part; all do when left out. */
  readonly throughEntry?: number;
}

/** All tables of an organisation, each in one version. */
export interface MastersAt {
  readonly versions: Readonly<Record<string, number>>;
  readonly rows: readonly MasterRow[];
}

/**
 * What the masters and the logs say: the masters of now, or of the versions that are given. Rows are kept between calls until
 * a table has a new version; facts are read for each question, and only those of streams that the asker reads as a whole take
 * part.
 */
export class KnownClaims {
  readonly #database: Pick<Database, 'forTenant'>;
  readonly #masters = new Map<TenantId, MastersAt>();

  constructor(database: Pick<Database, 'forTenant'>) {
    this.#database = database;
  }

  /** Everything about a time; undefined where there is more than one question may read. */
  async during(asker: ClaimsAsker, span: Span): Promise<Claims | undefined> {
    const facts = await this.factsDuring(asker, span);
    return facts === undefined ? undefined : claimsDuring(span, await this.mastersNow(asker.tenantId), facts);
  }

  /** Sessions and leases that have to do with a time; undefined where there are more than one question may read. */
  async factsDuring({ tenantId, scope, throughEntry }: ClaimsAsker, span: Span): Promise<LearnedFact[] | undefined> {
    const { learnedFacts } = this.#database.forTenant(tenantId);
    const wanted = { ...reach(span), throughEntry, limit: mostFacts };
    const [sessions, leases] = await Promise.all([learnedFacts.sessions(wanted), learnedFacts.leases(wanted)]);
    return sessions.length + leases.length > mostFacts ? undefined : visible(scope, [...sessions, ...leases]);
  }

  /** What has to do with these events; undefined where no table leads to anybody. */
  async about(asker: ClaimsAsker, events: readonly EventAtTime[], masters?: MastersAt): Promise<Claims | undefined> {
    const { rows } = masters ?? (await this.mastersNow(asker.tenantId));
    const [first] = events;
    if (rows.length === 0 || first === undefined) return undefined;
    const times = events.map(({ timeMs }) => timeMs);
    const span = { from: least(times), to: -least(times.map((time) => -time)) };
    const { learnedFacts } = this.#database.forTenant(asker.tenantId);
    const wanted = { ...reach(span), throughEntry: asker.throughEntry, limit: mostFacts };
    const found = await learnedFacts.sessions({ ...wanted, machines: machinesOf(events) });
    // Half of what happened is worse than none of it: an end that is not read keeps a session open.
    const sessions = found.length > mostFacts ? [] : found;
    const addresses = [...texts(events, 'source.ip'), ...sessions.flatMap(({ address }) => address ?? [])];
    const read = [...new Set(addresses.flatMap((address) => readAddress(address) ?? []))];
    const leases = read.length === 0 ? [] : await learnedFacts.leases({ ...wanted, addresses: read });
    return claimsOf(rowsAbout(rows, span), visible(asker.scope, [...sessions, ...leases.slice(0, mostFacts)]));
  }

  /** All tables in their newest versions. */
  async mastersNow(tenantId: TenantId): Promise<MastersAt> {
    return this.#rowsOf(tenantId, await this.#database.forTenant(tenantId).masters.newestVersions());
  }

  /** All tables as they stood at a moment: what was written later takes no part, whatever time it is about. */
  async mastersAt(tenantId: TenantId, moment: Date): Promise<MastersAt> {
    return this.#rowsOf(tenantId, await this.#database.forTenant(tenantId).masters.newestVersions(moment));
  }

  async #rowsOf(tenantId: TenantId, versions: MastersAt['versions']): Promise<MastersAt> {
    const { masters } = this.#database.forTenant(tenantId);
    const kept = this.#masters.get(tenantId);
    this.#masters.delete(tenantId);
    const now =
      kept !== undefined && isSame(kept.versions, versions)
        ? kept
        : {
            versions,
            rows: (
              await Promise.all(Object.entries(versions).map(([master, version]) => masters.rowsAt(master, version)))
            ).flat(),
          };
    this.#masters.set(tenantId, now);
    const [oldest] = this.#masters.keys();
    if (this.#masters.size > keptTenants && oldest !== undefined) this.#masters.delete(oldest);
    return now;
  }
}

/** What tables and facts say of a time. */
export function claimsDuring(span: Span, { rows }: MastersAt, facts: readonly LearnedFact[]): Claims {
  return claimsOf(rowsAbout(rows, span), facts);
}

function isSame(one: MastersAt['versions'], other: MastersAt['versions']): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
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
