import { machineOf } from '@akashi/attribution';
import { parseEventId } from '@akashi/log-event';
import {
  clockPeriod,
  timeFactOf,
  timeFactQuery,
  usualTimeLimits,
  type AccessScope,
  type ClockFact,
  type ClockPeriod,
  type TimeSettings,
} from '@akashi/policy';
import type { FlatDocument } from '@akashi/query';
import { selectionOfReport } from '@akashi/report';
import type { EventReading, StoredDocument } from '@akashi/search';
import { momentOf } from './moment-of.ts';
import { readingOfRun } from './reading-of-run.ts';
import type { ReportParts, RunInHand } from './report-parts.ts';

const hourMs = 60 * 60 * 1000;
/** A host whose newest line is older than this is taken for one that never said anything. */
const longestBackHours = 35 * 24;

/** The clock of one host over the period of a run, and where its lines were. */
export interface ReadClock {
  readonly machine: string;
  readonly period: ClockPeriod;
  readonly logGroups: readonly string[];
  readonly logStreams: readonly string[];
}

export interface ClocksOfRun {
  /** By their hosts' names. */
  readonly clocks: readonly ReadClock[];
  /** The lines that they were read from, for those of them that are wanted. */
  readonly events: EventReading;
}

interface Host {
  name: string;
  readonly facts: PlacedFact[];
  readonly logGroups: Set<string>;
  readonly logStreams: Set<string>;
}

interface PlacedFact extends ClockFact {
  readonly segment: string;
  readonly position: number;
}

/**
 * The clocks of the hosts in a run's scope over its period. The lines before the period are read for as long as a host may say
 * nothing, so that its state at the start is known. They are folded by the time they were received, as the log has them, and not
 * by what their own clocks say. Close `events`.
 */
export async function readClocks(parts: ReportParts, inHand: RunInHand, scope: AccessScope): Promise<ClocksOfRun> {
  const { run, tenantId } = inHand;
  const settings = await parts.database.forTenant(tenantId).timeSettings.get();
  const period = { fromMs: run.from.getTime(), toMs: run.to.getTime() };
  const search = await readingOfRun(parts, inHand);
  const { tags, timeZone } = run.basis;
  const events = await search.readEvents({
    tree: selectionOfReport({ classes: [], query: timeFactQuery, tag: null }, { tags, timeZone }),
    scope,
    from: period.fromMs - backHours(settings) * hourMs,
    to: period.toMs,
    timeField: 'received_at',
  });
  try {
    const hosts = await factsByHost(events, inHand);
    const clocks = [...hosts].flatMap(([machine, { name, facts, logGroups, logStreams }]): ReadClock[] => {
      const ordered = facts.toSorted(inOrderOfLog);
      const found = clockPeriod({ host: name, facts: ordered, ...period }, settings);
      if (found === null) return [];
      return [{ machine, period: found, logGroups: [...logGroups].toSorted(), logStreams: [...logStreams].toSorted() }];
    });
    return { clocks: clocks.toSorted((one, other) => (one.period.host < other.period.host ? -1 : 1)), events };
  } catch (error) {
    await events.close().catch(() => undefined);
    throw error;
  }
}

function backHours({ groups }: TimeSettings): number {
  const silent = [usualTimeLimits, ...groups.map(({ limits }) => limits)].map(({ silentHours }) => silentHours);
  return Math.min(longestBackHours, Math.max(...silent));
}

async function factsByHost(events: EventReading, inHand: RunInHand): Promise<Map<string, Host>> {
  const hosts = new Map<string, Host>();
  for await (const page of events.pages()) {
    for (const stored of page) take(hosts, stored);
    await inHand.progress(0);
  }
  return hosts;
}

function take(hosts: Map<string, Host>, { id, document }: StoredDocument): void {
  const labels = labelsOf(document);
  const fact = timeFactOf({ field: (name) => document[name], label: (name) => labels[name] });
  if (fact === undefined) return;
  const logStream = textOf(document['log.stream']);
  const name = textOf(document['host.name']) || logStream;
  const machine = machineOf({ host: name, stream: logStream });
  let host = hosts.get(machine);
  if (host === undefined) {
    host = { name, facts: [], logGroups: new Set(), logStreams: new Set() };
    hosts.set(machine, host);
  }
  host.logGroups.add(textOf(document['log.group']));
  host.logStreams.add(logStream);
  const { segmentId = '', position = 0 } = parseEventId(id) ?? {};
  const timeMs = momentOf(document['@timestamp']);
  const receivedMs = momentOf(document['received_at']);
  host.facts.push({ ...fact, eventId: id, timeMs, receivedMs, segment: segmentId, position });
}

function inOrderOfLog(one: PlacedFact, other: PlacedFact): number {
  if (one.receivedMs !== other.receivedMs) return one.receivedMs - other.receivedMs;
  if (one.segment !== other.segment) return one.segment < other.segment ? -1 : 1;
  return one.position - other.position;
}

function labelsOf(document: FlatDocument): Readonly<Record<string, string | undefined>> {
  const { labels } = document;
  return typeof labels === 'object' && labels !== null ? (labels as Record<string, string>) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
