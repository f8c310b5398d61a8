import { Counter, type Logger, type Registry } from '@akashi/server-kit';
import type { FaultTrail } from '../fault-trail.ts';
import type { IncidentDesk } from '../incidents/incident-desk.ts';
import type { MaskParts } from './mask-segment.ts';

export interface DamageReportParts {
  readonly faults: Pick<FaultTrail, 'report'>;
  readonly desk: Pick<IncidentDesk, 'notice'>;
  readonly logger: Pick<Logger, 'error'>;
}

/** Says of a landing segment that cannot be read whole so on the trail, as an incident and in the log, and counts its bytes. */
export function damageReport({ faults, desk, logger }: DamageReportParts, metrics: Registry): MaskParts['onDamage'] {
  const damaged = new Counter({
    name: 'akashi_damaged_segment_bytes_total',
    help: 'Accepted bytes that could not be read back from the inbox',
    registers: [metrics],
  });
  return ({ tenantId, segmentId, bytes }) => {
    damaged.inc(bytes);
    const target = { kind: 'segment', id: segmentId };
    faults.report(tenantId, { action: 'job.failed', reason: 'segment-unreadable', target, details: { bytes } });
    const where = `segment ${segmentId}`;
    const damage = { kind: 'segment-damaged', where, cause: 'segment-unreadable', details: { bytes } } as const;
    void desk.notice(tenantId, damage);
    logger.error(
      { tenantId, segmentId, bytes },
      'A landing segment is damaged; its readable part was sealed and the file kept.',
    );
  };
}
