import { retentionFloors } from '@akashi/policy';

const dayMs = 86_400_000;
/**
 * A stream holds what was received in this many days, so that no index spans more than thirty: what is written to the end of
 * a period by a segment that was opened in it is a few seconds late.
 */
const periodDays = 28;
const periodMs = periodDays * dayMs;

/** Days that events stay searchable, of organisations that chose nothing else. */
export const defaultOnlineDays = retentionFloors.onlineDays;

export interface PlacementSettings {
  /** What names of data streams begin with. */
  readonly prefix: string;
  /** Organisations that are large enough for streams of their own. */
  readonly largeTenants: ReadonlySet<string>;
}

/** The data streams of one tenant. */
export interface Placement {
  /** Where documents of a landing segment go, by the time in its id. */
  streamOf(segmentId: string, onlineDays: number): string;
  /** Where its documents may be, as patterns: one that became large has earlier ones among those of others. */
  readonly read: readonly string[];
  /** All streams of all tenants, as a pattern: to be listed, never to be read. */
  readonly all: string;
  /** Whether a stream may hold documents of the landing segment. */
  mayHold(stream: string, segmentId: string): boolean;
}

/** What a data stream of events holds. */
export interface StreamPlace {
  readonly onlineDays: number;
  /** Null for a stream that tenants share. */
  readonly tenantId: string | null;
  /** When its period begins, in epoch milliseconds. */
  readonly fromMs: number;
}

/** The one place that decides where a tenant's documents are: by days online, by period of receipt, shared or alone. */
export function placementOf(settings: PlacementSettings, tenantId: string): Placement {
  const { prefix, largeTenants } = settings;
  const shared = `${prefix}-*-from-*`;
  const listing: Pick<Placement, 'all' | 'mayHold'> = {
    all: `${prefix}-*`,
    mayHold: (stream, segmentId) => {
      const place = placeOfStream(prefix, stream);
      if (place === undefined || (place.tenantId ?? tenantId) !== tenantId) return false;
      return place.fromMs === periodOf(segmentId);
    },
  };
  if (!largeTenants.has(tenantId)) {
    return {
      ...listing,
      streamOf: (segmentId, days) => `${prefix}-${days}-from-${periodName(periodOf(segmentId))}`,
      read: [shared],
    };
  }
  return {
    ...listing,
    streamOf: (segmentId, days) => `${prefix}-${days}-${tenantId}-since-${periodName(periodOf(segmentId))}`,
    read: [shared, `${prefix}-*-${tenantId}-since-*`],
  };
}

/** When the period of a landing segment begins, in epoch milliseconds: its id (RFC 9562, version 7) begins with its time. */
export function periodOf(segmentId: string): number {
  const ms = Number.parseInt(segmentId.slice(0, 8) + segmentId.slice(9, 13), 16);
  return ms - (ms % periodMs);
}

/** When a period that begins then is over. */
export function periodEnd(fromMs: number): number {
  return fromMs + periodMs;
}

function periodName(fromMs: number): string {
  return new Date(fromMs).toISOString().slice(0, 10).replaceAll('-', '');
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const placeForm = new RegExp(`^(\\d{1,5})(?:-(${uuid})-since|-from)-(\\d{4})(\\d{2})(\\d{2})$`);

/** The place that a stream's name says, also of an organisation that is large no longer; undefined for other streams. */
export function placeOfStream(prefix: string, name: string): StreamPlace | undefined {
  if (!name.startsWith(`${prefix}-`)) return undefined;
  const found = placeForm.exec(name.slice(prefix.length + 1));
  if (found === null) return undefined;
  const [, days, tenantId, year, month, day] = found;
  const fromMs = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return { onlineDays: Number(days), tenantId: tenantId ?? null, fromMs };
}

/** `<prefix>-<tenant id>` and `<prefix>-<days>`, also of one tenant: of versions in which a stream held every period. */
export function isFormerStream(prefix: string, name: string): boolean {
  if (!name.startsWith(`${prefix}-`)) return false;
  return new RegExp(`^(?:${uuid}|\\d{1,5}(?:-${uuid})?)$`).test(name.slice(prefix.length + 1));
}
