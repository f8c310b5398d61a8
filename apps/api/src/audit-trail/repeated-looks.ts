import type { AuditEvent } from '@akashi/audit-trail';
import type { Logger } from '@akashi/server-kit';
import type { AuditContext } from './audit-trail.ts';

interface Settings {
  readonly record: (context: AuditContext, event: AuditEvent) => Promise<void>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
  readonly windowMs?: number;
  readonly mostLooks?: number;
}

interface Look {
  readonly context: AuditContext;
  readonly event: AuditEvent;
  readonly since: Date;
  times: number;
  count: number;
  from: string | undefined;
  to: string | undefined;
  until: Date;
}

const minuteMs = 60_000;
const usualMostLooks = 5_000;

/**
 * What screens ask again and again by themselves. The first look of each minute is on record at once, so that no crash
 * takes a look away; the others of the minute are one event with their number, range and counts.
 */
export class RepeatedLooks {
  readonly #settings: Settings;
  readonly #looks = new Map<string, Look>();
  readonly #timer: NodeJS.Timeout;
  readonly #windowMs: number;
  readonly #mostLooks: number;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#windowMs = settings.windowMs ?? minuteMs;
    this.#mostLooks = settings.mostLooks ?? usualMostLooks;
    this.#timer = setInterval(
      () => void this.#flush(this.#settings.now().getTime() - this.#windowMs),
      this.#windowMs / 6,
    );
    this.#timer.unref();
  }

  async add(context: AuditContext, event: AuditEvent, key: string): Promise<void> {
    const id = JSON.stringify([
      context.tenantId,
      context.actor.kind,
      context.actor.id,
      context.address,
      event.action,
      key,
    ]);
    const look = this.#looks.get(id);
    const now = this.#settings.now();
    if (look === undefined || now.getTime() - look.since.getTime() >= this.#windowMs) {
      await this.#settings.record(context, event);
      if (look !== undefined) await this.#summarise(look);
      // What is looked for is the caller's to choose: beyond so many different looks each one is on record by itself.
      else if (this.#looks.size >= this.#mostLooks) return;
      this.#looks.set(id, {
        context,
        event,
        since: now,
        times: 0,
        count: 0,
        from: undefined,
        to: undefined,
        until: now,
      });
      return;
    }
    look.times += 1;
    look.count += event.count ?? 0;
    look.until = now;
    if (event.from !== undefined && (look.from === undefined || event.from < look.from)) look.from = event.from;
    if (event.to !== undefined && (look.to === undefined || event.to > look.to)) look.to = event.to;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flush(Number.POSITIVE_INFINITY);
  }

  async #flush(startedBeforeMs: number): Promise<void> {
    for (const [id, look] of this.#looks) {
      if (look.since.getTime() >= startedBeforeMs) continue;
      try {
        await this.#summarise(look);
        this.#looks.delete(id);
      } catch (cause) {
        this.#settings.logger.warn({ err: cause }, 'A summary of repeated looks waits for the audit trail.');
        return;
      }
    }
  }

  async #summarise(look: Look): Promise<void> {
    const { context, event, times, since, until, from, to, count } = look;
    if (times === 0) return;
    look.times = 0;
    try {
      await this.#settings.record(context, {
        ...event,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        ...(event.count === undefined ? {} : { count }),
        details: { ...event.details, repeated: times, since: since.toISOString(), until: until.toISOString() },
      });
    } catch (error) {
      look.times += times;
      throw error;
    }
  }
}
