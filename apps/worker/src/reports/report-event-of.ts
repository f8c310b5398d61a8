import { hash } from 'node:crypto';
import type { ReportEvent } from '@akashi/report';
import type { StoredDocument } from '@akashi/search';
import { momentOf } from './moment-of.ts';

/** An event as the index has it, before it is known whose act it was. */
export function reportEventOf({
  id,
  document,
}: StoredDocument): Omit<ReportEvent, 'person' | 'hasConflict' | 'approval' | 'untilMs'> {
  const record = textOf(document['record']);
  return {
    id,
    timeMs: momentOf(document['@timestamp']),
    receivedMs: momentOf(document['received_at']),
    logGroup: textOf(document['log.group']),
    logStream: textOf(document['log.stream']),
    document,
    record,
    recordSha256: hash('sha256', record, 'hex'),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
