import { AuditRecordTooLargeError, type AuditEvent } from '@akashi/audit-trail';
import { AuditUnavailableError, type AuditSender } from '@akashi/client';
import { AppError, type Logger } from '@akashi/server-kit';
import { AuditTrail, type AuditContext } from './audit-trail.ts';
import { followEndsAfterMs } from './search-acts.ts';
import { FollowedSearches } from './followed-searches.ts';
import { RepeatedLooks } from './repeated-looks.ts';

const retryAfterSeconds = 2;

/** The audit trail by the ordinary way of a record: intake, masking, archive, seal, index. */
export class IntakeAuditTrail extends AuditTrail {
  readonly #sender: AuditSender;
  readonly #repeated: RepeatedLooks;
  readonly #follows: FollowedSearches;

  constructor(sender: AuditSender, { logger, now }: { logger: Logger; now: () => Date }) {
    super();
    this.#sender = sender;
    const record = (context: AuditContext, event: AuditEvent) => this.record(context, event);
    this.#repeated = new RepeatedLooks({ record, logger, now });
    this.#follows = new FollowedSearches({ record, logger, now, endsAfterMs: followEndsAfterMs });
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

  recordFollow(context: AuditContext, event: AuditEvent, id: string): Promise<void> {
    return this.#follows.add(context, event, id);
  }

  async close(): Promise<void> {
    await this.#repeated.close();
    await this.#follows.close();
    await this.#sender.close();
  }
}
