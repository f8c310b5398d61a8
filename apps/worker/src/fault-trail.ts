import type { AuditEvent } from '@akashi/audit-trail';
import type { AuditSender } from '@akashi/client';
import type { TenantId } from '@akashi/database';
import type { Logger } from '@akashi/server-kit';

/** What the worker tells an organisation of its own failing. */
export type FaultAct = Pick<AuditEvent, 'reason' | 'target' | 'details'> & {
  readonly action: 'job.failed' | 'record.quarantined' | 'verification.failed';
  readonly count?: number;
};

interface Settings {
  readonly sender: Pick<AuditSender, 'record' | 'close'>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly windowMs?: number;
}

interface Fault {
  readonly tenantId: TenantId;
  act: FaultAct;
  times: number;
  count: number;
  since: Date;
}

const minuteMs = 60_000;
const maxFaults = 1000;

/**
 * Failures of the pipeline in the organisation's own trail (PCI DSS 10.7.2). The first of a kind at once, the others of a
 * minute as one: a record of the trail goes through the same pipeline, and must not fail it further. What cannot be sent
 * waits for the next minute.
 */
export class FaultTrail {
  readonly #settings: Settings;
  readonly #faults = new Map<string, Fault>();
  readonly #timer: NodeJS.Timeout;
  #sending = Promise.resolve();

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#timer = setInterval(() => this.#sendAll(), settings.windowMs ?? minuteMs);
    this.#timer.unref();
  }

  report(tenantId: TenantId, act: FaultAct): void {
    const key = JSON.stringify([tenantId, act.action, act.reason]);
    const fault = this.#faults.get(key);
    if (fault !== undefined) {
      fault.act = act;
      fault.times += 1;
      fault.count += act.count ?? 0;
      return;
    }
    if (this.#faults.size >= maxFaults) return;
    this.#faults.set(key, { tenantId, act, times: 1, count: act.count ?? 0, since: new Date() });
    this.#sendAll([key]);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#sendAll();
    await this.#sending;
    await this.#settings.sender.close();
  }

  #sendAll(keys: readonly string[] = [...this.#faults.keys()]): void {
    this.#sending = this.#sending.then(async () => {
      for (const key of keys) await this.#send(key);
    });
  }

  async #send(key: string): Promise<void> {
    const fault = this.#faults.get(key);
    if (fault === undefined) return;
    // A minute without another: the kind is over, and its next one is told at once again.
    if (fault.times === 0) return void this.#faults.delete(key);
    const { tenantId, act, times, count, since } = fault;
    Object.assign(fault, { times: 0, count: 0, since: new Date() });
    try {
      await this.#settings.sender.record({
        tenantId,
        actor: { kind: 'system', id: null, name: 'Akashi worker' },
        origin: { address: 'worker' },
        event: {
          ...act,
          outcome: 'failure',
          ...(act.count === undefined ? {} : { count }),
          details: { ...act.details, ...(times > 1 ? { times, since: since.toISOString() } : {}) },
        },
      });
    } catch (cause) {
      fault.times += times;
      fault.count += count;
      this.#settings.logger.warn({ tenantId, err: cause }, 'A failure waits for the audit trail.');
    }
  }
}
