import { createNormalizer } from '@akashi/log-event';
import { createMasker } from '@akashi/masking';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  auditFormat,
  AuditRecordTooLargeError,
  formatSealedLine,
  outlivesMasking,
  sealedActions,
  SealedLineMaskedError,
  type SealedAction,
  type SealedEntry,
} from './index.ts';

const entry: SealedEntry = {
  id: '0198c0de-0000-7000-8000-00000000abcd',
  at: new Date('2026-11-30T00:05:00.250Z'),
  service: 'worker',
  actor: { kind: 'system', id: null, name: 'Akashi worker' },
  origin: { address: 'worker' },
  action: 'report.sealed',
  about: 'failed-sign-ins 2026-11-29',
  part: { report: { run: '0198c0de-0000-7000-8000-00000000abcd', id: 'failed-sign-ins', rows: 12 } },
};

const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
const read = (line: string) =>
  normalizer.normalize({
    record: Buffer.from(line),
    origin: {
      batchId: 'b',
      logGroup: 'akashi/reports',
      logStream: 'runs',
      source: { id: 'system', kind: 'system', address: '127.0.0.1' },
      format: auditFormat,
    },
    receivedAtUs: Date.parse('2026-11-30T00:05:01Z') * 1000,
    flags: 0,
  });

const hex = (length: number) =>
  fc.string({
    unit: fc.integer({ min: 0, max: 15 }).map((digit) => digit.toString(16)),
    minLength: length,
    maxLength: length,
  });

describe('a sealed line', () => {
  it('is written for whoever it was, also where masking takes a part of their id', () => {
    const id = '1847311d-cc81-4144-8560-1014cb6edf1a';
    expect(outlivesMasking(id)).toBe(false);
    const line = formatSealedLine({ ...entry, actor: { kind: 'user', id, name: 'Yamada' } });
    expect(line).not.toContain(id);
    expect(outlivesMasking(line)).toBe(true);
  });

  it.each(Object.keys(sealedActions) as SealedAction[])('%s has a class and the six parts of 10.2.2', (action) => {
    const part = action.startsWith('report.')
      ? entry.part
      : { review: { day: '2026-11-29', credential: 'credential-1', revision: 1 } };
    const { fields, parse, timestampUs } = read(formatSealedLine({ ...entry, action, part }));
    expect(parse).toEqual({ format: auditFormat, status: 'parsed' });
    expect(timestampUs).toBe(entry.at.getTime() * 1000);
    expect(fields['pci.class']).toBeTruthy();
    expect(fields['pci.missing']).toBeUndefined();
    for (const name of ['user.id', 'user.name', 'event.action', 'event.outcome', 'source.address'])
      expect(fields[name], name).toBeTruthy();
  });

  it('leaves every SHA-256 to the last digit, as the pipeline masks it', () => {
    const masker = createMasker({ version: 'mask-2-first6last4', keep: 'first6last4' });
    fc.assert(
      fc.property(fc.tuple(hex(64), hex(64), hex(64)), ([ndjson, csv, pdf]) => {
        const sha256 = { ndjson, csv_ja: csv, pdf_ja: pdf };
        const line = formatSealedLine({ ...entry, part: { report: { run: entry.id, sha256 } } });
        expect(masker.mask(Buffer.from(line))).toBeNull();
        const { fields, labels } = read(line);
        expect(fields).toMatchObject({
          'akashi.report.sha256.ndjson': ndjson,
          'akashi.report.sha256.csv_ja': csv,
          'akashi.report.sha256.pdf_ja': pdf,
        });
        expect(labels).toEqual({});
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused rather than sealed as something else than it says', () => {
    const masked = { ...entry, part: { review: { record: '{"comment":"4111 1111 1111 1111"}' } } };
    expect(() => formatSealedLine(masked)).toThrow(SealedLineMaskedError);
    const large = { ...entry, part: { review: { record: 'x'.repeat(210_000) } } };
    expect(() => formatSealedLine(large)).toThrow(AuditRecordTooLargeError);
    expect(outlivesMasking('41111111-1111-4111-8111-111111111111')).toBe(true);
    expect(outlivesMasking('4111-1111-1111-1111')).toBe(false);
  });

  it('is the same line for the same entry, and holds no card number in its sentence', () => {
    const planted = { ...entry, about: 'card 4111 1111 1111 1111' };
    expect(formatSealedLine(planted)).toBe(formatSealedLine(planted));
    expect(formatSealedLine(planted)).not.toContain('1111 1111 1111');
  });
});
