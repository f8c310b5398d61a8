import { randomUUIDv7 } from 'node:crypto';
import type { AppendOutcome, InboxWriter, RecordList } from '@akashi/archive';
import type { TenantId } from '@akashi/database';
import { encodeBatchOrigin, type BatchOrigin } from '@akashi/log-event';
import type { IngestMetrics } from '../ingest-metrics.ts';
import { receivedAtUs } from './received-at.ts';

/** Longer lines become several records that are marked as parts of one line. */
export const maxRecordBytes = 256 * 1024;

export interface ArrivedBatch {
  tenantId: TenantId;
  origin: Omit<BatchOrigin, 'batchId'>;
  records: RecordList;
  idempotencyKey?: string;
}

/** Gives a batch its id and receive time and puts it into the inbox. */
export class Landing {
  readonly #inbox: Pick<InboxWriter, 'append'>;
  readonly #metrics: Pick<IngestMetrics, 'accepted' | 'refused'>;

  constructor(inbox: Pick<InboxWriter, 'append'>, metrics: Pick<IngestMetrics, 'accepted' | 'refused'>) {
    this.#inbox = inbox;
    this.#metrics = metrics;
  }

  /** Resolves when the batch is durable, or says why it is not taken. A fault of the keys or the disk rejects. */
  async land(batch: ArrivedBatch): Promise<AppendOutcome> {
    const batchId = randomUUIDv7();
    const { kind } = batch.origin.source;
    const outcome = await this.#inbox.append(batch.tenantId, {
      batchId,
      origin: encodeBatchOrigin({ batchId, ...batch.origin }),
      receivedAtUs: receivedAtUs(),
      records: batch.records,
      ...(batch.idempotencyKey === undefined ? {} : { idempotencyKey: batch.idempotencyKey }),
    });
    if (outcome.code !== 'accepted') this.#metrics.refused(kind, outcome.code);
    else if (!outcome.repeated) this.#metrics.accepted(kind, outcome.receipt);
    return outcome;
  }
}
