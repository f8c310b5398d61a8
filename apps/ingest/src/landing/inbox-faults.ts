import type { AuditSender } from '@akashi/client';
import type { Logger } from '@akashi/server-kit';
import type { IntakeIncidents } from '../incidents/intake-incidents.ts';

export interface InboxFaults {
  /** A commit failed, and its senders were told to come back. */
  note(cause: unknown): void;
  /** Tells what waits, if it can. */
  close(): Promise<void>;
}

interface Settings {
  /** Rejects while writes fail: until then there is nowhere to tell it. */
  readonly checkWrites: () => Promise<void>;
  /** Undefined until the intake listens: what is told of it takes the ordinary way of a record. */
  readonly trail: () => Pick<AuditSender, 'record'> | undefined;
  /** The organisation of the platform; null while it is not there. */
  readonly platform: () => Promise<string | null>;
  /** Told at once, as the trail cannot be. */
  readonly incidents: Pick<IntakeIncidents, 'inboxFails' | 'inboxWorks'>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
  readonly everyMs?: number;
}

interface Fault {
  /** The system's word for the last of them, such as `EIO`. */
  error: string;
  count: number;
  since: Date;
  until: Date;
}

const defaultEveryMs = 10_000;

/**
 * Times in which the inbox took nothing, in the platform's trail (PCI DSS 10.7.2). The trail comes in by the same inbox,
 * so that they are told once it takes again; that it does not is in the meantime what `/readyz` says.
 */
export function openInboxFaults(settings: Settings): InboxFaults {
  const { checkWrites, trail, platform, incidents, logger, now, everyMs = defaultEveryMs } = settings;
  let untold: Fault | undefined;
  let telling = Promise.resolve();
  let unnoticed = 0;
  let noticing = Promise.resolve();

  /** The first at once, the others of the time between two looks together. */
  function noticeFailing(): void {
    if (unnoticed === 0 || untold === undefined) return;
    const [{ error }, count] = [untold, unnoticed];
    unnoticed = 0;
    noticing = noticing.then(() => incidents.inboxFails(error, count));
  }

  async function tell(): Promise<void> {
    if (untold === undefined) return;
    await checkWrites();
    noticeFailing();
    await noticing;
    await incidents.inboxWorks();
    const [sender, tenantId] = [trail(), await platform()];
    if (sender === undefined || tenantId === null) return;
    const { error, count, since, until } = untold;
    await sender.record({
      tenantId,
      actor: { kind: 'system', id: null, name: 'Akashi ingest' },
      origin: { address: 'ingest' },
      event: {
        action: 'inbox.failed',
        outcome: 'failure',
        reason: 'inbox-not-writable',
        target: { kind: 'service', name: 'ingest' },
        count,
        details: { error, since: since.toISOString(), until: until.toISOString() },
      },
    });
    // What failed since then is told the next time.
    untold = untold.count === count ? undefined : { ...untold, count: untold.count - count, since: until };
  }

  const tellNext = (): Promise<void> =>
    (telling = telling.then(tell).catch((cause: unknown) => {
      logger.warn({ err: cause }, 'Failed writes to the inbox wait for the audit trail.');
    }));
  const timer = setInterval(() => {
    noticeFailing();
    void tellNext();
  }, everyMs);
  timer.unref();

  return {
    note(cause) {
      const until = now();
      const { since, count } = untold ?? { since: until, count: 0 };
      const isFirst = untold === undefined;
      untold = { error: errorCode(cause), count: count + 1, since, until };
      unnoticed += 1;
      if (isFirst) noticeFailing();
    },
    async close() {
      clearInterval(timer);
      await tellNext();
    },
  };
}

function errorCode(cause: unknown): string {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : 'unknown';
}
