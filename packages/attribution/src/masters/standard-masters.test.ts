import { describe, expect, it } from 'vitest';
import { allColumns } from './master-definition.ts';
import { standardMaster, standardMasters } from './standard-masters.ts';

describe('standardMasters', () => {
  it('has the tables and columns that the outside relies on', () => {
    const tables = standardMasters.map(({ name, columns }) => [
      name,
      columns.map((each) => each.name + (each.isRequired ? '' : '?')).join(','),
    ]);
    expect(Object.fromEntries(tables)).toEqual({
      people: 'person,name,email?,department?',
      'common-ids': 'system,id,person',
      'user-devices': 'mac,device,person',
      'dhcp-leases': 'leasedAt,mac,address,until?',
      approvals: 'person,from,to,target,purpose?,number?,approver?',
      assets: 'host,address?,inScope,shared?,owner?,kind?',
    });
  });

  it('names only columns that the table has', () => {
    for (const definition of standardMasters) {
      const names = new Set(allColumns(definition).map(({ name }) => name));
      const named = [...definition.key, ...definition.exclusive, definition.period.from, definition.period.until];
      for (const name of named) if (name !== null) expect(names).toContain(name);
      expect(standardMaster(definition.name)).toBe(definition);
    }
    expect(standardMaster('constructor')).toBeUndefined();
  });
});
