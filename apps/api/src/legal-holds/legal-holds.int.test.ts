import { approvalsAnswer, legalHold, legalHoldsAnswer, retentionAnswer } from '@akashi/contracts';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, callApi, type TestAnswer, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('legal holds', { timeout: 60_000 }, () => {
  let test: TestApi;
  let own: ApiTenant;
  let admin: TestPerson;
  let deputy: TestPerson;

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
  });
  beforeEach(async () => {
    own = await test.createTenant();
    admin = await addPerson(test, own, 'tenant-admin');
    deputy = await addPerson(test, own, 'tenant-admin');
    await addGroup(own, [admin, deputy], { logGroups: ['*'] });
    await own.seal('db', ['one line', 'two lines']);
    await own.seal('web', ['one line']);
  });
  afterAll(() => test.close());

  const send = async (by: TestPerson, [method, path]: [string, string], body?: unknown): Promise<TestAnswer> =>
    callApi(test, { method, path, body }, { cookie: await by.signIn() });
  const create = (body: object, by = admin) => send(by, ['POST', '/v1/legal-holds'], { reason: 'a lawsuit', ...body });
  const list = async (by = admin) => legalHoldsAnswer.parse((await send(by, ['GET', '/v1/legal-holds'])).json).items;
  const lift = (id: string, by = admin) => send(by, ['POST', `/v1/legal-holds/${id}/lift`], { reason: 'settled' });
  const decide = (id: unknown, how: string, by = deputy) =>
    send(by, ['POST', `/v1/approvals/${String(id)}/${how}`], {});
  const idOf = ({ json }: TestAnswer): unknown =>
    (json['params'] as Record<string, unknown> | undefined)?.['approvalId'];

  it('hold at once what they name, and show wherever it is shown', async () => {
    const made = legalHold.parse((await create({ logGroups: ['db*'] })).json);
    expect(made).toMatchObject({
      state: 'in-force',
      everything: false,
      logGroups: ['db*'],
      createdBy: { id: admin.userId },
      lift: null,
      held: { blocks: 1, records: 2, overdue: 0 },
    });
    const { items } = retentionAnswer.parse((await send(admin, ['GET', '/v1/retention'])).json);
    expect(items.map(({ logGroup, holds, nextDeletionAt }) => [logGroup, holds, nextDeletionAt === null])).toEqual([
      ['db', [{ id: made.id, reason: 'a lawsuit' }], true],
      ['web', [], false],
    ]);
    const everything = legalHold.parse((await create({ everything: true })).json);
    expect(everything).toMatchObject({ everything: true, held: { blocks: 2, records: 3 } });
    const past = legalHold.parse((await create({ to: '2020-01-01T00:00:00Z' })).json);
    expect(past.held).toMatchObject({ blocks: 0 });
    const [act] = test.intake.acts.filter(
      ({ event, user }) => event.action === 'legal-hold.create' && user.id === admin.userId,
    );
    expect(JSON.stringify(act)).toContain('a lawsuit');
  });

  it('name a person by the masters, and hold all of the period', async () => {
    const values = { person: 'yamada', name: '山田 太郎' };
    await own.database.masters.change(
      'people',
      { kind: 'import', details: {}, by: 'test', at: new Date() },
      {
        plan: () => {
          const row = { id: crypto.randomUUID(), master: 'people', validFromMs: null, validUntilMs: null, values };
          return Promise.resolve({ added: [row], changed: [], ended: [], withdrawn: [], unchanged: 0 });
        },
        before: () => Promise.resolve(),
      },
    );
    const made = legalHold.parse((await create({ person: 'yamada', from: '2020-01-01T00:00:00Z' })).json);
    expect(made).toMatchObject({ person: { id: 'yamada', name: '山田 太郎' }, held: { blocks: 2 } });
  });

  it('say what they hold: nothing, or everything and a part of it, is refused', async () => {
    expect((await create({})).json).toMatchObject({ status: 400, reason: 'holds-nothing' });
    expect((await create({ everything: true, logGroups: ['db'] })).json).toMatchObject({
      reason: 'everything-and-part',
    });
    const backwards = { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' };
    expect((await create(backwards)).json).toMatchObject({ code: 'time-range-invalid' });
  });

  it('are lifted by two people, and hold until then', async () => {
    const { id } = legalHold.parse((await create({ logGroups: ['db'] })).json);
    const asked = await lift(id);
    expect(asked.json).toMatchObject({ status: 403, code: 'second-person-required' });
    expect(idOf(await lift(id, deputy))).toBe(idOf(asked));
    expect(await list()).toMatchObject([
      { id, state: 'lift-waiting', lift: { reason: 'settled', askedBy: { id: admin.userId }, liftedBy: null } },
    ]);
    expect(await own.database.legalHolds.inForce()).toHaveLength(1);
    const [waiting] = approvalsAnswer.parse((await send(deputy, ['GET', '/v1/approvals'])).json).items;
    expect(waiting).toMatchObject({
      kind: 'legal-hold',
      mayDecide: true,
      legalHold: { id, reason: 'a lawsuit', logGroups: ['db'], liftReason: 'settled' },
    });
    expect((await decide(idOf(asked), 'confirm', admin)).status).toBe(404);
    expect((await decide(idOf(asked), 'decline')).status).toBe(200);
    expect(await list()).toMatchObject([{ id, state: 'in-force', lift: null }]);
    const again = await lift(id);
    expect((await decide(idOf(again), 'confirm')).status).toBe(200);
    expect(await list()).toMatchObject([
      { id, state: 'lifted', held: null, lift: { liftedBy: { id: deputy.userId } } },
    ]);
    expect((await lift(id)).json).toMatchObject({ status: 409, code: 'decided-before' });
    expect(await own.database.legalHolds.inForce()).toEqual([]);
    const lifted = test.intake.acts.filter(
      ({ event, user }) => event.action === 'legal-hold.lift' && user.id === deputy.userId,
    );
    expect(lifted).toHaveLength(1);
  });

  it('need a fresh second factor to be lifted, and are set by administrators', async () => {
    const { id } = legalHold.parse((await create({ everything: true })).json);
    const early = { method: 'POST', path: `/v1/legal-holds/${id}/lift`, body: { reason: 'settled' } };
    const cookie = await admin.signIn({ steppedUp: false });
    expect((await callApi(test, early, { cookie })).json).toMatchObject({ code: 'step-up-required' });
    const auditor = await addPerson(test, own, 'auditor');
    expect((await create({ everything: true }, auditor)).status).toBe(403);
    expect((await lift(id, auditor)).status).toBe(403);
    expect(await list(auditor)).toMatchObject([{ id, held: { blocks: 0, records: 0 } }]);
  });

  it('tell of no log group that the reader may not see', async () => {
    const { id } = legalHold.parse((await create({ logGroups: ['db'] })).json);
    const narrow = await addPerson(test, own, 'tenant-admin');
    await addGroup(own, [narrow], { logGroups: ['web'] });
    expect(await list(narrow)).toEqual([]);
    expect((await lift(id, narrow)).status).toBe(404);
    const other = await test.createTenant();
    const stranger = await addPerson(test, other, 'tenant-admin');
    expect(await list(stranger)).toEqual([]);
    expect((await lift(id, stranger)).status).toBe(404);
  });
});
