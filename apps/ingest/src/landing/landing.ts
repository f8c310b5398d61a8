import { randomUUIDv7 } from 'node:crypto';
import { releaseRecords, type AppendOutcome, type InboxWriter, type RecordList } from '@akashi/inbox';
import type { TenantId } from '@akashi/database';
import { encodeBatchOrigin, type BatchOrigin } from '@akashi/log-event';
import type { IngestMetrics } from '../ingest-metrics.ts';
import type { IntakeQuotas } from '../quota/intake-quotas.ts';

/** Longer lines become several records that are marked as parts of one line. */
export const maxRecordBytes = 256 * 1024;

export interface ArrivedBatch {
  tenantId: TenantId;
  origin: Omit<BatchOrigin, 'batchId'>;
  records: RecordList;
  idempotencyKey?: string;
  /** Bytes that were charged to the organisation's quota while they came in. */
  chargedBytes?: number;
}

export interface LandingParts {
  inbox: Pick<InboxWriter, 'append'>;
  metrics: Pick<IngestMetrics, 'accepted' | 'refused'>;
  quotas: Pick<IntakeQuotas, 'spend'>;
  /** From `openReceiveTimes`. */
  receivedAtUs: () => number;
  /** As the ledger has it, a second or two old. */
  retentionPolicyOf: (tenantId: TenantId, logGroup: string) => string;
}

/** Gives a batch its id and receive time and puts it into the inbox. */
export class Landing {
  readonly #inbox: Pick<InboxWriter, 'append'>;
  readonly #metrics: Pick<IngestMetrics, 'accepted' | 'refused'>;
  readonly #quotas: Pick<IntakeQuotas, 'spend'>;
  readonly #receivedAtUs: () => number;
  readonly #retentionPolicyOf: LandingParts['retentionPolicyOf'];

  constructor(parts: LandingParts) {
    this.#inbox = parts.inbox;
    this.#metrics = parts.metrics;
    this.#quotas = parts.quotas;
    this.#receivedAtUs = parts.receivedAtUs;
    this.#retentionPolicyOf = parts.retentionPolicyOf;
  }

  /** Resolves when the batch is durable, or says why it is not taken. A fault of the keys or the disk rejects. */
  async land(batch: ArrivedBatch): Promise<AppendOutcome> {
    const batchId = randomUUIDv7();
    const { kind } = batch.origin.source;
    const { count } = batch.records;
    // Before it lands, so that batches that come together are all counted. What the product itself has to record is never
    // held up.
    const cost = kind === 'system' ? 0 : 1;
    const bytes = batch.chargedBytes ?? cost * batch.records.recordBytes;
    const spent = { bytes: batch.chargedBytes === undefined ? bytes : 0, records: cost * count };
    this.#quotas.spend(batch.tenantId, spent);
    const outcome = await this.#inbox.append(batch.tenantId, {
      batchId,
      origin: encodeBatchOrigin({ batchId, ...batch.origin }),
      receivedAtUs: this.#receivedAtUs(),
      retentionPolicy: this.#retentionPolicyOf(batch.tenantId, batch.origin.logGroup),
      records: batch.records,
      ...(batch.idempotencyKey === undefined ? {} : { idempotencyKey: batch.idempotencyKey }),
    });
    // What could not be taken is given back. Reading a repetition, or what contradicts an earlier batch, was work all the
    // same: only its records do not count again.
    const isRead = outcome.code === 'idempotency-conflict' || (outcome.code === 'accepted' && outcome.repeated);
    if (outcome.code !== 'accepted' || outcome.repeated) {
      const keptBytes = isRead ? (batch.chargedBytes ?? 0) : 0;
      this.#quotas.spend(batch.tenantId, { bytes: keptBytes - bytes, records: -spent.records });
    }
    // One that is not taken may be offered again.
    if (outcome.code === 'accepted') releaseRecords(batch.records);
    if (outcome.code !== 'accepted') this.#metrics.refused(kind, outcome.code);
    else if (!outcome.repeated) this.#metrics.accepted(kind, outcome.receipt);
    return outcome;
  }
}
