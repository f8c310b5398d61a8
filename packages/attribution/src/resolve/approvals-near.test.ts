import { describe, expect, it } from 'vitest';
import { at, briefRows, row } from '../claims/claims.fixtures.ts';
import { claimsOf } from '../claims/claims-of.ts';
import { approvalsNear } from './approvals-near.ts';

const more = [
  row('approvals', { person: 'yamada', target: 'Server C' }, [at('17:00'), at('18:00')]),
  row('approvals', { person: 'yamada', target: 'Server D' }, [at('09:00'), at('10:00')]),
  row('approvals', { person: 'yamada', target: 'Server E' }, [at('03:00', '2026-07-02'), null]),
];
const claims = claimsOf([...briefRows, ...more], []);
const targets = (person: string, time: string): string[] =>
  approvalsNear(person, at(time), claims).map(({ target }) => target);

describe('approvals near a moment', () => {
  it('begin with what holds then, wherever it is, and go on with the nearest', () => {
    expect(targets('yamada', '14:00')).toEqual(['Server A', 'Server C', 'Server D']);
    expect(targets('yamada', '16:30')).toEqual(['Server C', 'Server A', 'Server D']);
  });

  it('are those of the person alone, and of a day around it', () => {
    expect(targets('suzuki', '14:00')).toEqual(['Server B']);
    expect(targets('kato', '14:00')).toEqual([]);
    expect(approvalsNear('suzuki', at('16:00', '2026-06-30'), claims)).toEqual([]);
  });
});
