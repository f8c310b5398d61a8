import { randomUUID } from 'node:crypto';
import { formatAuditLine, type AuditActor, type AuditEvent, type AuditOrigin } from '@akashi/audit-trail';
import { auditTrailGroup } from '@akashi/policy';
import { createOwnLogSender, OwnLogError } from './own-log-sender.ts';

export interface AuditSenderSettings {
  /** The intake's address. */
  readonly endpoint: string;
  /** The installation's own key; asked for once. */
  readonly key: () => Promise<string>;
  /** The product's part that records: names the log stream and the service. */
  readonly service: 'api' | 'ingest' | 'worker' | 'platform';
  /** When an act was. */
  readonly now: () => Date;
  /** An act is refused when it could not be recorded for as long. */
  readonly withinMs?: number;
}

export interface AuditSender {
  /** Resolves after the receipt; rejects with an AuditUnavailableError otherwise. */
  record(act: { tenantId: string; actor: AuditActor; origin: AuditOrigin; event: AuditEvent }): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** The act could not be put on record, so it must not happen. */
export class AuditUnavailableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the audit trail cannot be written (${reason})`, options);
    this.name = 'AuditUnavailableError';
  }
}

interface Waiting {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (error: AuditUnavailableError) => void;
}

const maxBatch = 200;

export function createAuditSender(settings: AuditSenderSettings): AuditSender {
  const waiting = new Map<string, Waiting[]>();
  const sending = new Map<string, Promise<void>>();
  const log = createOwnLogSender(settings);

  function post(tenantId: string, batch: readonly Waiting[]): Promise<void> {
    return log.appendAll({
      tenantId,
      logGroup: auditTrailGroup,
      logStream: settings.service,
      records: batch.map(({ line }) => line),
      idempotencyKey: randomUUID(),
    });
  }

  async function drain(tenantId: string): Promise<void> {
    // Concurrent acts of one organisation share a request, and with it one sync of the disk; nobody waits for others to come.
    await new Promise((resolve) => setImmediate(resolve));
    for (;;) {
      const queue = waiting.get(tenantId) ?? [];
      const batch = queue.splice(0, maxBatch);
      if (batch.length === 0) break;
      try {
        await post(tenantId, batch);
        for (const { resolve } of batch) resolve();
      } catch (cause) {
        const error = new AuditUnavailableError(cause instanceof OwnLogError ? cause.code : 'fault', { cause });
        for (const { reject } of batch) reject(error);
      }
    }
    waiting.delete(tenantId);
    sending.delete(tenantId);
  }

  return {
    record({ tenantId, ...act }) {
      const line = formatAuditLine({ id: randomUUID(), at: settings.now(), service: settings.service, ...act });
      return new Promise<void>((resolve, reject) => {
        const queue = waiting.get(tenantId) ?? [];
        queue.push({ line, resolve, reject });
        waiting.set(tenantId, queue);
        if (!sending.has(tenantId)) sending.set(tenantId, drain(tenantId));
      });
    },
    async close() {
      await Promise.all(sending.values());
    },
  };
}
