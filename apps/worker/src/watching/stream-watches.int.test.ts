import { randomUUID } from 'node:crypto';
import type { StreamCounts, TenantDatabase } from '@akashi/database';
import type { IncidentKind } from '@akashi/policy';
import { createTestDatabase, createTestTenant, findDatabaseServer } from '@akashi/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IncidentDesk } from '../incidents/incident-desk.ts';
import { lookAround, type Watch } from '../incidents/watches.ts';
import { watchSilence } from './watch-silence.ts';
import { watchFinds, watchLag, watchParsing } from './watch-streams.ts';

const serverUrl = findDatabaseServer();
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Minutes are kept for two hours by the database's clock. The middle of an hour, so that a few minutes stay within it. */
const startMs = Math.floor(Date.now() / hourMs) * hourMs - 30 * minuteMs;
const nothing = (): Promise<void> => Promise.resolve();
const stream = { logGroup: 'shop/app', logStream: 'web01' } as const;

describe.runIf(serverUrl !== undefined)('streams that are watched', () => {
  let test: Awaited<ReturnType<typeof createTestDatabase>>;
  let own: TenantDatabase;
  let nowMs: number;
  let watches: Watch[];
  let desk: IncidentDesk;
  const now = (): Date => new Date(nowMs);
  const logger = { warn: nothing };

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
  });
  beforeEach(async () => {
    nowMs = startMs;
    const { database } = test;
    own = database.forTenant((await createTestTenant({ database })).tenant.id);
    watches = [watchSilence, watchParsing, watchLag, watchFinds].map((watch) => watch({ database, now }));
    desk = new IncidentDesk({ database, platformTenant: () => Promise.resolve(null), logger, now });
    await database.platform.watching.looks.note([{ name: 'silence', lookedAt: now(), wrong: 0, details: {} }]);
  });
  afterAll(() => test.drop());

  const register = async (atMs = nowMs): Promise<string> => {
    const segmentId = randomUUID();
    const row = { segmentId, ingestNode: 'n', retentionPolicy: 'default', records: 1, bytes: 1 };
    await own.segments.register({ ...row, acceptedAt: new Date(atMs) });
    return segmentId;
  };
  const counts = (atMs: number, more: Partial<StreamCounts> = {}): StreamCounts => {
    const us = atMs * 1000;
    const times = { firstEventUs: us, lastEventUs: us, lastReceivedUs: us, lagMs: 0 };
    const nobody = { unparsed: 0, masked: 0, lost: 0, rules: [] };
    return { ...stream, sourceId: 's', kind: 'http', records: 1, ...nobody, ...times, ...more };
  };
  const receive = async (...streams: StreamCounts[]): Promise<void> => {
    const finished = { generation: 2, onlineDays: 90, quarantined: [], learned: [], documents: null };
    await own.segments.finishIndexed({ segmentId: await register(), ...finished, streams });
  };
  const look = async (afterMinutes = 0): Promise<void> => {
    nowMs = startMs + afterMinutes * minuteMs;
    const { looks } = test.database.platform.watching;
    await lookAround({ desk, watches, logger, platformTenant: () => Promise.resolve(null), looks, now });
  };
  const found = async (kind: IncidentKind) => {
    const all = await own.incidents.list({ kind, limit: 50 });
    return all.map(({ where, cause, state, count, details }) => ({ where, cause, state, count, details }));
  };
  /** Something in every second minute of a day and more. */
  const always = (): StreamCounts[] =>
    Array.from({ length: 30 * 30 }, (_, index) => counts(startMs - (30 * 30 - index) * 2 * minuteMs));

  it('fall silent against their own rhythm once, and close by themselves when they return', async () => {
    await receive(...always());
    await look(5);
    expect(await found('source-silent')).toEqual([]);
    await look(25);
    await look(26);
    const where = 'stream shop/app web01';
    expect(await found('source-silent')).toMatchObject([
      { where, cause: 'rhythm-broken', state: 'open', count: 2, details: { ...stream, silentAfterMinutes: 12 } },
    ]);
    await receive(counts(nowMs));
    await look(27);
    expect(await found('source-silent')).toMatchObject([{ where, state: 'closed' }]);
  });

  it('are nobody’s news while something waits to be read, or when the installation was off', async () => {
    await receive(...always());
    await look(5);
    const waiting = await register(startMs + 6 * minuteMs);
    await look(20);
    expect(await found('source-silent')).toEqual([]);
    const rest = { generation: 2, onlineDays: 90, streams: [], quarantined: [], learned: [], documents: null };
    await own.segments.finishIndexed({ segmentId: waiting, ...rest });
    await look(21);
    expect(await found('source-silent')).toMatchObject([{ state: 'open' }]);
    // What may hold the return of it keeps the incident as it is.
    await register(nowMs);
    await look(24);
    expect(await found('source-silent')).toMatchObject([{ state: 'open' }]);
    watches = [watchSilence({ database: test.database, now })];
    await look(24 + 60);
    expect(await found('source-silent')).toMatchObject([{ state: 'open', count: 1 }]);
  });

  it('go by the limit that somebody set, and not at all when they are retired until they go on', async () => {
    await receive(counts(startMs));
    const set = { ...stream, reason: 'nightly', setBy: 'sato', setAt: new Date(startMs) };
    await own.silenceLimits.put({ ...set, logStream: null, kind: 'minutes', minutes: 30 }, nothing);
    await look(29);
    expect(await found('source-silent')).toEqual([]);
    await look(31);
    expect(await found('source-silent')).toMatchObject([{ cause: 'limit-exceeded', state: 'open' }]);
    const retiredAt = new Date(startMs + 31 * minuteMs);
    await own.silenceLimits.put({ ...set, kind: 'retired', minutes: null, setAt: retiredAt }, nothing);
    await look(31 + 24 * 60);
    expect(await found('source-silent')).toMatchObject([{ state: 'closed' }]);
    expect(await own.silenceLimits.streams({ limit: 9 })).toMatchObject([{ ...stream, silentAt: null }]);
    expect(await own.silenceLimits.remove({ ...stream, logStream: 'web02', at: now() }, nothing)).toBe(false);
    expect(await own.silenceLimits.remove({ ...stream, at: now() }, nothing)).toBe(true);
    expect(await own.silenceLimits.list()).toMatchObject([{ logStream: null, minutes: 30 }]);
  });

  it('tell of card data and of lost lines once each, by figures and shapes alone', async () => {
    await receive(counts(startMs, { records: 9, masked: 3, rules: ['pan'], lost: 1 }));
    await look();
    await look(1);
    await receive(counts(startMs, { masked: 2, rules: ['track'] }));
    await look(2);
    expect(await found('card-data-found')).toEqual([
      {
        where: 'stream shop/app web01',
        cause: 'masked-at-intake',
        state: 'open',
        count: 5,
        details: { ...stream, shapes: ['pan', 'track'] },
      },
    ]);
    expect(await found('lines-lost')).toMatchObject([{ count: 1, state: 'open', details: stream }]);
  });

  it('that stop being parsed are told against their own past, and end', async () => {
    await receive(counts(startMs - 24 * hourMs, { records: 1_000, unparsed: 5 }));
    await receive(counts(startMs, { records: 100, unparsed: 80 }));
    await look(1);
    expect(await found('unparsed')).toMatchObject([
      { cause: 'share-rises', details: { unparsedPercent: 80, usualPercent: 1, records: 100 } },
    ]);
    await receive(counts(startMs + minuteMs, { records: 900 }));
    await look(2);
    expect(await found('unparsed')).toMatchObject([{ state: 'closed' }]);
  });

  it('whose clock is off are told by how much, and end with it; another’s incidents of the kind stay', async () => {
    const host = { kind: 'clock-skew', where: 'host web09', cause: 'not-synchronised' } as const;
    await own.incidents.notice({ ...host, at: new Date(startMs - minuteMs) });
    await receive(counts(startMs - 2 * hourMs));
    await receive(counts(startMs, { lagMs: -187_000 }));
    await look(1);
    expect(await found('clock-skew')).toMatchObject([
      { where: 'stream shop/app web01', cause: 'clock-jumped', state: 'open', details: { offSeconds: 187 } },
      { where: 'host web09', state: 'open' },
    ]);
    await receive(counts(startMs + minuteMs, { lagMs: 20 }));
    await look(2);
    expect((await found('clock-skew')).map(({ state }) => state)).toEqual(['closed', 'open']);
  });
});
