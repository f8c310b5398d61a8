import fc from 'fast-check';
import { expect, it } from 'vitest';
import { withoutOthers } from './chosen-records.ts';

const item = (position: number): string => `{"create":{"_id":"t.s.${position}"}}\n{"akashi.position":${position}}\n`;

it('keeps the items of the chosen positions, in their order, whatever body they stand in', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 8 }), { maxLength: 5 }), (bodies) => {
      const chosen = new Set(bodies.flat().flatMap((isChosen, at) => (isChosen ? [at] : [])));
      let first = 0;
      let kept = '';
      for (const items of bodies) {
        const whole = Buffer.from(items.map((_, at) => item(first + at)).join(''));
        const { body, items: count } = withoutOthers(whole, { first, chosen });
        expect(count).toBe(items.length);
        // Where all are chosen nothing is copied: the memory goes on to the next body.
        if (!items.includes(false)) expect(body).toBe(whole);
        kept += body.toString('utf8');
        first += count;
      }
      expect(kept).toBe([...chosen].map(item).join(''));
    }),
  );
});
