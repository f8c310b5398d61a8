import type { Logger } from '@akashi/server-kit';
import type { GateLimits } from '../connections/connection-gate.ts';
import type { TrustedProxies } from '../connections/trusted-proxies.ts';
import type { IngestMetrics } from '../ingest-metrics.ts';
import type { Landing } from '../landing/landing.ts';
import type { IntakeQuotas } from '../quota/intake-quotas.ts';
import type { SenderDirectory } from '../sender/sender-directory.ts';
import type { UnknownSenders } from '../sender/unknown-senders.ts';

export interface SyslogListenerSettings {
  bind: string;
  port: number;
  landing: Pick<Landing, 'land'>;
  quotas: Pick<IntakeQuotas, 'decide'>;
  senders: Pick<SenderDirectory, 'table'>;
  metrics: Pick<IngestMetrics, 'connections' | 'connectionGivenUp' | 'dropped' | 'refused' | 'undecodable'>;
  unknownSenders: Pick<UnknownSenders, 'note'>;
  /** Whose word about a sender's address counts. */
  proxies: TrustedProxies;
  gateLimits?: GateLimits;
  logger: Logger;
}
