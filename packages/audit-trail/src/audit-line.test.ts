import { createNormalizer } from '@akashi/log-event';
import { maxQueryLength } from '@akashi/query';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  auditActionNames,
  auditActions,
  auditFormat,
  AuditRecordTooLargeError,
  formatAuditLine,
  type AuditEntry,
} from './index.ts';

const user = { kind: 'user', id: 'u1', name: '佐藤 花子', email: 'sato@example.jp', role: 'tenant-admin' } as const;
const entry: AuditEntry = {
  id: 'e1',
  at: new Date('2026-11-22T10:00:00.123Z'),
  service: 'api',
  actor: user,
  origin: { address: '192.0.2.7', userAgent: 'curl/8', requestId: 'request-1' },
  event: { action: 'search', outcome: 'success', query: 'user.name:root', count: 3 },
};

/** Null when the act cannot be told whole. */
function toldLine(told: AuditEntry): string | null {
  try {
    return formatAuditLine(told);
  } catch (error) {
    if (error instanceof AuditRecordTooLargeError) return null;
    throw error;
  }
}

const normalizer = createNormalizer({ timeZone: 'Asia/Tokyo' });
const read = (line: string) =>
  normalizer.normalize({
    record: Buffer.from(line),
    origin: {
      batchId: 'b',
      logGroup: 'akashi/audit',
      logStream: 'api',
      source: { id: 'system', kind: 'system', address: '127.0.0.1' },
      format: auditFormat,
    },
    receivedAtUs: Date.parse('2026-11-22T10:00:01Z') * 1000,
    flags: 0,
  });

