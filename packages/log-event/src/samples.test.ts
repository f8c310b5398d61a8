/** The corpus of each format: lines of our own with the events that they must give. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BatchOrigin } from './batch-origin.ts';
import { createNormalizer } from './create-normalizer.ts';
import { eventFields, isStructuralField } from './fields/event-fields.ts';
import { formatMicros } from './index-time.ts';
import { isIpAddress } from './ip-address.ts';
import type { FieldValue, ParseResult } from './log-event.ts';

interface Sample {
  line: string;
  /** The source's own format, where the lines are only read with it. */
  format?: string;
  time: string;
  originalTime?: string;
  stream: string;
  message: string;
  fields: Record<string, FieldValue>;
  labels?: Record<string, string>;
  parse: ParseResult;
}

const folder = new URL('./formats/', import.meta.url);
const formats = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
const receivedAtUs = Date.parse('2026-11-22T12:00:00Z') * 1000;
const origin: BatchOrigin = {
  batchId: 'b',
  logGroup: 'samples',
  logStream: null,
  source: { id: 's', kind: 'syslog-tcp', address: '192.0.2.9' },
};

describe.each(formats.map((entry) => entry.name))('%s', (name) => {
  const path = new URL(`${name}/samples.json`, folder);
  const samples = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Sample[]) : [];

  it('has samples', () => {
    expect(samples.length).toBeGreaterThan(3);
  });

  it.each(samples.map((sample) => [sample.line, sample] as const))('%s', (_line, sample) => {
    const event = normalizer.normalize({
      record: Buffer.from(sample.line),
      origin: { ...origin, ...(sample.format === undefined ? {} : { format: sample.format }) },
      receivedAtUs,
      flags: 0,
    });
    expect(formatMicros(event.timestampUs)).toBe(formatMicros(microsOf(sample.time)));
    expect(event.originalTime).toBe(sample.originalTime);
    expect(event.logStream).toBe(sample.stream);
    expect(event.message).toBe(sample.message);
    expect(event.fields).toEqual(sample.fields);
    expect(event.labels).toEqual(sample.labels ?? {});
    expect(event.parse).toEqual(sample.parse);
    for (const [field, value] of Object.entries(event.fields)) expect(isOfType(field, value), field).toBe(true);
  });
});

function microsOf(time: string): number {
  return Date.parse(`${time.slice(0, 19)}Z`) * 1000 + Number(time.slice(20, 26));
}

function isOfType(name: string, value: FieldValue): boolean {
  if (isStructuralField(name)) return false;
  switch (eventFields[name]?.type) {
    case 'keyword':
    case 'text':
      return typeof value === 'string' || Array.isArray(value);
    case 'ip':
      return typeof value === 'string' && isIpAddress(value);
    case 'long':
      return Number.isSafeInteger(value);
    case 'double':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
    case undefined:
      return false;
  }
}
