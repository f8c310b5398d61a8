import { expect, it } from 'vitest';
import { catalogueVersion, derivationOf, derivationText } from './index.ts';

const text = (timeZone: string, version?: number): string => derivationText(derivationOf({ timeZone }, version));

it('is another when the version or any setting is, and the same for one zone under two names', () => {
  expect(text('Asia/Tokyo')).toBe(text('Asia/Tokyo', catalogueVersion));
  expect(text('Asia/Tokyo')).toBe(text('asia/tokyo'));
  expect(new Set([text('Asia/Tokyo'), text('UTC'), text('Asia/Tokyo', catalogueVersion + 1)]).size).toBe(3);
});

it('holds every setting, also one that is not known here, whatever their order', () => {
  const later = { timeZone: 'UTC', formats: { web: 3 } };
  const named = derivationText({ catalogueVersion: 1, settings: later });
  expect(named).toBe(
    derivationText({ catalogueVersion: 1, settings: { formats: { web: 3 }, timeZone: 'UTC' } as never }),
  );
  expect(named).not.toBe(derivationText({ catalogueVersion: 1, settings: { ...later, formats: { web: 4 } } as never }));
});
