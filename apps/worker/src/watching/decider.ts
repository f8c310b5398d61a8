import type { TenantId } from '@akashi/database';
import { Counter, Gauge, type Logger, type Registry } from '@akashi/server-kit';
import { faultCode } from '../fault-code.ts';
import { decideEntries, type DecideParts } from './decide-entries.ts';
import { matchAgain, type MatchAgainParts } from './match-again.ts';

export interface DeciderParts extends Omit<DecideParts, 'database'>, MatchAgainParts {
  readonly logger: Pick<Logger, 'warn'>;
  readonly registry: Registry;
}

/** Organisations that are decided at a time. */
const lanes = 2;
/** Transactions of one organisation in a row: then others have their turn. */
const stepsInARow = 50;

/**
 * Decides what the events of each organisation matched, in the order of its log. Every worker tries: whoever holds an organisation's
 * cursor does it, and finds where the one before came to.
 */
export class Decider {
  readonly #parts: DeciderParts;
  readonly #undecided: Gauge;
  readonly #entries: Counter;
  readonly #matches: Counter;
  readonly #alerts: Counter;
  readonly #dropped: Counter;
  readonly #failures: Counter<'code'>;

  constructor(parts: DeciderParts) {
    this.#parts = parts;
    const registers = [parts.registry];
    this.#undecided = new Gauge({
      name: 'akashi_undecided_entries',
      help: 'Entries of all logs that no rules have decided yet',
      registers,
    });
    this.#entries = new Counter({ name: 'akashi_decided_entries_total', help: 'Entries of logs decided', registers });
    this.#matches = new Counter({ name: 'akashi_rule_matches_total', help: 'Matches of rules decided', registers });
    this.#alerts = new Counter({ name: 'akashi_alerts_total', help: 'Alerts opened', registers });
    this.#dropped = new Counter({
      name: 'akashi_rule_keys_dropped_total',
      help: 'Keys of rules that had to be forgotten for want of room',
      registers,
    });
    this.#failures = new Counter({
      name: 'akashi_decide_failures_total',
      help: 'Attempts to decide that stopped, by error code',
      labelNames: ['code'],
      registers,
    });
  }

  /** One round over everything that waits. */
  async run(stopping: AbortSignal): Promise<void> {
    const waiting = await this.#parts.database.platform.findUndecided();
    this.#undecided.set(waiting.reduce((sum, { entries }) => sum + entries, 0));
    const tenants = waiting.map(({ tenantId }) => tenantId);
    const lane = async (): Promise<void> => {
      for (let next = tenants.shift(); next !== undefined && !stopping.aborted; next = tenants.shift())
        await this.#decideSafely(next, stopping);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  /** Decides one organisation's log as far as it can be, or for some while. */
  async decide(tenantId: TenantId, stopping?: AbortSignal): Promise<void> {
    for (let step = 0; step < stepsInARow && stopping?.aborted !== true; step += 1) {
      const { entries, matches, opened, dropped, toMatch, hasMore } = await decideEntries(this.#parts, tenantId);
      this.#entries.inc(entries);
      this.#matches.inc(matches);
      this.#alerts.inc(opened);
      for (const keys of dropped.values()) this.#dropped.inc(keys);
      for (const segmentId of toMatch) await matchAgain(this.#parts, tenantId, segmentId);
      if (toMatch.length === 0 && !hasMore) return;
    }
  }

  async #decideSafely(tenantId: TenantId, stopping: AbortSignal): Promise<void> {
    try {
      await this.decide(tenantId, stopping);
    } catch (error) {
      const code = faultCode(error);
      this.#failures.inc({ code });
      this.#parts.logger.warn(
        { tenantId, code, err: error },
        'A log could not be decided yet; it will be tried again.',
      );
    }
  }
}
