import { describe, expect, it } from 'vitest';
import { installationAuthorityId, leavesOn, withInstallationAuthority } from './checkpoint-ways.ts';

describe('the ways of checkpoints', () => {
  it('carry one each day, each Monday, or when somebody asks', () => {
    // 2026-11-30 is a Monday.
    const days = ['2026-11-29', '2026-11-30', '2026-12-01'];
    expect(days.filter((day) => leavesOn('daily', day))).toEqual(days);
    expect(days.filter((day) => leavesOn('weekly', day))).toEqual(['2026-11-30']);
    expect(days.filter((day) => leavesOn('by-hand', day))).toEqual([]);
  });

  it('begin with time stamps, by the installation’s authority where the organisation has none', () => {
    const contacts = { id: 'c', kind: 'contacts', name: 'contacts', target: '' };
    const own = { id: 's', kind: 'time-stamp', name: 'TSA', target: 'https://tsa.example.jp/' };
    expect(withInstallationAuthority([contacts], undefined)).toEqual([contacts]);
    expect(withInstallationAuthority([contacts, own], 'https://tsa.example.com/')).toEqual([own, contacts]);
    expect(withInstallationAuthority([contacts], 'https://tsa.example.com/')).toEqual([
      { id: installationAuthorityId, kind: 'time-stamp', name: 'tsa.example.com', target: 'https://tsa.example.com/' },
      contacts,
    ]);
  });
});
