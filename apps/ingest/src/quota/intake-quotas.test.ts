import { tenantId, type SendingTenant } from '@akashi/database';
import { describe, expect, it } from 'vitest';
import { IntakeQuotas } from './intake-quotas.ts';

const one = tenantId('00000000-0000-4000-8000-000000000001');
const two = tenantId('00000000-0000-4000-8000-000000000002');

function opened(quotas: object, status = 'active', storedBytes = 0) {
  const clock = { ms: 0 };
  const tenant: SendingTenant = { id: one, status, quotas, storedBytes };
  const tenants = new Map([[one, tenant]]);
  return { clock, tenants, gate: new IntakeQuotas({ tenantOf: (id) => tenants.get(id), nowMs: () => clock.ms }) };
}

describe('what an organisation may send', () => {
  it('is its burst, then its rate, and nothing of it touches another', () => {
    const { gate, clock } = opened({ bytesPerSecond: 100, burstBytes: 1000 });
    gate.spend(one, { bytes: 1200, records: 1 });
    expect(gate.decide(one)).toMatchObject({
      code: 'quota-exceeded',
      quota: 'bytesPerSecond',
      limit: 100,
      waitMs: 2001,
    });
    expect(gate.decide(two)).toEqual({ code: 'open' });
    clock.ms = 2001;
    expect(gate.decide(one)).toEqual({ code: 'open' });
  });

  it('counts records as well, and gives back what was not taken', () => {
    const { gate } = opened({ recordsPerSecond: 10, burstRecords: 10 });
    gate.spend(one, { bytes: 1, records: 20 });
    expect(gate.decide(one)).toMatchObject({ quota: 'recordsPerSecond', waitMs: 1001 });
    gate.spend(one, { bytes: -1, records: -20 });
    expect(gate.decide(one)).toEqual({ code: 'open' });
    expect(gate.rates(one).find(({ name }) => name === 'records')).toMatchObject({ remaining: 10, burst: 10 });
  });

  it('keeps what was used when the organisation is read anew, and has no limit where none is set', () => {
    const { gate, tenants } = opened({ bytesPerSecond: 100, burstBytes: 1000 });
    gate.spend(one, { bytes: 5000, records: 1 });
    tenants.set(one, { id: one, status: 'active', quotas: { bytesPerSecond: 1000, burstBytes: 1000 }, storedBytes: 0 });
    expect(gate.decide(one)).toMatchObject({ waitMs: 4001 });
    tenants.set(one, { id: one, status: 'active', quotas: { bytesPerSecond: null }, storedBytes: 0 });
    expect(gate.decide(one)).toEqual({ code: 'open' });
  });

  it('ends when the organisation is suspended or its storage is full', () => {
    expect(opened({}, 'suspended').gate.decide(one)).toEqual({ code: 'tenant-suspended' });
    expect(opened({ storageBytes: 1000 }, 'active', 999).gate.decide(one)).toEqual({ code: 'open' });
    expect(opened({ storageBytes: 1000 }, 'active', 1000).gate.decide(one)).toMatchObject({ quota: 'storageBytes' });
  });
});
