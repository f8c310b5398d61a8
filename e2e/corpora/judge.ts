import { createNormalizer, type LogEvent } from '@akashi/log-event';
import type { Expectation, StatedField } from './expectation.ts';

export interface Miss {
  readonly part: string;
  readonly place: string;
  /** `clientip: missing`, `class access-denied: missing`, `decoder: text`. */
  readonly reason: string;
  readonly line: string;
}

export interface Score {
  /** A part of the corpora, or a format of ours. */
  readonly name: string;
  lines: number;
  fieldsStated: number;
  fieldsRight: number;
  classesStated: number;
  classesRight: number;
}

export interface Judgement {
  readonly parts: readonly Score[];
  readonly formats: readonly Score[];
  readonly misses: readonly Miss[];
}

const normalizer = createNormalizer({ timeZone: 'UTC' });

export function judge(expectations: readonly Expectation[]): Judgement {
  const parts = new Map<string, Score>();
  const formats = new Map<string, Score>();
  const misses: Miss[] = [];
  for (const expectation of expectations) {
    const event = read(expectation);
    const scores = [scoreOf(parts, expectation.part), scoreOf(formats, event.parse.format)];
    const reasons = judgeEvent(expectation, event, scores);
    misses.push(
      ...reasons.map((reason) => ({
        part: expectation.part,
        place: expectation.place,
        reason,
        line: expectation.line,
      })),
    );
  }
  const byName = (scores: ReadonlyMap<string, Score>): Score[] =>
    [...scores.values()].sort((a, b) => a.name.localeCompare(b.name));
  return { parts: byName(parts), formats: byName(formats), misses };
}

function scoreOf(scores: Map<string, Score>, name: string): Score {
  const score = scores.get(name) ?? {
    name,
    lines: 0,
    fieldsStated: 0,
    fieldsRight: 0,
    classesStated: 0,
    classesRight: 0,
  };
  scores.set(name, score);
  return score;
}

function read({ line, joined = [], receivedAt }: Expectation): LogEvent {
  return normalizer.normalize({
    record: Buffer.from(line),
    origin: {
      batchId: 'b',
      logGroup: 'corpus',
      logStream: null,
      source: { id: 's', kind: 'syslog-udp', address: '192.0.2.1' },
    },
    receivedAtUs: Date.parse(receivedAt) * 1000,
    flags: 0,
    ...(joined.length === 0 ? {} : { joined }),
  });
}

/** Counts into the scores; the reasons of what is not right. */
function judgeEvent(expectation: Expectation, event: LogEvent, scores: readonly Score[]): string[] {
  const reasons: string[] = [];
  const classes = event.fields['pci.class'];
  const count = (name: 'lines' | 'fieldsStated' | 'fieldsRight' | 'classesStated' | 'classesRight'): void => {
    for (const score of scores) score[name]++;
  };
  count('lines');
  for (const field of expectation.fields) {
    count('fieldsStated');
    const found = field.ours.map((name) => valueOf(event, name));
    if (found.some((value) => value !== undefined && isSame(field, value))) count('fieldsRight');
    else
      reasons.push(
        `${field.name}: ${found.every((value) => value === undefined) ? 'missing' : `another value in ${event.parse.format}`}`,
      );
  }
  for (const expected of expectation.classes) {
    count('classesStated');
    if (Array.isArray(classes) && classes.includes(expected)) count('classesRight');
    else reasons.push(`class ${expected}: missing in ${event.parse.format} (${event.parse.reason ?? 'read'})`);
  }
  return reasons;
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
  if (ours.includes('time')) return Date.parse(found) === Date.parse(value);
  return found.toLowerCase() === value.toLowerCase();
}
