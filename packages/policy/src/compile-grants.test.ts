import { describe, expect, it } from 'vitest';
import { reachOfLogGroup } from './access-scope.ts';
import { compileGrants, scopeOfLogGroups, type Grant } from './compile-grants.ts';
import { ownEvidenceGroups } from './name-pattern.ts';

const now = new Date('2026-11-22T10:00:00Z');
const grant: Grant = {
  groupId: 'g',
  logGroups: ['db'],
  logStreams: [],
  sources: [],
  rowFilter: null,
  hiddenFields: [],
  validFrom: new Date('2026-11-01T00:00:00Z'),
  validTo: null,
  revokedAt: null,
};
const reach = ([role, ...groupIds]: [string, ...string[]], given: Partial<Grant>, name = 'db') =>
  reachOfLogGroup(compileGrants({ role, groupIds }, [{ ...grant, ...given }], now), name);

describe('compileGrants', () => {
  it('gives a role alone nothing but, to those who read it, the audit trail', () => {
    expect(reach(['viewer'], {})).toBe('none');
    expect(reach(['tenant-admin'], {})).toBe('none');
    expect(reach(['tenant-admin'], {}, 'akashi/audit')).toBe('all');
    for (const group of ownEvidenceGroups) expect(reach(['auditor'], {}, group)).toBe('all');
    expect(reach(['auditor'], {}, 'akashi/other')).toBe('none');
    for (const group of ownEvidenceGroups) expect(reach(['reviewer'], {}, group)).toBe('none');
  });

  it('knows grants from their first moment to before their last', () => {
    expect(reach(['viewer', 'g'], {})).toBe('all');
    expect(reach(['viewer', 'other'], {})).toBe('none');
    expect(reach(['viewer', 'g'], { validFrom: new Date(now.getTime() + 1) })).toBe('none');
    expect(reach(['viewer', 'g'], { validTo: now })).toBe('none');
    expect(reach(['viewer', 'g'], { revokedAt: now })).toBe('none');
  });

  it('lets no grant open the audit trail to a role that may not read it', () => {
    expect(reach(['viewer', 'g'], { logGroups: ['akashi/*'] }, 'akashi/audit')).toBe('none');
    expect(reach(['auditor', 'g'], { logGroups: ['akashi/*'] }, 'akashi/other')).toBe('all');
  });
});

describe('scopeOfLogGroups', () => {
  it('is nothing for no patterns', () => {
    expect(reachOfLogGroup(scopeOfLogGroups([]), 'db')).toBe('none');
    expect(reachOfLogGroup(scopeOfLogGroups(['d*']), 'db')).toBe('all');
  });
});
