import type { VerificationFinding } from '@akashi/database';
import { expect, it } from 'vitest';
import { sightingsOf } from './verification-incidents.ts';

const altered: VerificationFinding = {
  code: 'index-document-altered',
  where: 'event 4-1 message, record',
  block: 4,
  leaf: 1,
  fields: ['message', 'record'],
};

it('names the place of each finding, and not the fields', () => {
  expect(sightingsOf([altered, { code: 'archive-behind-ledger', where: 'log/checkpoint' }])).toEqual([
    {
      kind: 'integrity-mismatch',
      where: 'event 4-1',
      cause: 'index-document-altered',
      details: { block: 4, leaf: 1 },
    },
    {
      kind: 'integrity-mismatch',
      where: 'log/checkpoint',
      cause: 'archive-behind-ledger',
      details: {},
    },
  ]);
});

it('is one for a place, whatever differs there, and one for the many beyond twenty', () => {
  expect(sightingsOf([altered, { ...altered, where: 'event 4-1 host', fields: ['host'] }])).toHaveLength(1);
  const many = Array.from({ length: 50 }, (_, leaf) => ({ code: 'index-document-missing', where: `event 4-${leaf}` }));
  const sightings = sightingsOf(many);
  expect(sightings).toHaveLength(21);
  expect(sightings.at(-1)).toMatchObject({ where: 'further places', details: { places: 30 } });
});
