import { createNormalizer, type LogEvent } from '@akashi/log-event';
import type { Expectation, StatedField } from './expectation.ts';

export interface Miss {
  readonly part: string;
  readonly place: string;
  /** `clientip: missing`, `class access-denied: missing`, `decoder: text`. */
  readonly reason: string;
  readonly line: string;
}

export interface PartScore {
  readonly part: string;
  lines: number;
  fieldsStated: number;
  fieldsRight: number;
  classesStated: number;
  classesRight: number;
}

export interface Judgement {
  readonly scores: readonly PartScore[];
  readonly misses: readonly Miss[];
  /** Of all fields and classes that are stated, the share that is right, 0 to 1. */
  readonly share: number;
}

const normalizer = createNormalizer({ timeZone: 'UTC' });

export function judge(expectations: readonly Expectation[]): Judgement {
  const scores = new Map<string, PartScore>();
  const misses: Miss[] = [];
  for (const expectation of expectations) {
    const { part } = expectation;
    const score = scores.get(part) ?? { part, lines: 0, fieldsStated: 0, fieldsRight: 0, classesStated: 0, classesRight: 0 };
    scores.set(part, score);
    judgeLine(expectation, score, (reason) => misses.push({ part, place: expectation.place, reason, line: expectation.line }));
  }
  const all = [...scores.values()];
  const stated = all.reduce((sum, { fieldsStated, classesStated }) => sum + fieldsStated + classesStated, 0);
  const right = all.reduce((sum, { fieldsRight, classesRight }) => sum + fieldsRight + classesRight, 0);
  return { scores: all.sort((a, b) => a.part.localeCompare(b.part)), misses, share: stated === 0 ? 0 : right / stated };
}

function judgeLine(expectation: Expectation, score: PartScore, miss: (reason: string) => void): void {
  const event = normalizer.normalize({
    record: Buffer.from(expectation.line),
    origin: { batchId: 'b', logGroup: 'corpus', logStream: null, source: { id: 's', kind: 'syslog-udp', address: '192.0.2.1' } },
    receivedAtUs: Date.parse(expectation.receivedAt) * 1000,
    flags: 0,
  });
  score.lines++;
  for (const field of expectation.fields) {
    score.fieldsStated++;
    const found = field.ours.map((name) => valueOf(event, name));
    if (found.some((value) => value !== undefined && isSame(field, value))) score.fieldsRight++;
    else miss(`${field.name}: ${found.every((value) => value === undefined) ? 'missing' : `another value in ${event.parse.format}`}`);
  }
  const classes = event.fields['pci.class'];
  for (const expected of expectation.classes) {
    score.classesStated++;
    if (Array.isArray(classes) && classes.includes(expected)) score.classesRight++;
    else miss(`class ${expected}: missing in ${event.parse.format} (${event.parse.reason ?? 'read'})`);
  }
}

function valueOf(event: LogEvent, name: string): string | undefined {
  if (name === 'format') return event.parse.format;
  if (name === 'time') return new Date(event.timestampUs / 1000).toISOString();
  if (name === 'message') return event.message.trim();
  const value = event.fields[name] ?? event.labels[name];
  return value === undefined ? undefined : String(value);
}

function isSame({ ours, value }: StatedField, found: string): boolean {
  if (ours.includes('format')) return value.split('|').includes(found);
  // What they call content may be what is left behind a tag that we read too.
  if (ours.includes('message')) return found.endsWith(value) || value.endsWith(found);
  return found.toLowerCase() === value.toLowerCase();
}
