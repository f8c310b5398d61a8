import { Inject, Injectable } from '@nestjs/common';
import type { WatchStatusAnswer } from '@akashi/contracts';
import type {
  DutyStanding,
  StoredIncident,
  StoredSilenceLimit,
  TenantDatabase,
  WatchedStream,
  WatchLook,
} from '@akashi/database';
import { isPermitted, organisationDuties, reachOfLogGroup, watchState, type IncidentKind } from '@akashi/policy';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type Thing = WatchStatusAnswer['items'][number];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The watches look twice a minute. */
const lookWithinMs = 5 * minuteMs;
/** A log never ends more than an hour ago, and a run may be a few minutes late. */
const sealWithinMs = 70 * minuteMs;
const verifiedWithinMs = 25 * hourMs;
const reviewWithinMs = 26 * hourMs;
const toldWithinMs = 31 * 24 * hourMs;
/** What nothing came for in a day says nothing of what comes. */
const receivedWithinMs = 24 * hourMs;
/** The worker takes note of what came since with its next look. */
const countsWithinMs = minuteMs;
const mostIncidents = 500;
const mostStreams = 1_000;

interface Facts {
  readonly now: Date;
  readonly looks: readonly WatchLook[];
  readonly incidents: readonly StoredIncident[];
  readonly duties: readonly DutyStanding[];
  readonly streams: readonly WatchedStream[];
}

interface Found {
  readonly lastGoodAt: Date | null;
  readonly withinMs: number;
  readonly incidents: readonly StoredIncident[];
  readonly isWrong?: boolean;
  readonly evidence?: Readonly<Record<string, number>>;
}

/**
 * Everything that is watched, with its last good time: green only because something was seen within its time, never because
 * nothing was.
 */
@Injectable()
export class WatchStatusService {
  readonly #parts: Pick<ApiParts, 'database' | 'clock'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>) {
    this.#parts = parts;
  }

  async get(context: RequestContext): Promise<WatchStatusAnswer> {
    const { database, clock } = this.#parts;
    const now = clock.now();
    const tenant = database.forTenant(context.tenantId);
    const [looks, incidents, duties, streams, limits] = await Promise.all([
      database.platform.watching.looks.list(),
      tenant.incidents.list({ states: ['open', 'acknowledged'], limit: mostIncidents }),
      tenant.duties.standing(organisationDuties, now),
      tenant.silenceLimits.streams({ limit: mostStreams }),
      tenant.silenceLimits.list(),
    ]);
    const facts = { now, looks, incidents: incidents.filter(({ endedAt }) => endedAt === null), duties, streams };
    const items = [
      ...ofStreams(facts),
      ...(await ofEvidence(facts, tenant)),
      ...ofInstallation(facts, isPermitted(context.actor.role, 'platform.read')),
    ];
    const seen = ({ logGroup }: { logGroup: string }): boolean => reachOfLogGroup(context.scope, logGroup) === 'all';
    return {
      at: now.toISOString(),
      items,
      streams: streams.filter(seen).map((stream) => showStream(stream, limits, now)),
      limits: limits.map((limit) => ({ ...limit, setAt: limit.setAt.toISOString() })),
    };
  }
}

function thing(id: Thing['id'], found: Found, now: Date): Thing {
  const { lastGoodAt, withinMs, incidents, isWrong = incidents.length > 0, evidence = {} } = found;
  return {
    id,
    state: watchState({ isWrong, lastGoodAt, withinMs }, now),
    lastGoodAt: lastGoodAt?.toISOString() ?? null,
    withinSeconds: withinMs / 1000,
    incidents: incidents.length,
    evidence: { ...evidence },
  };
}

const of = ({ incidents }: Facts, ...kinds: readonly IncidentKind[]): StoredIncident[] =>
  incidents.filter(({ kind }) => kinds.includes(kind));

/** What a watch of streams saw counts while lines come that it could see something in. */
function ofStreams(facts: Facts): Thing[] {
  const { now, looks, streams } = facts;
  const newestMs = Math.max(0, ...streams.map(({ lastReceivedAt }) => lastReceivedAt?.getTime() ?? 0));
  const comes = now.getTime() - newestMs <= receivedWithinMs;
  const watched = streams.filter(({ silentAt }) => silentAt !== null).length;
  const goodAt = (name: string, sees: boolean, wrong: readonly StoredIncident[]): Date | null => {
    const look = looks.find((each) => each.name === name);
    if (look === undefined || !sees) return null;
    return wrong.length === 0 ? look.lookedAt : null;
  };

  const silent = of(facts, 'source-silent');
  const evidence = { watched, streams: streams.length };
  const unparsed = of(facts, 'unparsed');
  const clocks = of(facts, 'clock-skew', 'clock-stepped', 'clock-unsynchronized');
  // Lines tell of clocks by when they come, and by what they say: the older look counts, as both were well then.
  const clocksGood = ['clocks', 'host-clocks'].map((name) => goodAt(name, comes, clocks));
  const clocksGoodAt = clocksGood.some((at) => at === null) ? null : oldest(clocksGood as Date[]);
  const finds = of(facts, 'card-data-found', 'lines-lost');
  const withinMs = lookWithinMs;
  return [
    thing(
      'streams',
      { lastGoodAt: goodAt('silence', watched > 0, silent), withinMs, incidents: silent, evidence },
      now,
    ),
    thing('parsing', { lastGoodAt: goodAt('parsing', comes, unparsed), withinMs, incidents: unparsed }, now),
    thing('clocks', { lastGoodAt: clocksGoodAt, withinMs, incidents: clocks }, now),
    thing('card-data', { lastGoodAt: goodAt('finds', comes, finds), withinMs, incidents: finds }, now),
  ];
}

