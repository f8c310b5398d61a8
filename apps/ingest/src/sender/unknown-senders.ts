import type { AuditEvent } from '@akashi/audit-trail';
import { createRefusalTally, type AuditSender, type Refusal, type RefusalTally } from '@akashi/client';
import type { SourceKind } from '@akashi/log-event';
import type { Logger } from '@akashi/server-kit';
import type { IntakeIncidents } from '../incidents/intake-incidents.ts';
import type { IngestMetrics } from '../ingest-metrics.ts';

/** A sender that no key and no source names; what it sent, and the key that it showed, have no place here. */
export type UnknownSender =
  | { readonly kind: 'http' | 'agent'; readonly address: string; readonly reason: 'unknown-key' | 'https-required' }
  | {
      readonly kind: 'syslog-udp' | 'syslog-tcp' | 'syslog-tls';
      readonly address: string;
      /** `no-handshake`: it did not come as far as saying who it is. */
      readonly reason: 'no-source' | 'no-handshake';
      /** Where it came in. */
      readonly port: number;
    };

export interface UnknownSenders {
  /** Counts it. It is refused in any case: what cannot be told now is told later. */
  note(sender: UnknownSender): void;
  /** Tells what waits. */
  close(): Promise<void>;
}

interface Settings {
  /** Undefined until the intake listens: its own refusals take the ordinary way of a record. */
  readonly trail: () => Pick<AuditSender, 'record'> | undefined;
  /** The organisation of the platform; null while it is not there. */
  readonly platform: () => Promise<string | null>;
  readonly incidents: Pick<IntakeIncidents, 'unknownSender'>;
  readonly metrics: Pick<IngestMetrics, 'unknownSender'>;
  readonly logger: Logger;
  readonly now: () => Date;
}

/** Senders whom nobody knows, in the platform's trail (PCI DSS 10.2.1.4). */
export function openUnknownSenders(settings: Settings): UnknownSenders {
  const { trail, platform, incidents, metrics, logger, now } = settings;
  // One for each way in: datagrams with addresses that somebody made up do not hide who comes by another.
  const tallies = new Map<SourceKind, RefusalTally<UnknownSender>>();

  const open = (): RefusalTally<UnknownSender> =>
    createRefusalTally<UnknownSender>({
      now,
      record: async ({ first, count, since, until }) => {
        const { kind: transport, address, reason } = first;
        logger.warn({ transport, address, reason, count }, 'A sender whom nobody knows is refused.');
        const [sender, tenantId] = [trail(), await platform()];
        if (sender === undefined || tenantId === null) throw new Error('the trail of the platform is not there yet');
        await sender.record({
          tenantId,
          actor: { kind: 'anonymous', id: null, name: 'unknown' },
          origin: { address },
          event: {
            ...actOf(first),
            outcome: 'failure',
            reason,
            count,
            details: { transport, since: since.toISOString(), until: until.toISOString() },
          },
        });
        await incidents.unknownSender({ address, reason, transport, count });
      },
    });

  return {
    note(sender) {
      metrics.unknownSender(sender.kind);
      const tally = tallies.get(sender.kind) ?? open();
      tallies.set(sender.kind, tally);
      tally.note(sender).catch(() => undefined);
    },
    async close() {
      await Promise.all([...tallies.values()].map((tally) => tally.close()));
    },
  };
}

function actOf(sender: UnknownSender & Refusal): Pick<AuditEvent, 'action' | 'target'> {
  if (!('port' in sender)) return { action: 'key.refused', target: { kind: 'access-key' } };
  return { action: 'sender.refused', target: { kind: 'listener', name: `${sender.kind} port ${sender.port}` } };
}
