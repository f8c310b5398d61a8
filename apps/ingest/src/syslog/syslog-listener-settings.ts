import type { Logger } from '@akashi/server-kit';
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
  metrics: Pick<IngestMetrics, 'connections' | 'connectionRefused' | 'dropped' | 'refused' | 'undecodable'>;
  unknownSenders: Pick<UnknownSenders, 'note'>;
  logger: Logger;
}
