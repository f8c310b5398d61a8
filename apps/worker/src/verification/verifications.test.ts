import { tenantId, type Database, type NewVerification, type TenantId } from '@akashi/database';
import { Registry, type Logger } from '@akashi/server-kit';
import { expect, it, vi } from 'vitest';
import { VerificationUnfinished } from './verification-unfinished.ts';
import { Verifications } from './verifications.ts';

const first = tenantId('11111111-1111-4111-8111-111111111111');

const proven: NewVerification = {
  kind: 'full',
  outcome: 'proven',
  startedAt: new Date(0),
  finishedAt: new Date(1),
  treeSize: 1,
  blocks: 1,
  records: 1,
  findings: [],
};

function verificationsOf(verify: (id: TenantId) => Promise<NewVerification | null>) {
  const inserted: TenantId[] = [];
  const report = vi.fn();
  const database = {
    forTenant: (id: TenantId) => ({ verifications: { insert: () => Promise.resolve(void inserted.push(id)) } }),
  };
  const verifications = new Verifications({
    database: database as unknown as Database,
    logger: { info: () => undefined, error: () => undefined } as unknown as Logger,
    metrics: new Registry(),
    verify,
    faults: { report },
    noticeFindings: () => Promise.resolve(),
  });
  return { verifications, inserted, report };
}

it('keeps what was found as evidence, and tells of nothing when all is proven', async () => {
  const { verifications, inserted, report } = verificationsOf(() => Promise.resolve(proven));
  expect(await verifications.run(first)).toBe(proven);
  expect([inserted, report.mock.calls]).toEqual([[first], []]);
});

it('tells the organisation of an alteration, by the place of the first', async () => {
  const findings = [{ code: 'block-altered', where: 'block 7' }];
  const altered: NewVerification = { ...proven, outcome: 'altered', findings };
  const { verifications, inserted, report } = verificationsOf(() => Promise.resolve(altered));
  await verifications.run(first);
  expect(inserted).toEqual([first]);
  expect(report.mock.calls).toEqual([
    [first, expect.objectContaining({ action: 'verification.failed', reason: 'block-altered', count: 1 })],
  ]);
});

it('keeps nothing where nothing was sealed, or where it came to no end', async () => {
  const empty = verificationsOf(() => Promise.resolve(null));
  expect(await empty.verifications.run(first)).toBeNull();
  const cut = verificationsOf(() => Promise.reject(new VerificationUnfinished('the verifier was ended')));
  await expect(cut.verifications.run(first)).rejects.toMatchObject({ code: 'verification-unfinished' });
  expect([empty.inserted, cut.inserted, cut.report.mock.calls]).toEqual([[], [], []]);
});