async function ofEvidence(facts: Facts, tenant: TenantDatabase): Promise<Thing[]> {
  const { now, duties } = facts;
  const [[verification], channels] = await Promise.all([
    tenant.verifications.list({ limit: 1 }),
    tenant.notificationChannels.list(),
  ]);
  const doneAt = (duty: string): Date | null => {
    const last = duties.find((each) => each.duty === duty)?.last;
    return last?.outcome === 'done' ? last.finishedAt : null;
  };
  const finished = duties.flatMap(({ last }) =>
    last?.outcome === 'done' && last.finishedAt !== null ? [last.finishedAt] : [],
  );
  const late = duties.filter(({ pending }) => pending !== null && now > pending.lateAt).length;
  const told = channels
    .filter(({ enabled }) => enabled)
    .flatMap(({ lastSentAt, lastFailedAt }) =>
      lastSentAt !== null && (lastFailedAt === null || lastSentAt >= lastFailedAt) ? [lastSentAt] : [],
    );
  const unwell = of(facts, 'duty-late', 'duty-failed');
  const verified = verification?.outcome === 'proven' ? verification.finishedAt : null;
  return [
    thing(
      'sealing',
      {
        lastGoodAt: doneAt('heartbeat'),
        withinMs: sealWithinMs,
        incidents: of(facts, 'pipeline-late', 'segment-damaged'),
      },
      now,
    ),
    thing(
      'verification',
      { lastGoodAt: verified, withinMs: verifiedWithinMs, incidents: of(facts, 'integrity-mismatch') },
      now,
    ),
    thing(
      'duties',
      {
        lastGoodAt: newest(finished),
        withinMs: sealWithinMs,
        incidents: unwell,
        isWrong: unwell.length > 0 || late > 0,
        evidence: { duties: duties.filter(({ last }) => last !== null).length, late },
      },
      now,
    ),
    thing(
      'reviews',
      { lastGoodAt: doneAt('daily-review'), withinMs: reviewWithinMs, incidents: of(facts, 'review-missed') },
      now,
    ),
    thing(
      'notifications',
      {
        lastGoodAt: newest(told),
        withinMs: toldWithinMs,
        incidents: of(facts, 'notification-failed'),
        evidence: { channels: channels.length },
      },
      now,
    ),
  ];
}

/** Of the parts that all organisations share everybody sees whether they work; disks and mail are the operators'. */
function ofInstallation({ now, looks }: Facts, isOperator: boolean): Thing[] {
  const shown = (id: Thing['id'], found: readonly WatchLook[]): Thing => {
    const wrong = found.reduce((sum, look) => sum + look.wrong, 0);
    // Of several the oldest: all of them were well then.
    const goodAt =
      found.length === 0 || found.some((look) => look.goodAt === null)
        ? null
        : oldest(found.map((look) => look.goodAt as Date));
    return thing(
      id,
      {
        lastGoodAt: goodAt,
        withinMs: lookWithinMs,
        incidents: [],
        isWrong: wrong > 0,
        evidence: isOperator ? figuresOf(found) : {},
      },
      now,
    );
  };
  const named = (name: string): WatchLook[] => looks.filter((look) => look.name === name);
  const parts: Thing[] = (['index', 'archive', 'queue'] as const).map((id) => shown(id, named(id)));
  const copy = named('archive-copy');
  // Where no second archive is set, nothing looks at one.
  if (copy.length > 0) parts.splice(2, 0, shown('archive-copy', copy));
  if (!isOperator) return parts;
  return [
    ...parts,
    shown('mail', named('mail')),
    shown(
      'disks',
      looks.filter(({ name }) => name.startsWith('disk of ')),
    ),
  ];
}

function figuresOf(found: readonly WatchLook[]): Record<string, number> {
  const figures = found.flatMap(({ details }) => Object.entries(details));
  const least = new Map<string, number>();
  for (const [name, value] of figures)
    if (typeof value === 'number') least.set(name, Math.min(value, least.get(name) ?? Infinity));
  return Object.fromEntries(least);
}

function newest(times: readonly Date[]): Date | null {
  return times.length === 0 ? null : new Date(Math.max(...times.map((time) => time.getTime())));
}

function oldest(times: readonly Date[]): Date {
  return new Date(Math.min(...times.map((time) => time.getTime())));
}

function showStream(
  stream: WatchedStream,
  limits: readonly StoredSilenceLimit[],
  now: Date,
): WatchStatusAnswer['streams'][number] {
  const { logGroup, logStream, lastReceivedAt, silentAt } = stream;
  const own = limits.filter((limit) => limit.logGroup === logGroup);
  const set = own.find((limit) => limit.logStream === logStream) ?? own.find((limit) => limit.logStream === null);
  const isRetired = set?.kind === 'retired' && silentAt === null;
  const state =
    silentAt === null || lastReceivedAt === null
      ? 'unknown'
      : silentAt.getTime() + countsWithinMs <= now.getTime()
        ? 'wrong'
        : 'ok';
  return {
    logGroup,
    logStream,
    state,
    basis: isRetired ? 'retired' : set?.kind === 'minutes' ? 'minutes' : stream.basis,
    lastReceivedAt: lastReceivedAt?.toISOString() ?? null,
    silentAt: silentAt?.toISOString() ?? null,
  };
}
