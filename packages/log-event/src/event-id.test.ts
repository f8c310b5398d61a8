import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventIdOf, parseEventId, shortUuid } from './event-id.ts';

describe('eventIdOf', () => {
  it('writes the segment in 22 characters and the position', () => {
    const segmentId = '0199ddc0-0000-7000-8000-000000000001';
    expect(eventIdOf({ segmentId, position: 17 })).toBe('AZndwAAAcACAAAAAAAAAAQ.17');
    expect(() => eventIdOf({ segmentId: '0199DDC0-0000-7000-8000-00000000000A', position: 1 })).toThrow(RangeError);
  });

  it('is read back, and names one place only', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(2 ** 31 - 1), (segmentId, position) => {
        expect(parseEventId(eventIdOf({ segmentId, position }))).toEqual({ segmentId, position });
      }),
    );
  });
});

describe('parseEventId', () => {
  const short = shortUuid('0199ddc0-0000-7000-8000-000000000001');
  it.each(['', '17-204', short, `${short}.`, `${short}.01`, `${short}.-1`, `${short}.1.2`, `${short.slice(0, 21)}R.1`])(
    'takes %s for no id',
    (text) => {
      expect(parseEventId(text)).toBeUndefined();
    },
  );
});
