import { createHash } from 'node:crypto';
import { createNormalizer } from '@akashi/log-event';
import { at } from './report.fixtures.ts';
import type { ReportEvent } from './row/report-event.ts';

const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });

/** A real line as a run would read it, received a second after its time. */
export function lineOf(line: string, more: Partial<ReportEvent> & { logGroup?: string } = {}): ReportEvent {
  const record = new TextEncoder().encode(line);
  const logGroup = more.logGroup ?? 'servers';
  const read = normalizer.normalize({
    record,
    origin: { batchId: 'b', logGroup, logStream: null, source: { id: 's', kind: 'syslog-tcp', address: '192.0.2.9' } },
    receivedAtUs: at('23:59') * 1000,
    flags: 0,
  });
  const timeMs = Math.floor(read.timestampUs / 1000);
  return {
    id: createHash('sha256').update(record).digest('hex').slice(0, 12),
    timeMs,
    receivedMs: timeMs + 1000,
    logGroup,
    logStream: read.logStream,
    document: { ...read.fields, labels: read.labels, 'parse.format': read.parse.format },
    record: line,
    recordSha256: createHash('sha256').update(record).digest('hex'),
    person: null,
    hasConflict: false,
    approval: null,
    untilMs: null,
    ...more,
  };
}
