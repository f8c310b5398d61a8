import type { AuditEvent } from '@akashi/audit-trail';
import { createTally, type AuditSender, type Tallied, type Tally } from '@akashi/client';
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
  readonly now: () => Date;
}

interface Fault {
  readonly tenantId: TenantId;
  readonly act: FaultAct;
}

/**
 * Failures of the pipeline in the organisation's own trail (PCI DSS 10.7.2). The first of a kind at once, the others of a
 * minute as one: a record of the trail goes through the same pipeline, and must not fail it further. What cannot be sent
 * waits for the next minute.
 */
export class FaultTrail {
  readonly #settings: Settings;
  readonly #tally: Tally<Fault>;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.#tally = createTally<Fault>({
      keyOf: ({ tenantId, act }) => JSON.stringify([tenantId, act.action, act.reason]),
      record: (told) => this.#send(told),
      amountOf: ({ act }) => act.count ?? 0,
      beyond: () => null,
      now: settings.now,
    });
  }

  report(tenantId: TenantId, act: FaultAct): void {
    this.#tally.note({ tenantId, act }).catch((cause: unknown) => {
      this.#settings.logger.warn({ tenantId, err: cause }, 'A failure waits for the audit trail.');
    });
  }

  async close(): Promise<void> {
    await this.#tally.close();
    await this.#settings.sender.close();
  }

  #send({ last: { tenantId, act }, times, amount, since }: Tallied<Fault>): Promise<void> {
    return this.#settings.sender.record({
      tenantId,
      actor: { kind: 'system', id: null, name: 'Akashi worker' },
      origin: { address: 'worker' },
      event: {
        ...act,
        outcome: 'failure',
        ...(act.count === undefined ? {} : { count: amount }),
        details: { ...act.details, ...(times > 1 ? { times, since: since.toISOString() } : {}) },
      },
    });
  }
}
