import type { AuditSender } from '@akashi/client';
import type { Database, TenantId } from '@akashi/database';
import { judgeFormat, type FormatCost } from '@akashi/log-event';
import type { Logger } from '@akashi/server-kit';
import { faultCode } from '../fault-code.ts';
import type { IncidentDesk } from '../incidents/incident-desk.ts';

export interface FormatWatchParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly trail: Pick<AuditSender, 'record'>;
  readonly desk: Pick<IncidentDesk, 'notice'>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
}

type Sum = Omit<FormatCost, 'name'>;

const nothing: Sum = { lines: 0, tooLong: 0, millis: 0 };

/**
 * Switches off an organisation's own format that holds up the lines of everybody, or that most of its lines are too long for,
 * and says so: on the trail, as an incident, on the page of formats.
 */
export class FormatWatch {
  readonly #parts: FormatWatchParts;
  readonly #sums = new Map<string, Sum>();
  readonly #underWay = new Set<Promise<void>>();

  constructor(parts: FormatWatchParts) {
    this.#parts = parts;
  }

  /** Adds up until there is enough to judge. */
  take(tenantId: TenantId, costs: readonly FormatCost[]): void {
    for (const { name, ...cost } of costs) {
      const key = `${tenantId} ${name}`;
      const sum = plus(this.#sums.get(key) ?? nothing, cost);
      const verdict = judgeFormat(sum);
      if (verdict === 'undecided') this.#sums.set(key, sum);
      else this.#sums.delete(key);
      if (verdict === 'too-slow' || verdict === 'too-long') this.#begin(this.#switchOff(tenantId, name, verdict));
    }
  }

  /** Resolves when what was begun is written. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay);
  }

  #begin(work: Promise<void>): void {
    this.#underWay.add(work);
    void work.finally(() => this.#underWay.delete(work));
  }

  async #switchOff(tenantId: TenantId, name: string, reason: 'too-slow' | 'too-long'): Promise<void> {
    const { database, trail, desk, logger, now } = this.#parts;
    try {
      const isOff = await database
        .forTenant(tenantId)
        .ownFormats.deactivate({ name, by: 'Akashi', at: now(), reason }, () =>
          trail.record({
            tenantId,
            actor: { kind: 'system', id: 'format-watch', name: 'Akashi' },
            origin: { address: 'worker' },
            event: {
              action: 'format.deactivate',
              outcome: 'success',
              target: { kind: 'format', id: name, name },
              details: { reason },
            },
          }),
        );
      if (isOff)
        await desk.notice(tenantId, { kind: 'rule-disabled', where: `format ${name}`, cause: `format-${reason}` });
    } catch (error) {
      // It is judged again by the lines that come.
      logger.warn({ tenantId, code: faultCode(error), err: error }, 'A format could not be switched off.');
    }
  }
}

function plus(left: Sum, right: Sum): Sum {
  return {
    lines: left.lines + right.lines,
    tooLong: left.tooLong + right.tooLong,
    millis: left.millis + right.millis,
  };
}
