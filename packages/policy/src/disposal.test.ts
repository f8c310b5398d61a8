import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isDue, type KeptBlock } from './disposal.ts';
import { holdsBlock, holdsLogGroup, type HeldPart } from './legal-hold.ts';
import { matchesName } from './name-pattern.ts';

const names = ['db', 'db/audit', 'web', 'akashi/audit'];
const time = fc.integer({ min: 0, max: 1_000 });
const record = fc.record({ logGroup: fc.constantFrom(...names), receivedUs: time, keptUs: fc.option(time) });
const hold: fc.Arbitrary<HeldPart> = fc.record({
  logGroups: fc.array(fc.constantFrom(...names, 'db*', '*', 'x'), { maxLength: 2 }),
  fromUs: fc.option(time),
  toUs: fc.option(time),
});

type Received = { logGroup: string; receivedUs: number };

const isRecordHeld = ({ logGroups, fromUs, toUs }: HeldPart, { logGroup, receivedUs }: Received): boolean =>
  (logGroups.length === 0 || logGroups.some((pattern) => matchesName(pattern, logGroup))) &&
  (fromUs === null || receivedUs >= fromUs) &&
  (toUs === null || receivedUs < toUs);

function spanOf(records: readonly Received[]) {
  const times = records.map(({ receivedUs }) => receivedUs);
  return { firstReceivedUs: Math.min(...times), lastReceivedUs: Math.max(...times) };
}

function blockOf(records: readonly (Received & { keptUs: number | null })[]): KeptBlock {
  const untils = records.map(({ receivedUs, keptUs }) => (keptUs === null ? null : receivedUs + keptUs));
  const logGroups = names.flatMap((logGroup) => {
    const own = records.filter((each) => each.logGroup === logGroup);
    return own.length === 0 ? [] : [{ logGroup, ...spanOf(own) }];
  });
  const keptUntilUs = untils.includes(null) ? null : Math.max(...untils.map((until) => until ?? 0));
  return { keptUntilUs, logGroups, ...spanOf(records) };
}

it('removes nothing of which a record is still to be kept, or held', () => {
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 8 }),
      fc.array(hold, { maxLength: 3 }),
      fc.integer({ min: 0, max: 2_500 }),
      (records, holds, nowUs) => {
        if (!isDue(blockOf(records), { nowUs, holds })) return;
        for (const each of records) {
          expect(each.keptUs).not.toBeNull();
          expect(each.receivedUs + (each.keptUs ?? 0)).toBeLessThanOrEqual(nowUs);
          expect(holds.some((held) => isRecordHeld(held, each))).toBe(false);
        }
      },
    ),
  );
});

it('removes at the moment that the last of it is over, and not before', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1, maxLength: 8 }), (records) => {
      const block = blockOf(records);
      const { keptUntilUs } = block;
      if (keptUntilUs === null) {
        expect(isDue(block, { nowUs: Number.MAX_SAFE_INTEGER, holds: [] })).toBe(false);
        return;
      }
      expect(isDue(block, { nowUs: keptUntilUs - 1, holds: [] })).toBe(false);
      expect(isDue(block, { nowUs: keptUntilUs, holds: [] })).toBe(true);
    }),
  );
});

it('is not done sooner for any further hold', () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 1 }), fc.array(hold), hold, (records, holds, more) => {
      const block = blockOf(records);
      const nowUs = 5_000;
      if (isDue(block, { nowUs, holds: [...holds, more] })) expect(isDue(block, { nowUs, holds })).toBe(true);
      if (holdsBlock(more, block)) expect(isDue(block, { nowUs, holds: [...holds, more] })).toBe(false);
    }),
  );
});

it('holds everything where a hold names nothing, and the product’s own log groups as others', () => {
  const everything = { logGroups: [], fromUs: null, toUs: null };
  expect(holdsLogGroup(everything, 'akashi/audit')).toBe(true);
  expect(holdsLogGroup({ logGroups: ['*'] }, 'akashi/audit')).toBe(true);
  expect(holdsLogGroup({ logGroups: ['db*'] }, 'web')).toBe(false);
});

it('holds a block of which no log group is known by its time alone', () => {
  const unknown = { firstReceivedUs: 10, lastReceivedUs: 20, logGroups: [] };
  expect(holdsBlock({ logGroups: ['db'], fromUs: 20, toUs: null }, unknown)).toBe(true);
  expect(holdsBlock({ logGroups: ['db'], fromUs: 21, toUs: null }, unknown)).toBe(false);
  expect(holdsBlock({ logGroups: ['db'], fromUs: null, toUs: 10 }, unknown)).toBe(false);
});
