import type { AuditEvent } from '@akashi/audit-trail';
import type { Logger } from '@akashi/server-kit';
import type { AuditContext } from './audit-trail.ts';

interface Settings {
  readonly record: (context: AuditContext, event: AuditEvent) => Promise<void>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
  /** A follow that asks nothing for this long has ended. */
  readonly endsAfterMs: number;
  /** One that goes on for longer is summarised meanwhile. */
  readonly summaryEveryMs?: number;
}

interface Follow {
  readonly context: AuditContext;
  readonly event: AuditEvent;
  since: Date;
  until: Date;
  looks: number;
  from: string | undefined;
  to: string | undefined;
  count: number | undefined;
}

const usualSummaryMs = 15 * 60_000;

/**
 * Searches that a screen follows. The start is on record before its first answer, with what is followed; the looks after
 * it are one event at the end, with when it began and ended, its range, and how many there were. A summary that the trail
 * does not take stops the follow: the next look is refused until it is on record.
 */
export class FollowedSearches {
  readonly #settings: Settings;
  readonly #follows = new Map<string, Follow>();
  readonly #timer: NodeJS.Timeout;
  readonly #summaryEveryMs: number;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#summaryEveryMs = settings.summaryEveryMs ?? usualSummaryMs;
    this.#timer = setInterval(() => void this.#flush(), settings.endsAfterMs / 4);
    this.#timer.unref();
  }

  /** One look of the follow `id`. Rejects when it cannot be recorded. */
  async add(context: AuditContext, event: AuditEvent, id: string): Promise<void> {
    const key = JSON.stringify([context.tenantId, context.actor.kind, context.actor.id, id]);
    const follow = this.#follows.get(key);
    const now = this.#settings.now();
    if (follow === undefined) {
      await this.#settings.record(context, { ...event, action: 'live-tail' });
      this.#follows.set(key, {
        context,
        event,
        since: now,
        until: now,
        looks: 1,
        from: event.from,
        to: event.to,
        count: event.count,
      });
      return;
    }
    if (now.getTime() - follow.since.getTime() >= this.#summaryEveryMs) {
      await this.#summarise(follow);
      Object.assign(follow, { since: now, looks: 0, from: event.from });
    }
    Object.assign(follow, { until: now, looks: follow.looks + 1, to: event.to, count: event.count });
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush(Number.POSITIVE_INFINITY);
  }

  async #flush(idleSinceMs = this.#settings.now().getTime() - this.#settings.endsAfterMs): Promise<void> {
    for (const [key, follow] of this.#follows) {
      if (follow.until.getTime() > idleSinceMs) continue;
      try {
        await this.#summarise(follow);
        this.#follows.delete(key);
      } catch (cause) {
        this.#settings.logger.warn({ err: cause }, 'The summary of a followed search waits for the audit trail.');
        return;
      }
    }
  }

  #summarise({ context, event, since, until, looks, from, to, count }: Follow): Promise<void> {
    return this.#settings.record(context, {
      ...event,
      action: 'live-tail.end',
      from,
      to,
      count,
      details: { ...event.details, looks, since: since.toISOString(), until: until.toISOString() },
    });
  }
}
