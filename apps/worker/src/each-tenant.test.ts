import { tenantId, type TenantId } from '@akashi/database';
import { expect, it, vi } from 'vitest';
import { eachTenant, type EachTenantParts } from './each-tenant.ts';
import { SealingError } from './sealing/sealing-error.ts';

const ids = ['1', '2', '3'].map((digit) => tenantId(`${digit.repeat(8)}-1111-4111-8111-111111111111`));

it('goes on with the others after one whose turn failed, and tells that one', async () => {
  const report = vi.fn();
  const error = vi.fn();
  const parts = {
    tenants: { list: () => Promise.resolve(ids.map((id) => ({ id }))) },
    logger: { error },
    faults: { report },
  } as unknown as EachTenantParts;
  const served: TenantId[] = [];
  await eachTenant(parts, 'heartbeat', (id) => {
    served.push(id);
    return id === ids[1] ? Promise.reject(new SealingError('leftover-unreadable', 'blocks/1')) : Promise.resolve();
  });
  expect(served).toEqual(ids);
  expect(report.mock.calls).toEqual([
    [
      ids[1],
      {
        action: 'job.failed',
        reason: 'leftover-unreadable',
        details: { duty: 'heartbeat' },
        target: { kind: 'log', name: `akashi.log/${ids[1]}` },
      },
    ],
  ]);
  expect(error).toHaveBeenCalledTimes(1);
});
