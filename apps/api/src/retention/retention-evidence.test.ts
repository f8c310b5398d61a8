import type { LogGroupKeeping, RetentionAnswer } from '@akashi/contracts';
import type { LogGroupKept } from '@akashi/database';
import { expect, it } from 'vitest';
import { retentionEvidence } from './retention-evidence.ts';
import { scopeExceptionOf, standingOf, streamStandingOf } from './show-keeping.ts';

const day = 86_400_000;
const now = new Date('2026-11-30T00:00:00Z');
const ago = (days: number): Date => new Date(now.getTime() - days * day);
const usAgo = (days: number): number => ago(days).getTime() * 1000;

const group: LogGroupKept = {
  logGroup: 'db',
  policy: { id: 'default', title: null, onlineDays: 90, keptDays: 365 },
  inScope: true,
  scopeReason: null,
  scopeChangedBy: null,
  scopeApprovedBy: null,
  scopeChangedAt: null,
  sinceUs: usAgo(500),
  lastReceivedAt: ago(0),
  oldestKeptUs: usAgo(365),
  newestRemovedUs: usAgo(366),
  firstSinceUs: usAgo(90),
  nextDeletionAt: now,
  toExtend: 0,
  raisedAt: null,
  holds: [],
};
const oldest = new Map([
  [
    'db',
    {
      logGroup: 'db',
      oldestMs: ago(90).getTime(),
      streams: new Map([['host-a', ago(90).getTime()]]),
      areAllStreams: true,
    },
  ],
]);
const onlineSinceUs = usAgo(90);
const stream = { logGroup: 'db', logStream: 'host-a', sinceAt: ago(500), lastReceivedAt: ago(1) };

function answerOf(standing = standingOf(group, { now, oldest })): {
  answer: RetentionAnswer;
  keeping: LogGroupKeeping;
} {
  const keeping: LogGroupKeeping = {
    logGroup: 'db',
    reach: 'all',
    policy: group.policy,
    inScope: true,
    scopeException: null,
    ...standing,
    streams: { count: 1, holds: 1, young: 0, broken: 0 },
    holds: [],
    nextDeletionAt: now.toISOString(),
    raising: { since: now.toISOString(), blocks: 3 },
    waiting: [],
  };
  const answer: RetentionAnswer = {
    asOf: now.toISOString(),
    requirement: 'pci:4.0.1:10.5.1',
    floors: { onlineDays: 90, keptDays: 365 },
    state: 'holds',
    counts: { holds: 1 },
    items: [keeping],
    waiting: [],
  };
  return { answer, keeping };
}

it('holds where a year is kept and three months of it are online, of a log group and its streams', () => {
  expect(standingOf(group, { now, oldest })).toMatchObject({
    oldestOnline: ago(90).toISOString(),
    oldestKept: ago(365).toISOString(),
    verdict: { state: 'holds', youngUntil: null },
  });
  expect(streamStandingOf(stream, group, { now, oldest, onlineSinceUs })).toMatchObject({
    since: ago(500).toISOString(),
    oldestKept: ago(365).toISOString(),
    verdict: { state: 'holds' },
  });
});

it('tells a stream that is missing from the index from one that was silent, and from one that is not told of', () => {
  const place = { now, oldest, onlineSinceUs };
  const of = (lastReceivedAt: Date, where: typeof place | { now: Date; oldest: undefined; onlineSinceUs: number }) =>
    streamStandingOf({ ...stream, logStream: 'host-b', lastReceivedAt }, group, where).verdict.online;
  expect(of(ago(1), place)).toMatchObject({ state: 'broken', reason: 'not-online' });
  expect(of(ago(91), place).state).toBe('holds');
  expect(of(ago(1), { now, oldest: undefined, onlineSinceUs }).reason).toBe('index-unavailable');
  const [known] = oldest.values();
  const many = new Map(known === undefined ? [] : [['db', { ...known, areAllStreams: false }]]);
  expect(of(ago(1), { now, oldest: many, onlineSinceUs }).state).toBe('unknown');
});

it('counts a stream from its oldest record, which came before it was noted', () => {
  const noted = { ...stream, sinceAt: ago(80) };
  const young = { ...group, sinceUs: usAgo(90), oldestKeptUs: usAgo(90), newestRemovedUs: null };
  expect(streamStandingOf(noted, young, { now, oldest, onlineSinceUs })).toMatchObject({
    since: ago(90).toISOString(),
    oldestKept: ago(90).toISOString(),
    verdict: { state: 'young', youngUntil: new Date(ago(90).getTime() + 365 * day).toISOString() },
  });
});

it('names who took a log group out of scope, and nothing of one that is in it', () => {
  expect(scopeExceptionOf(group)).toBeNull();
  const out = { ...group, inScope: false, scopeReason: 'a test system', scopeChangedBy: 'a', scopeChangedAt: now };
  expect(scopeExceptionOf(out)).toEqual({ reason: 'a test system', by: 'a', approvedBy: null, at: now.toISOString() });
});

it('gives the same bytes for the same state, without what only waits or moves', () => {
  const { answer, keeping } = answerOf();
  const streams = [streamStandingOf(stream, group, { now, oldest, onlineSinceUs })];
  const items = [{ keeping, streams }];
  for (const query of [
    { format: 'csv', language: 'en' },
    { format: 'csv', language: 'ja' },
    { format: 'json', language: 'en' },
  ] as const) {
    const [one, two] = [retentionEvidence({ answer, items }, query), retentionEvidence({ answer, items }, query)];
    expect(one.bytes.equals(two.bytes)).toBe(true);
    expect(one.head).toMatchObject({
      bytes: one.bytes.length,
      name: { plain: `retention-2026-11-30.${query.format}` },
    });
  }
  const json = JSON.parse(
    retentionEvidence({ answer, items }, { format: 'json', language: 'en' }).bytes.toString(),
  ) as {
    items: object[];
  };
  expect(json.items[0]).not.toHaveProperty('raising');
  expect(json).not.toHaveProperty('waiting');
  const csv = retentionEvidence({ answer, items }, { format: 'csv', language: 'en' }).bytes.toString();
  expect(csv.trim().split('\r\n')).toHaveLength(3);
});
