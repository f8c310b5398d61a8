/** None of many planted numbers is left, whatever it is written like, and masking again changes nothing. */
import { describe, expect, it } from 'vitest';
import { createMasker } from './index.ts';
import { plant, randomFrom } from './planted-numbers.fixtures.ts';
import { type LookAlike, lookAlikeKinds, lookAlikes } from './look-alikes.fixtures.ts';
import { statedRates } from './look-alikes.fixtures.ts';

const masker = createMasker({ version: 'test', keep: 'first6last4' });
const seed = 20261130;

describe('planted card data', { timeout: 120_000 }, () => {
  it('is found however it is written, beside what, in which encoding', () => {
    const random = randomFrom(seed);
    const left: string[] = [];
    for (let k = 0; k < 12_000; k++) {
      const { kind, record, isClear } = plant(random);
      const masked = masker.mask(record)?.record ?? record;
      if (isClear(masked)) left.push(`${kind}: ${record.toString('latin1')}`);
    }
    expect(left).toEqual([]);
  });

  it('is found across the parts of a line, wherever it is cut', () => {
    const random = randomFrom(seed + 1);
    const left: string[] = [];
    for (let k = 0; k < 4_000; k++) {
      const { kind, record, isClear } = plant(random);
      const cut = Math.floor(random() * record.length);
      const parts = [record.subarray(0, cut), record.subarray(cut)];
      const masked = masker.maskParts(parts, { start: false, end: false });
      const whole = Buffer.concat(parts.map((part, index) => masked[index]?.record ?? part));
      if (isClear(whole)) left.push(`${kind}: ${record.toString('latin1')} cut at ${cut}`);
    }
    expect(left).toEqual([]);
  });

  it('passes the glance wherever the search finds something', () => {
    const random = randomFrom(seed + 2);
    const search = Reflect.get(masker, 'search') as (this: unknown, record: Buffer) => unknown;
    for (let k = 0; k < 4_000; k++) {
      const { record } = plant(random);
      expect(masker.mask(record) === null).toBe(search.call(masker, record) === null);
    }
  });
});

describe('look-alikes', { timeout: 120_000 }, () => {
  it.each(lookAlikeKinds)('%s are harmed no more than the README states', (kind) => {
    const random = randomFrom(seed);
    const stated = statedRates().get(kind) ?? 0;
    const count = 3_000;
    let harmed = 0;
    for (let k = 0; k < count; k++) {
      const write: LookAlike = lookAlikes[kind];
      if (masker.mask(Buffer.from(`id ${write(random)} ok`)) !== null) harmed++;
    }
    // Three standard deviations above what is stated.
    expect(harmed / count).toBeLessThanOrEqual(stated + 3 * Math.sqrt((stated * (1 - stated)) / count) + 1 / count);
  });
});
