import { createNormalizer } from '@akashi/log-event';
import type { FlatDocument } from '@akashi/query';
import { learnFrom } from './learn-from.ts';
import type { LearnedFact } from './learned-fact.ts';

const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
const receivedAtUs = Date.parse('2026-06-29T15:00:00Z') * 1000;

export interface LineRead {
  readonly document: FlatDocument;
  readonly timeMs: number;
  readonly fact: LearnedFact | undefined;
}

/** Lines as the pipeline reads them: an event each, and what it teaches. */
export function readLines(lines: readonly string[], logStream: string | null = null): LineRead[] {
  return lines.map((line, index) => {
    const event = normalizer.normalize({
      record: Buffer.from(line),
      origin: {
        batchId: 'b',
        logGroup: 'secure',
        logStream,
        source: { id: 's', kind: 'syslog-tcp', address: '192.0.2.9' },
      },
      receivedAtUs,
      flags: 0,
    });
    const timeMs = Math.floor(event.timestampUs / 1000);
    const { fields } = event;
    const place = { logGroup: 'secure', logStream: event.logStream, sourceId: 's' };
    const fact = learnFrom({ eventId: `e${String(index).padStart(4, '0')}`, timeMs, ...place, fields });
    const document = {
      ...fields,
      'log.group': 'secure',
      'log.stream': event.logStream,
      'parse.format': event.parse.format,
    };
    return { document, timeMs, fact };
  });
}
