import { createNormalizer, decodeBatchOrigin, encodeBatchOrigin, type BatchOrigin } from '@akashi/log-event';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LagSample } from './lag-sample.ts';
import { mergeStreamCounts, StreamTally } from './stream-tally.ts';

const receivedAtUs = Date.UTC(2026, 10, 30, 1) * 1000;
const normalizer = createNormalizer({ timeZone: 'UTC' });

function originOf(kind: 'agent' | 'http'): BatchOrigin {
  const source = { id: 's', kind, address: '192.0.2.1' } as const;
  return decodeBatchOrigin(encodeBatchOrigin({ batchId: 'b', logGroup: 'g', logStream: 'web01', source }));
}

function tallyOf(lines: readonly string[], origin = originOf('http'), notes = Buffer.alloc(0)) {
  const tally = new StreamTally();
  for (const [leaf, line] of lines.entries()) {
    const event = normalizer.read({ record: Buffer.from(line), origin, receivedAtUs, flags: 0 });
    tally.count(event, { leaf, receivedAtUs, notes }, origin);
  }
  return tally.list();
}

it('counts lines that say that lines are missing', () => {
  const lines = [
    'Nov 30 00:59:58 web01 systemd-journald[9]: Suppressed 12 messages from web.service',
    'Nov 30 00:59:58 web01 rsyslogd: imuxsock lost 7 messages from pid 12 due to rate-limiting',
    'Nov 30 00:59:58 web01 kernel: audit: audit_lost=3 audit_rate_limit=0 audit_backlog_limit=64',
    'Nov 30 00:59:58 web01 kernel: audit: backlog limit exceeded',
    'Nov 30 00:59:58 web01 kernel: audit: audit_lost=0 audit_rate_limit=0',
    'Nov 30 00:59:58 web01 app: nothing of it was lost, and callbacks suppressed in a text say nothing',
  ];
  expect(tallyOf(lines)).toMatchObject([{ records: 6, lost: 4 }]);
  const gap = 'akashi-agent: possible gap file=/var/log/x cause=copytruncate from_byte=1 to_byte=unknown';
  expect(tallyOf([gap], originOf('agent'))).toMatchObject([{ lost: 1 }]);
  expect(tallyOf([gap])).toMatchObject([{ lost: 0 }]);
});

it('tells shapes of card data and the median of how far receive times are behind', () => {
  const notes = Buffer.from(
    JSON.stringify([
      { rule: 'pan', start: 0, length: 2 },
      { rule: 'track', start: 4, length: 1 },
    ]),
  );
  const lines = ['01:00:07', '00:59:50', '00:30:00'].map((time) => `2026-11-30T${time}Z web01 app: a line`);
  const [counts] = tallyOf(lines, originOf('http'), notes);
  expect(counts).toMatchObject({ masked: 3, rules: ['pan', 'track'], lagMs: 10_000 });
  if (counts === undefined) throw new Error('nothing was counted');
  const other = { ...counts, rules: ['pin'], lost: 2 };
  expect(mergeStreamCounts([counts, other])).toMatchObject([{ masked: 6, rules: ['pan', 'track', 'pin'], lost: 2 }]);
});

it('keeps a median close to that of everything, however much there is', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: -9, max: 9 }), (count, offset) => {
      const sample = new LagSample();
      for (let taken = 0; taken < count; taken += 1) sample.take(offset * 1000 + ((taken * 7919) % 100));
      expect(Math.abs(sample.median() - (offset * 1000 + 50))).toBeLessThanOrEqual(50);
    }),
  );
  expect(new LagSample().median()).toBe(0);
});
