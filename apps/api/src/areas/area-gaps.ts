import type { AreasAnswer } from '@akashi/contracts';
import type { Area } from '@akashi/database';
import {
  createAccessScope,
  isOwnLogGroup,
  matchesLogGroup,
  matchesName,
  scopeFilter,
  scopeOfArea,
  type AccessScope,
} from '@akashi/policy';
import type { QueryTree } from '@akashi/query';
import type { ApiParts } from '../api-parts.ts';
import { emptyWhenMissing } from '../missing-stream.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type Gap = AreasAnswer['gaps'][number];

const dayMs = 86_400_000;
const lookBackDays = 30;
const mostGroups = 200;
const hostsAtOnce = 60;

/**
 * What is in no area (PCI DSS 10.4.1): log groups with lines that none holds, and assets in scope that none names or hears. An
 * asset is heard by the host of a line or by the stream that bears its name: not every device writes its own name.
 */
export class AreaGaps {
  readonly #parts: Pick<ApiParts, 'database' | 'clock' | 'search'>;

  constructor(parts: Pick<ApiParts, 'database' | 'clock' | 'search'>) {
    this.#parts = parts;
  }

  /** Asked of the index with the product's own authority: whoever may not see every log group is not answered with it. */
  async find(context: RequestContext, areas: readonly Area[], signal: AbortSignal): Promise<Gap[]> {
    if (areas.some(holdsEverything)) return [];
    const held = createAccessScope(areas.flatMap((area) => scopeOfArea(area).parts));
    return [
      ...(await this.#logGroups(context, { areas, held, signal })),
      ...(await this.#assets(context, { areas, held, signal })),
    ];
  }

  async #logGroups(context: RequestContext, { areas, held, signal }: Holding): Promise<Gap[]> {
    const outside: QueryTree = { kind: 'not', part: scopeFilter(held) };
    const scope = wholeScope(areas.length === 0 ? null : outside);
    const counted = await this.#values(context, { field: 'log.group', scope, size: mostGroups, signal });
    const groups = await this.#parts.database.forTenant(context.tenantId).logGroups.list();
    const patterns = areas.flatMap(({ logGroups }) => logGroups);
    return groups
      .filter(({ name }) => !isOwnLogGroup(name))
      .filter(({ name }) => counted.has(name) || !patterns.some((pattern) => matchesLogGroup(pattern, name)))
      .map(({ name, lastReceivedAt }) => ({
        kind: 'log-group' as const,
        name,
        events: counted.get(name) ?? 0,
        ...(lastReceivedAt === null ? {} : { lastSeenAt: lastReceivedAt.toISOString() }),
      }));
  }

  async #assets(context: RequestContext, { areas, held, signal }: Holding): Promise<Gap[]> {
    const rows = await this.#parts.database
      .forTenant(context.tenantId)
      .masters.rows('assets', { at: this.#parts.clock.now(), where: { column: 'inScope', oneOf: ['true'] } });
    const named = areas.flatMap(({ hosts }) => hosts);
    const hosts = [...new Set(rows.flatMap(({ values }) => values['host'] ?? []))].filter(
      (host) => !named.some((pattern) => matchesName(pattern.toLowerCase(), host.toLowerCase())),
    );
    const heard = new Set<string>();
    for (let at = 0; at < hosts.length; at += hostsAtOnce) {
      const forms = hosts.slice(at, at + hostsAtOnce).flatMap((host) => [host, host.toLowerCase(), host.toUpperCase()]);
      for (const field of ['host.name', 'log.stream'] as const) {
        const within = wholePart(isOneOf(field, forms));
        const scope = createAccessScope(held.parts.map((part) => ({ ...part, within })));
        const found = await this.#values(context, { field, scope, size: mostGroups, signal });
        for (const host of found.keys()) heard.add(host.toLowerCase());
      }
    }
    return hosts
      .filter((host) => !heard.has(host.toLowerCase()))
      .toSorted()
      .map((name) => ({ kind: 'asset' as const, name }));
  }

  /** The values of a field with their counts, in what was received in the last days. */
  async #values(context: RequestContext, { field, ...wanted }: Wanted): Promise<Map<string, number>> {
    if (wanted.scope.parts.length === 0) return new Map();
    const to = this.#parts.clock.nowMs();
    const [facet] = await this.#parts.search
      .forTenant(context.tenantId)
      .facets({
        ...wanted,
        tree: { kind: 'all' },
        from: to - lookBackDays * dayMs,
        to,
        timeField: 'received_at',
        fields: [field],
      })
      .catch(emptyWhenMissing([]));
    return new Map(facet?.values.map(({ value, count }) => [String(value), count]));
  }
}

interface Holding {
  readonly areas: readonly Area[];
  /** Everything that some area holds. */
  readonly held: AccessScope;
  readonly signal: AbortSignal;
}

interface Wanted {
  readonly field: string;
  readonly scope: AccessScope;
  readonly size: number;
  readonly signal: AbortSignal;
}

function holdsEverything({ logGroups, logStreams, sources, hosts }: Area): boolean {
  return logGroups.includes('*') && [logStreams, sources, hosts].every((narrowing) => narrowing.length === 0);
}

const wholePart = (rowFilter: QueryTree | null) => ({
  logGroups: ['*'],
  logStreams: [],
  sources: [],
  rowFilter,
  hiddenFields: [],
});

function wholeScope(rowFilter: QueryTree | null): AccessScope {
  return createAccessScope([wholePart(rowFilter)]);
}

function isOneOf(field: string, values: readonly string[]): QueryTree {
  return { kind: 'or', parts: [...new Set(values)].map((value) => ({ kind: 'equals', field, value })) };
}
