import { Inject, Injectable } from '@nestjs/common';
import type { HostTimesAnswer, TimeSettingsAnswer, TimeSettingsRequest } from '@akashi/contracts';
import { machineOf } from '@akashi/attribution';
import type { HostTimeRow, SourceActivity, StoredTimeSettings } from '@akashi/database';
import { isOwnLogGroup, reachOfStream, usualTimeLimits } from '@akashi/policy';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { showHost } from './show-host.ts';

type Parts = Pick<ApiParts, 'database' | 'clock'>;

/** Beyond so many, a list of hosts that say nothing is no list to work through. */
const mostQuiet = 200;

/** The clocks of hosts, out of the streams that the caller sees whole: whose lines are hidden in part would show by them. */
@Injectable()
export class HostTimesService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<HostTimesAnswer> {
    const tenant = this.#parts.database.forTenant(context.tenantId);
    const [rows, settings, sources] = await Promise.all([
      tenant.hostTimes.list(),
      tenant.timeSettings.get(),
      tenant.sources.list(),
    ]);
    const now = this.#parts.clock.now();
    const visible = rows.filter((row) => reachOfStream(context.scope, row) === 'all');
    const byMachine = Map.groupBy(visible, ({ machine }) => machine);
    const quiet = quietHosts(context, sources, rows);
    return {
      items: [...byMachine.values()].flatMap((streams) => showHost(streams, settings, now) ?? []),
      quiet: quiet.slice(0, mostQuiet),
      moreQuiet: Math.max(0, quiet.length - mostQuiet),
      asOf: now.toISOString(),
    };
  }

  async settings(context: RequestContext): Promise<TimeSettingsAnswer> {
    return showSettings(await this.#parts.database.forTenant(context.tenantId).timeSettings.get());
  }

  async change(context: RequestContext, wanted: TimeSettingsRequest): Promise<TimeSettingsAnswer> {
    const { timeSettings } = this.#parts.database.forTenant(context.tenantId);
    const { servers, groups } = await timeSettings.get();
    const change = { ...wanted, changedBy: context.actor.name, at: this.#parts.clock.now() };
    await timeSettings.put(change, () =>
      this.#trail.record(context, {
        action: 'time-settings.change',
        outcome: 'success',
        target: { kind: 'time-settings' },
        before: { servers, groups },
        after: wanted,
      }),
    );
    return showSettings(await timeSettings.get());
  }
}

function showSettings({ servers, groups, changedBy, changedAt }: StoredTimeSettings): TimeSettingsAnswer {
  return {
    servers: [...servers],
    groups: groups.map(({ hosts, ...group }) => ({ ...group, hosts: [...hosts] })),
    usualLimits: usualTimeLimits,
    changedBy,
    changedAt: changedAt?.toISOString() ?? null,
  };
}

/** Hosts that send logs the caller sees, in which no line ever told of the clock, by whoever looks. */
function quietHosts(
  context: RequestContext,
  sources: readonly SourceActivity[],
  rows: readonly HostTimeRow[],
): HostTimesAnswer['quiet'] {
  const known = new Set(rows.map(({ machine }) => machine));
  const found = new Map<string, { host: string; logGroups: Set<string>; lastMs: number | null }>();
  for (const { sourceId, logGroup, logStream, lastReceivedAt } of sources) {
    if (logGroup === null || logStream === null || isOwnLogGroup(logGroup)) continue;
    if (reachOfStream(context.scope, { logGroup, logStream, sourceId }) !== 'all') continue;
    const machine = machineOf({ host: null, stream: logStream });
    if (known.has(machine)) continue;
    const host = found.get(machine) ?? { host: logStream, logGroups: new Set<string>(), lastMs: null };
    host.logGroups.add(logGroup);
    host.lastMs = lastReceivedAt === null ? host.lastMs : Math.max(host.lastMs ?? 0, lastReceivedAt.getTime());
    found.set(machine, host);
  }
  return [...found.values()]
    .toSorted((one, other) => (one.host < other.host ? -1 : 1))
    .map(({ host, logGroups, lastMs }) => ({
      host,
      logGroups: [...logGroups].toSorted(),
      lastReceivedAt: lastMs === null ? null : new Date(lastMs).toISOString(),
    }));
}
