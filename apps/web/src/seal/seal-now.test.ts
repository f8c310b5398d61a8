import { expect, it } from 'vitest';
import type { LogStanding } from '../api-client/integrity.ts';
import { sealNow } from './seal-now.ts';

const before = '2026-11-30T03:00:00.000Z';
const after = '2026-11-30T04:00:00.000Z';
const standing = (change: Partial<LogStanding>): LogStanding => ({
  treeSize: 9,
  outcome: 'proven',
  verifiedAt: after,
  verifiedSize: 5,
  findingCount: 0,
  findings: [],
  ...change,
});
const row = (block: number, verifiedAt?: string): Parameters<typeof sealNow>[0] => ({
  id: `AZndwAAAcACAAAAAAAAAAQ.${block}`,
  block,
  seal: verifiedAt === undefined ? { state: 'sealed' } : { state: 'proven', verifiedAt },
});

it('follows a verification that ended after the row was read', () => {
  expect(sealNow(row(2), standing({}))).toEqual({ state: 'proven', verifiedAt: after });
  expect(sealNow(row(5), standing({}))).toEqual({ state: 'sealed' });
  expect(sealNow({ ...row(2), block: null, seal: { state: 'accepted' } }, standing({}))).toEqual({ state: 'accepted' });
  const finding = {
    code: 'index-document-altered',
    where: 'event AZndwAAAcACAAAAAAAAAAQ.2 record',
    block: 2,
    event: 'AZndwAAAcACAAAAAAAAAAQ.2',
  };
  const altered = standing({ outcome: 'altered', findingCount: 1, findings: [finding] });
  expect(sealNow(row(2, before), altered)).toEqual({ state: 'mismatch', verifiedAt: after, findings: [finding] });
  expect(sealNow(row(3), altered)).toEqual({ state: 'proven', verifiedAt: after });
});

it('claims nothing from a verification that could not read, or whose findings are not all known here', () => {
  expect(sealNow(row(2), standing({ outcome: 'unreadable' }))).toEqual({ state: 'sealed' });
  expect(sealNow(row(2), standing({ outcome: 'altered', findingCount: 4 }))).toEqual({ state: 'sealed' });
  expect(sealNow(row(2), standing({ verifiedAt: null, outcome: 'none' }))).toEqual({ state: 'sealed' });
  expect(sealNow(row(2), undefined)).toEqual({ state: 'sealed' });
});

it('keeps what a later verification said', () => {
  expect(sealNow(row(2, after), standing({ verifiedAt: before, outcome: 'unreadable' })).state).toBe('proven');
});
