import { ruleLimits } from '../rules/rule-limits.ts';
import type { RuleInForce } from '../rules/rule.ts';
import type { RuleMatch } from '../matching/rule-match.ts';
import { alertId, type DecisionContext } from './alert-id.ts';
import type { Alert } from './alert.ts';
import type { Hit, KeyMemory } from './key-state.ts';

export const secondUs = 1_000_000;

/** The memory of one rule and key while a block is decided. */
export class WorkingMemory {
  readonly inForce: RuleInForce;
  readonly key: string;
  readonly createdUs: number;
  readonly context: DecisionContext;
  n: number;
  episodes: Alert[];
  waiting: Hit[][];
  dropped: number;
  last: Hit | null;
  isSilent: boolean;
  readonly changedAlerts = new Map<string, Alert>();
  #lastEventId: string | undefined;

  constructor(
    inForce: RuleInForce,
    { key, memory }: { key: string; memory: KeyMemory | undefined },
    { createdUs, context }: { createdUs: number; context: DecisionContext },
  ) {
    this.inForce = inForce;
    this.key = key;
    this.createdUs = createdUs;
    this.context = context;
    this.n = memory?.n ?? 0;
    this.episodes = [...(memory?.episodes ?? [])];
    this.waiting = (memory?.waiting ?? []).map((hits) => [...hits]);
    this.dropped = memory?.dropped ?? 0;
    this.last = memory?.last ?? null;
    this.isSilent = memory?.isSilent ?? false;
  }

  get quietUs(): number {
    return this.inForce.rule.quietSeconds * secondUs;
  }

  /** The hit of a match; matches of one event are one event of the key. */
  hitOf({ receivedAtUs, eventId, logGroup, logStream, value }: RuleMatch): Hit {
    if (eventId !== this.#lastEventId) this.n += 1;
    this.#lastEventId = eventId;
    const hit = { us: receivedAtUs, n: this.n, at: this.createdUs, eventId, logGroup, logStream };
    return value === undefined ? hit : { ...hit, value };
  }

  /** The alert that a hit of this time belongs to: of several the one that was opened first. */
  episodeAt(us: number): Alert | undefined {
    return this.episodes.find(
      ({ firstAtUs, lastAtUs }) => us >= firstAtUs - this.quietUs && us <= lastAtUs + this.quietUs,
    );
  }

  /** Adds hits to the alert that they belong to, or opens one. `count` is what they count together. */
  tell(hits: readonly Hit[], { us, count }: { us: readonly [first: number, last: number]; count: number }): Alert {
    const [firstUs, lastUs] = us;
    const known = this.episodeAt(lastUs);
    const alert =
      known === undefined
        ? this.#opened(hits, { firstUs, lastUs, count })
        : joined(known, hits, { firstUs, lastUs, count });
    if (known === undefined) {
      this.episodes.push(alert);
      if (this.episodes.length > ruleLimits.episodesPerKey) this.episodes.shift();
    } else this.episodes = this.episodes.map((episode) => (episode.id === alert.id ? alert : episode));
    this.changedAlerts.set(alert.id, alert);
    return alert;
  }

  #opened(hits: readonly Hit[], { firstUs, lastUs, count }: Span): Alert {
    const { ruleId, version } = this.inForce;
    const first = hits[0]?.eventId ?? String(firstUs);
    const id = alertId(this.context, [ruleId, String(version), this.key, first]);
    const empty: Alert = {
      id,
      ruleId,
      version,
      key: this.key,
      firstAtUs: firstUs,
      lastAtUs: lastUs,
      openedAtUs: this.createdUs,
      count: 0,
      events: [],
      places: [],
      hasAllPlaces: true,
    };
    return joined(empty, hits, { firstUs, lastUs, count });
  }

  /** Forgets alerts that nothing can join any more. */
  prune(): void {
    this.episodes = this.episodes.filter((episode) => this.createdUs <= this.#keptUntil(episode));
  }

  #keptUntil({ lastAtUs, openedAtUs }: Alert): number {
    return Math.max(lastAtUs + this.quietUs, openedAtUs) + ruleLimits.lateSeconds * secondUs;
  }

  /** The next moment at which something of it goes by itself. */
  nextPruneUs(): number | null {
    return least(this.episodes.map((episode) => this.#keptUntil(episode)));
  }

  toMemory(): KeyMemory {
    const { n, episodes, waiting, dropped, last, isSilent } = this;
    const memory: KeyMemory = { n, episodes, waiting, dropped };
    return this.inForce.rule.kind === 'absence' ? { ...memory, last, isSilent } : memory;
  }
}

interface Span {
  readonly firstUs: number;
  readonly lastUs: number;
  readonly count: number;
}

function joined(alert: Alert, hits: readonly Hit[], { firstUs, lastUs, count }: Span): Alert {
  const events = [...alert.events];
  const places = [...alert.places];
  let { hasAllPlaces } = alert;
  for (const { eventId, logGroup, logStream } of hits) {
    if (events.length < ruleLimits.eventsPerAlert && !events.some((event) => event.eventId === eventId)) {
      events.push({ eventId, logGroup, logStream });
    }
    if (places.some((place) => place.logGroup === logGroup && place.logStream === logStream)) continue;
    if (places.length < ruleLimits.placesPerAlert) places.push({ logGroup, logStream });
    else hasAllPlaces = false;
  }
  return {
    ...alert,
    firstAtUs: Math.min(alert.firstAtUs, firstUs),
    lastAtUs: Math.max(alert.lastAtUs, lastUs),
    count: alert.count + count,
    events,
    places,
    hasAllPlaces,
  };
}

export function least(times: readonly number[]): number | null {
  return times.length === 0 ? null : times.reduce((a, b) => Math.min(a, b));
}
