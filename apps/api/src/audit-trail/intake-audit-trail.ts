import { AuditRecordTooLargeError, type AuditEvent } from '@akashi/audit-trail';
import { AuditUnavailableError, type AuditSender } from '@akashi/client';
import { AppError, type Logger } from '@akashi/server-kit';
import { AuditTrail, type AuditContext } from './audit-trail.ts';
import { RepeatedLooks } from './repeated-looks.ts';

const retryAfterSeconds = 2;

/** The audit trail by the ordinary way of a record: intake, masking, archive, seal, index. */
export class IntakeAuditTrail extends AuditTrail {
  readonly #sender: AuditSender;
  readonly #repeated: RepeatedLooks;

  constructor(sender: AuditSender, logger: Logger) {
    super();
    this.#sender = sender;
    this.#repeated = new RepeatedLooks({ record: (context, event) => this.record(context, event), logger });
  }

  async record(context: AuditContext, event: AuditEvent): Promise<void> {
    const { tenantId, actor, address, userAgent, requestId } = context;
    try {
      await this.#sender.record({ tenantId, actor, origin: { address, userAgent, requestId }, event });
    } catch (cause) {
      if (cause instanceof AuditRecordTooLargeError) throw new AppError('record-too-large', { cause });
      if (!(cause instanceof AuditUnavailableError)) throw cause;
      throw new AppError('audit-trail-unavailable', { cause, retryAfterSeconds });
    }
  }

  recordRepeated(context: AuditContext, event: AuditEvent, key: string): Promise<void> {
    return this.#repeated.add(context, event, key);
  }

  async close(): Promise<void> {
    await this.#repeated.close();
    await this.#sender.close();
  }
}
