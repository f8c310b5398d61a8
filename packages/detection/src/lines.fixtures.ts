import { createHash } from 'node:crypto';
import {
  createNormalizer,
  decodeRecordText,
  encodeIndexDocument,
  eventIdOf,
  type BatchOrigin,
} from '@akashi/log-event';
import type { DecisionContext } from './deciding/alert-id.ts';
import { eventOfDocument, eventOfReading, type RuleEvent } from './events/rule-event.ts';
import type { Rule, RuleHead, RuleInForce } from './rules/rule.ts';

export const segmentId = '01900000-0000-7000-8000-000000000001';
const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });

export const context: DecisionContext = {
  organisationId: '01900000-0000-7000-8000-0000000000aa',
  sha256: (bytes) => createHash('sha256').update(bytes).digest(),
};

export interface LinePlace {
  readonly logGroup?: string;
  readonly receivedAt?: string;
  readonly position?: number;
  readonly format?: string;
}

/** A real line as the pipeline reads it, and the same by its document. */
export function eventsOf(line: string, place: LinePlace = {}): { reading: RuleEvent; document: RuleEvent } {
  const { logGroup = 'servers', receivedAt = '2026-11-30T03:00:00Z', position = 0, format } = place;
  const origin: BatchOrigin = {
    batchId: 'b',
    logGroup,
    logStream: null,
    source: { id: 's', kind: 'syslog-tcp', address: '192.0.2.9' },
    ...(format === undefined ? {} : { format }),
  };
  const record = Buffer.from(line, 'utf8');
  const receivedAtUs = Date.parse(receivedAt) * 1_000;
  const notes = Buffer.alloc(0);
  const reading = normalizer.read({ record, origin, receivedAtUs, flags: 0 });
  const tenantId = context.organisationId;
  const documentPlace = {
    tenantId,
    segmentId,
    position,
    record: decodeRecordText(record),
    origin,
    receivedAtUs,
    notes,
  };
  const document = JSON.parse(encodeIndexDocument(reading, documentPlace)) as Record<string, unknown>;
  const eventId = eventIdOf({ segmentId, position });
  return {
    reading: eventOfReading({
      reading,
      record,
      origin,
      receivedAtUs,
      position,
      notes,
      isPart: false,
      eventId: () => eventId,
    }),
    document: eventOfDocument(eventId, document),
  };
}

export const head: RuleHead = {
  title: { ja: '規則', en: 'Rule' },
  requirements: ['pci:4.0.1:10.4.1.1'],
  severity: 'medium',
  key: [],
  quietSeconds: 3_600,
};

export function inForce(rule: Rule, more: Partial<RuleInForce> = {}): RuleInForce {
  return { ruleId: 'r', version: 1, rule, sinceUs: 0, ...more };
}
