import type { Database, IncidentNotice, TenantId } from '@akashi/database';
import type { Logger } from '@akashi/server-kit';

export interface RefusedSender {
  readonly address: string;
  /** Why: a code. */
  readonly reason: string;
  readonly transport: string;
  readonly count: number;
}

/** What the intake notices, as incidents of the installation's people (PCI DSS 10.7.2). None of it rejects. */
export interface IntakeIncidents {
  /** Accepted lines could not be stored, `count` times since the last call. */
  inboxFails(error: string, count: number): Promise<void>;
  inboxWorks(): Promise<void>;
  unknownSender(sender: RefusedSender): Promise<void>;
}

interface Settings {
  /** Undefined for an intake without a ledger: it has nowhere to write incidents. */
  readonly database: Pick<Database, 'forTenant'> | undefined;
  /** The organisation of the platform; null while it is not there. */
  readonly platform: () => Promise<TenantId | null>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
}

/** Addresses can be made up: beyond so many of an hour they are one incident. */
const mostAddresses = 20;
const hourMs = 3_600_000;
const inbox = { kind: 'inbox-failing', where: 'inbox' } as const;

export function openIntakeIncidents({ database, platform, logger, now }: Settings): IntakeIncidents {
  let addresses = new Set<string>();
  let since = now();

  async function write(what: string, work: (tenantId: TenantId) => Promise<unknown>): Promise<void> {
    try {
      const tenantId = await platform();
      if (database === undefined || tenantId === null) return;
      await work(tenantId);
    } catch (cause) {
      logger.warn({ what, err: cause }, 'An incident of the intake could not be written.');
    }
  }
  const notice = (incident: IncidentNotice): Promise<void> =>
    write(incident.kind, async (tenantId) => database?.forTenant(tenantId).incidents.notice(incident));

  function placeOf(address: string): string {
    const at = now();
    if (at.getTime() - since.getTime() > hourMs) [addresses, since] = [new Set(), at];
    if (addresses.size < mostAddresses) addresses.add(address);
    return addresses.has(address) ? address : 'further addresses';
  }

  return {
    inboxFails: (error, count) =>
      notice({ ...inbox, cause: 'inbox-not-writable', at: now(), count, details: { error } }),
    inboxWorks: () =>
      write(inbox.kind, async (tenantId) => database?.forTenant(tenantId).incidents.cease({ ...inbox, at: now() })),
    unknownSender: ({ address, reason, transport, count }) =>
      notice({
        kind: 'unknown-sender',
        where: placeOf(address),
        cause: reason,
        at: now(),
        count,
        details: { transport },
      }),
  };
}
