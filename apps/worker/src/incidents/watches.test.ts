import { tenantId } from '@akashi/database';
import type { Logger } from '@akashi/server-kit';
import { expect, it, vi } from 'vitest';
import type { OpenIncident } from './incident-desk.ts';
import { judgeDisk } from './watch-disk.ts';
import { watchStores } from './watch-stores.ts';
import { lookAround, type Watch } from './watches.ts';

const own = tenantId('11111111-1111-4111-8111-111111111111');
const platform = tenantId('22222222-2222-4222-8222-222222222222');
const hourMs = 3_600_000;
const now = new Date(1_800_000_000_000);

function around(watches: readonly Watch[], open: readonly Omit<OpenIncident, 'lastSeenAt'>[], seenMsAgo = 0) {
  const lastSeenAt = new Date(now.getTime() - seenMsAgo);
  const desk = {
    notice: vi.fn(() => Promise.resolve()),
    cease: vi.fn(() => Promise.resolve()),
    refresh: () => Promise.resolve(),
    openOf: (kinds: ReadonlySet<string>) =>
      open.filter(({ kind }) => kinds.has(kind)).map((each) => ({ ...each, lastSeenAt })),
  };
  const logger = { warn: vi.fn() } as unknown as Logger;
  const looks = { note: vi.fn(() => Promise.resolve()) };
  const look = () =>
    lookAround({ desk, watches, logger, platformTenant: () => Promise.resolve(platform), looks, now: () => now });
  return { desk, looks, look };
}

const late = { kind: 'pipeline-late', where: 'index', cause: 'not-indexed' } as const;

it('notices what is wrong and ends what is not any more', async () => {
  const watch: Watch = {
    name: 'pipeline',
    kinds: ['pipeline-late'],
    look: () => Promise.resolve([{ owner: own, ...late }]),
  };
  const open = [
    { owner: own, kind: 'pipeline-late', where: 'index' },
    { owner: own, kind: 'pipeline-late', where: 'seal' },
    { owner: platform, kind: 'disk-filling', where: 'disk of inbox' },
  ] as const;
  const { desk, look } = around([watch], open);
  await look();
  expect(desk.notice.mock.calls).toEqual([[own, late]]);
  expect(desk.cease.mock.calls).toEqual([[own, { kind: 'pipeline-late', where: 'seal' }]]);
});

it('knows the platform’s own by either name, and says nothing when it cannot look', async () => {
  const disk = { kind: 'disk-filling', where: 'disk of inbox', cause: 'little-free' } as const;
  const open = [{ owner: platform, kind: disk.kind, where: disk.where }];
  const full: Watch = {
    name: 'disks',
    kinds: ['disk-filling'],
    look: () => Promise.resolve([{ owner: 'platform', ...disk }]),
  };
  const blind: Watch = { ...full, look: () => Promise.reject(new Error('no disk')) };
  for (const watch of [full, blind]) {
    const { desk, look } = around([watch], open);
    await look();
    expect(desk.cease).not.toHaveBeenCalled();
  }
});

it('ends nothing of another’s place, of what it cannot say, or before it can say anything', async () => {
  const nothingWrong: Watch = { name: 'pipeline', kinds: ['pipeline-late'], look: () => Promise.resolve([]) };
  const open = [{ owner: own, kind: 'pipeline-late', where: 'index' }] as const;
  for (const watch of [
    { ...nothingWrong, owns: (where: string) => where === 'queue' },
    { ...nothingWrong, keeps: () => true },
    { ...nothingWrong, look: () => Promise.resolve(null) },
  ]) {
    const { desk, look } = around([watch], open);
    await look();
    expect(desk.cease).not.toHaveBeenCalled();
  }
});

it('notes what was looked at, and nothing of a watch that could not look', async () => {
  const found = { owner: own, ...late };
  const told = vi.fn(() => Promise.resolve());
  const { looks, look } = around(
    [
      { name: 'pipeline', kinds: [], look: () => Promise.resolve({ wrong: [found], noticed: told }) },
      { name: 'blind', kinds: [], look: () => Promise.reject(new Error('away')) },
      { name: 'early', kinds: [], look: () => Promise.resolve(null) },
    ],
    [],
  );
  await look();
  expect(told).toHaveBeenCalledOnce();
  expect(looks.note.mock.calls).toEqual([[[{ name: 'pipeline', wrong: 1, details: {}, lookedAt: now }]]]);
});

it('ends an unknown sender that was quiet for an hour', async () => {
  const open = [{ owner: platform, kind: 'unknown-sender', where: '192.0.2.7' }] as const;
  const busy = around([], open, hourMs - 1);
  await busy.look();
  expect(busy.desk.cease).not.toHaveBeenCalled();
  const quiet = around([], open, hourMs);
  await quiet.look();
  expect(quiet.desk.cease.mock.calls).toEqual([[platform, { kind: 'unknown-sender', where: '192.0.2.7' }]]);
});

it('tells a store that two looks in a row find away, by the code of the failure', async () => {
  let isAway = true;
  const probe = () =>
    isAway ? Promise.reject(Object.assign(new Error(), { code: 'ECONNREFUSED' })) : Promise.resolve();
  const watch = watchStores([{ kind: 'index-unavailable', where: 'index', probe }]);
  expect(await watch.look()).toEqual([]);
  expect(await watch.look()).toMatchObject([{ kind: 'index-unavailable', cause: 'ECONNREFUSED', owner: 'platform' }]);
  isAway = false;
  expect(await watch.look()).toEqual([]);
  isAway = true;
  expect(await watch.look()).toEqual([]);
});

it('judges a disk by what is free and by how fast it fills', () => {
  const gib = 1024 ** 3;
  const space = (freeGib: number, agoMs = 0) => ({
    freeBytes: freeGib * gib,
    totalBytes: 1000 * gib,
    at: new Date(now.getTime() - agoMs),
  });
  expect(judgeDisk(space(1.9), undefined)).toBe('little-free');
  expect(judgeDisk(space(100), undefined)).toBeNull();
  expect(judgeDisk(space(100), space(105, hourMs))).toBe('filling-fast');
  expect(judgeDisk(space(100), space(104, hourMs))).toBeNull();
  expect(judgeDisk(space(100), space(99, hourMs))).toBeNull();
  expect(judgeDisk(space(100), space(105, 60_000))).toBeNull();
  expect(judgeDisk({ ...space(0), freeBytes: gib, totalBytes: 10 * gib }, undefined)).toBeNull();
});
