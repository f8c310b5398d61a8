import { Inject, Injectable } from '@nestjs/common';
import type { OfflinePart } from '@akashi/contracts';
import type { OfflineGroup, OnlinePeriod, RecordsWanted } from '@akashi/database';
import { reachOfLogGroup } from '@akashi/policy';
import { periodEnd, type StreamPlace } from '@akashi/search';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { chosenGroups } from './chosen-groups.ts';
import type { ReadSelection } from './read-selection.ts';

type Asked = Pick<ReadSelection, 'scope' | 'logGroups' | 'withoutOwnLogs' | 'from' | 'to' | 'timeField'>;

const dayMs = 86_400_000;
/** Streams come once in weeks and go once in weeks; a search must not ask for them each time. */
const placesFreshForMs = 10_000;
const mostGroups = 100;
/** Names of a reader who asks again within a moment are the same. */
const daysFreshForMs = 10_000;
/** A search, its chart and its counts ask the same within a moment: of a busy year that is a look at many blocks. */
const groupsFreshForMs = 15_000;
const mostRemembered = 200;

/** What of a selection is kept in the archive and online no more (PCI DSS 10.5.1): said with every answer about it. */
@Injectable()
export class OfflineService {
  readonly #parts: Pick<ApiParts, 'database' | 'search' | 'clock'>;
  #places: { readonly at: number; readonly listed: Promise<StreamPlace[]> } | undefined;
  readonly #fewestDays = new Map<string, { readonly at: number; readonly days: Promise<number> }>();
  readonly #groups = new Map<string, { readonly at: number; readonly found: Promise<OfflineGroup[]> }>();

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'search' | 'clock'>) {
    this.#parts = parts;
  }

  /** Null where everything asked for is online, or nothing is kept. */
  async of(context: RequestContext, asked: Asked): Promise<OfflinePart | null> {
    const now = this.#parts.clock.now();
    const byEventTime = asked.timeField === '@timestamp';
    const reach = byEventTime ? asked.from - dayMs : asked.from;
    // Nothing younger than the fewest days online has gone: nearly every search asks for no more.
    if (reach >= now.getTime() - (await this.#fewestDaysOf(context)) * dayMs) return null;
    const database = this.#parts.database.forTenant(context.tenantId);
    const logGroups = chosenGroups(await database.archivedRecords.logGroups(), asked);
    if (logGroups.length === 0) return null;
    const online = (await this.#listPlaces()).flatMap((place) => onlinePeriod(place, context.tenantId));
    const wanted = { ...recordsWanted(asked, logGroups), online };
    const groups = await this.#remembered(context, wanted, () => database.archivedRecords.offline({ ...wanted, now }));
    if (groups.length === 0) return null;
    const isWhole = groups.every(({ logGroup }) => reachOfLogGroup(asked.scope, logGroup) === 'all');
    const lastUs = Math.max(...groups.map(({ lastReceivedUs }) => lastReceivedUs));
    return {
      before: momentOf(lastUs + 1_000),
      firstReceived: momentOf(Math.min(...groups.map(({ firstReceivedUs }) => firstReceivedUs))),
      logGroups: groups.slice(0, mostGroups).map(({ logGroup }) => logGroup),
      records: isWhole ? groups.reduce((sum, { records }) => sum + records, 0) : null,
    };
  }

  /** What is asked names its log groups and the streams that there are: an answer of a moment ago holds for whoever asks it. */
  #remembered(
    { tenantId }: RequestContext,
    wanted: object,
    look: () => Promise<OfflineGroup[]>,
  ): Promise<OfflineGroup[]> {
    const at = performance.now();
    const key = JSON.stringify([tenantId, wanted]);
    const known = this.#groups.get(key);
    if (known !== undefined && at - known.at < groupsFreshForMs) return known.found;
    if (this.#groups.size >= mostRemembered) this.#groups.clear();
    const found = look();
    this.#groups.set(key, { at, found });
    found.catch(() => this.#groups.delete(key));
    return found;
  }

  /** Of the organisation's policies, and of what was raised or lowered since. */
  #fewestDaysOf({ tenantId }: RequestContext): Promise<number> {
    const known = this.#fewestDays.get(tenantId);
    const at = performance.now();
    if (known !== undefined && at - known.at < daysFreshForMs) return known.days;
    const days = this.#parts.database.forTenant(tenantId).archivedRecords.fewestOnlineDays();
    this.#fewestDays.set(tenantId, { at, days });
    days.catch(() => this.#fewestDays.delete(tenantId));
    return days;
  }

  #listPlaces(): Promise<StreamPlace[]> {
    const at = performance.now();
    if (this.#places !== undefined && at - this.#places.at < placesFreshForMs) return this.#places.listed;
    const listed = this.#parts.search.platform.listPlaces();
    this.#places = { at, listed };
    listed.catch(() => (this.#places = undefined));
    return listed;
  }
}

/** A selection as the tables of the archive are asked. */
export function recordsWanted(
  { from, to, timeField }: Pick<ReadSelection, 'from' | 'to' | 'timeField'>,
  logGroups: readonly string[],
): RecordsWanted {
  return { logGroups, fromUs: from * 1_000, toUs: to * 1_000, byEventTime: timeField === '@timestamp' };
}

/** Which segments' documents a stream holds. */
function onlinePeriod({ onlineDays, tenantId, fromMs }: StreamPlace, ownId: string): OnlinePeriod[] {
  if (tenantId !== null && tenantId !== ownId) return [];
  return [{ onlineDays, from: segmentIdAt(fromMs), to: segmentIdAt(periodEnd(fromMs)) }];
}

/** What ids of segments that are opened from then on come after (RFC 9562, version 7). */
function segmentIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}

function momentOf(us: number): string {
  return new Date(Math.floor(us / 1_000)).toISOString();
}