describe('a line of the audit trail', () => {
  it('is read back in full, with a sentence as its message', () => {
    const { fields, message, parse, timestampUs, labels } = read(formatAuditLine(entry));
    expect(parse).toEqual({ format: auditFormat, status: 'parsed' });
    expect(timestampUs).toBe(Date.parse('2026-11-22T10:00:00.123Z') * 1000);
    expect(message).toBe('Searched logs (ログを検索): 佐藤 花子 <sato@example.jp> from 192.0.2.7, success, count 3.');
    expect(fields).toMatchObject({ 'source.ip': '192.0.2.7', 'akashi.audit.query': 'user.name:root' });
    expect(labels).toEqual({});
  });

  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constant('x'.repeat(20_000)));
  const values = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.array(text, { maxLength: 3 })), { maxKeys: 60 });

  it('always has the six parts of PCI DSS 10.2.2, bounded, whatever is told', () => {
    fc.assert(
      fc.property(
        fc.record({
          action: fc.constantFrom(...auditActionNames),
          outcome: fc.constantFrom('success' as const, 'failure' as const),
          name: text,
          address: text,
          query: text,
          details: values,
          before: values,
          after: values,
          logGroups: fc.array(text, { maxLength: 300 }),
        }),
        ({ name, address, ...event }) => {
          const line = toldLine({ ...entry, actor: { ...user, name }, origin: { address }, event });
          if (line === null) {
            expect(event.outcome).toBe('success');
            return;
          }
          expect(line).not.toMatch(/[\r\n]/);
          expect(Buffer.byteLength(line)).toBeLessThan(250_000);
          const { fields, parse, timestampUs } = read(line);
          expect(parse.format).toBe(auditFormat);
          expect(timestampUs).toBe(Date.parse('2026-11-22T10:00:00.123Z') * 1000);
          for (const field of ['user.id', 'user.name', 'event.action', 'event.category', 'event.outcome'])
            expect(fields[field], field).toBeTruthy();
          expect(fields['source.address'], 'origination').toBeTruthy();
          expect(fields['akashi.audit.target.kind']).toBeTruthy();
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps a success to the last character, and refuses one that it cannot keep whole', () => {
    const condition = ' user.name:root';
    const query = ' '.repeat(maxQueryLength - condition.length) + condition;
    const filter = `${' '.repeat(3_900)} source.ip:10.0.0.0/8`;
    const logGroups = Array.from({ length: 200 }, (_, at) => `group/${at}/${'x'.repeat(400)}`);
    const line = formatAuditLine({
      ...entry,
      event: {
        ...entry.event,
        query,
        logGroups,
        after: { rowFilter: filter },
        details: { fields: logGroups.slice(0, 30) },
      },
    });
    const { akashi } = JSON.parse(line) as { akashi: { audit: Record<string, unknown> } };
    expect(akashi.audit['query']).toBe(query);
    expect(akashi.audit['log_groups']).toBe(logGroups.join(', '));
    expect(JSON.parse(String(akashi.audit['changes']))).toEqual([{ field: 'rowFilter', after: filter }]);
    expect(akashi.audit['details']).toEqual({ fields: logGroups.slice(0, 30).join(', ') });
    const tooLong = { ...entry.event, details: { note: 'ア'.repeat(70_000) } };
    expect(() => formatAuditLine({ ...entry, event: tooLong })).toThrow(AuditRecordTooLargeError);
    expect(formatAuditLine({ ...entry, event: { ...tooLong, outcome: 'failure' } })).toContain('…');
  });

  it('holds no card number, wherever one was typed and wherever it would be cut', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1100 }),
        fc.constantFrom('success' as const, 'failure' as const),
        (at, outcome) => {
          const planted = `${'x '.repeat(at)}4111 1111 1111 1111`;
          const all = { name: planted, email: planted, id: planted, role: planted };
          const line = formatAuditLine({
            ...entry,
            actor: { kind: 'anonymous', ...all },
            origin: { address: planted, userAgent: planted, requestId: '4111111111111111' },
            event: {
              action: 'settings.change',
              outcome,
              reason: planted,
              target: { kind: planted, id: planted, name: planted },
              query: planted,
              from: planted,
              to: planted,
              logGroups: [planted],
              details: { purpose: planted, list: [planted] },
              before: { note: planted, deep: { list: [planted] } },
              after: { [planted]: planted },
            },
          });
          expect(line).not.toMatch(/1111 1111 1|4111111111/);
        },
      ),
    );
  }, 30_000);

  it('without one target says what kind of thing it was about', () => {
    const line = formatAuditLine({ ...entry, event: { action: 'member.list', outcome: 'success', count: 6 } });
    expect(read(line).fields['akashi.audit.target.kind']).toBe('member');
  });

  it('never shows a value whose name speaks of a secret', () => {
    const line = formatAuditLine({
      ...entry,
      event: {
        action: 'settings.change',
        outcome: 'success',
        before: { smtp: { host: 'a', password: 'hunter2hunter2' }, apiToken: 'tok-1', same: 1 },
        after: { smtp: { host: 'b', password: 'hunter3hunter3' }, apiToken: 'tok-2', same: 1 },
      },
    });
    expect(line).not.toMatch(/hunter|tok-/);
    expect(read(line).fields['akashi.audit.changed']).toBe('apiToken, smtp');
  });
});

it('names every action in both languages, once', () => {
  const labels = Object.values(auditActions).map(({ label }) => label);
  expect(new Set(labels.map(({ ja }) => ja)).size).toBe(labels.length);
  expect(new Set(labels.map(({ en }) => en)).size).toBe(labels.length);
});

describe('classes of the product’s own acts', () => {
  const changing = new Set(['change', 'creation', 'deletion', 'denied']);
  /** Acts that change something and still are of no class: nothing came of what was under way. */
  const classless = new Set(['recovery.decline', 'report-run.cancel', 'restore.cancel']);
  const acts = auditActionNames.filter((name) => changing.has(auditActions[name].type) && !classless.has(name));

  it.each(acts)('stand for %s', (action) => {
    const { fields } = read(formatAuditLine({ ...entry, event: { action, outcome: 'success' } }));
    expect(fields['pci.class']).toBeDefined();
  });
});
