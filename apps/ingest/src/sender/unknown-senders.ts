import { createAuditSender, createRefusalTally, type Refusal, type RefusalTally } from '@akashi/client';

export type UnknownSender = Refusal;
export type UnknownSenders = RefusalTally<UnknownSender>;

interface Settings {
  /** The intake itself: its own refusals take the ordinary way of a record. Known once it listens. */
  readonly endpoint: () => string;
  readonly key: () => Promise<string>;
  /** The organisation of the platform; null while it is not there. */
  readonly platform: () => Promise<string | null>;
}

/** Senders whom nobody knows, in the platform's trail (PCI DSS 10.2.1.4); what they sent and their key are not told. */
export function openUnknownSenders({ endpoint, key, platform }: Settings): UnknownSenders {
  let sender: ReturnType<typeof createAuditSender> | undefined;
  return createRefusalTally<UnknownSender>({
    record: async ({ first: { address, reason }, count, since, until }) => {
      const tenantId = await platform();
      if (tenantId === null) throw new Error('the organisation of the platform is not there yet');
      sender ??= createAuditSender({ endpoint: endpoint(), key, service: 'ingest', withinMs: 1500 });
      await sender.record({
        tenantId,
        actor: { kind: 'anonymous', id: null, name: 'unknown' },
        origin: { address },
        event: {
          action: 'key.refused',
          outcome: 'failure',
          reason,
          target: { kind: 'access-key' },
          count,
          details: { since: since.toISOString(), until: until.toISOString() },
        },
      });
    },
  });
}
