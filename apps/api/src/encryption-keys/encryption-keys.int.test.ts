import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { dataKeyExport, encryptionKeysAnswer, installationKeys, keyDestructionCertificate } from '@akashi/contracts';
import {
  appendToLog,
  createLogReader,
  dataKeyKind,
  encodeStatement,
  hashLeaf,
  keyChangeContent,
  keyFingerprint,
  keysDestroyedContent,
  keysDestroyedKind,
  logOrigin,
  merkleRoot,
  signCheckpoint,
  verifyCheckpoint,
  verifyInclusion,
  type LogStatement,
} from '@akashi/integrity';
import { makeRecoveryExport } from '@akashi/keyring';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { ensurePlatformTenant } from '../audit-trail/platform-tenant.ts';
import { addGroup, addPerson, callApi, type TestPerson } from '../people.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('encryption keys', { timeout: 60_000 }, () => {
  let test: TestApi;
  let own: ApiTenant;
  let admin: TestPerson;
  let part: TestPerson;
  let auditor: TestPerson;
  let operatorCookie = '';

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    admin = await addPerson(test, own, 'tenant-admin');
    part = await addPerson(test, own, 'tenant-admin');
    auditor = await addPerson(test, own, 'auditor');
    await addGroup(own, [admin, auditor], { logGroups: ['*', 'akashi/*'] });
    await addGroup(own, [part], { logGroups: ['web'] });
    await own.seal('db', ['one line', 'two lines']);
    operatorCookie = await signInOperator();
  });
  afterAll(() => test.close());

  async function signInOperator(): Promise<string> {
    const { database, keyring } = test;
    const home = await ensurePlatformTenant({ database, keyring });
    const email = `operator-${randomUUID()}@platform.example`;
    const person = { email, displayName: 'Op Erator', role: 'platform-operator', language: 'en', passwordHash: null };
    const userId = await database.forTenant(home.id).users.put(person);
    const token = randomBytes(32).toString('base64url');
    const sessionId = await database.platform.sessions.create({
      tenantId: home.id,
      userId,
      tokenSha256: createHash('sha256').update(token).digest(),
      expiresAt: new Date(Date.now() + 3_600_000),
      stage: 'full',
      methods: ['password', 'totp'],
    });
    await database.platform.sessions.noteStepUp(sessionId);
    return `akashi_session=${token}`;
  }

  /** Seals what the worker would. */
  async function state(tenant: ApiTenant, { kind, content }: Pick<LogStatement, 'kind' | 'content'>): Promise<void> {
    const tenantId = tenant.tenant.id;
    const archive = test.archive.forTenant(tenantId);
    const { log } = tenant.database;
    const { size } = await log.get();
    const createdUs = 1_800_000_100_000_000;
    const bytes = encodeStatement({ tenantId, entry: size, kind, createdUs, content });
    const reader = createLogReader((path) => archive.get(`log/${path}`));
    const grown = appendToLog(await reader.edge(size), [bytes]);
    for (const object of grown.objects) await archive.putOnce(`log/${object.path}`, object.bytes);
    const head = { origin: logOrigin(tenantId), size: size + 1, root: grown.root };
    const checkpoint = signCheckpoint(head, test.keyring.forTenant(tenantId).signingKey());
    await archive.replaceCheckpoint(Buffer.from(checkpoint));
    await log.withSealLock(async (transaction) => {
      await transaction.insertBlock({
        number: size,
        segmentId: null,
        objectKey: null,
        header: bytes.toString('utf8'),
        records: 0,
        bodyBytes: 0,
        root: merkleRoot([]),
        bodySha256: merkleRoot([]),
        firstReceivedUs: null,
        lastReceivedUs: null,
        createdAt: new Date(createdUs / 1000),
      });
      await transaction.advance({ size: size + 1, root: grown.root, checkpoint });
    });
  }

  const list = async () => {
    const answer = await callApi(
      test,
      { method: 'GET', path: '/v1/encryption-keys' },
      { cookie: await auditor.signIn() },
    );
    return encryptionKeysAnswer.parse(answer.json).items;
  };
  const exportKeys = async (by: TestPerson, body: object = { reason: 'audit' }, steppedUp = true) =>
    callApi(
      test,
      { method: 'POST', path: '/v1/encryption-keys/export', body },
      { cookie: await by.signIn({ steppedUp }) },
    );
  const platform = (method: string, path: string) =>
    callApi(test, { method, path: `/v1/platform/${path}` }, { cookie: operatorCookie });

  it('are listed with what lies under them and when they change, and no key is told', async () => {
    const keys = test.keyring.forTenant(own.tenant.id);
    const [first] = await list();
    expect(first).toMatchObject({
      id: keys.dataKey().id,
      kind: 'data',
      isInUse: true,
      blocks: 1,
      records: 2,
      until: null,
    });
    expect(Date.parse(first?.rotationDueAt ?? '') - Date.parse(first?.since ?? '')).toBe(365 * 86_400_000);
    const rotation = test.keyring.rotationOf(own.tenant.id);
    const old = keys.dataKey().id;
    const next = await rotation.prepare('data');
    await state(own, { kind: dataKeyKind, content: keyChangeContent({ old, new: next, reason: 'x', who: 'y' }) });
    await rotation.promote('data', next);
    const items = await list();
    expect(items.filter(({ kind }) => kind === 'data')).toMatchObject([
      { id: next, isInUse: true, blocks: 0, since: '2027-01-15T08:01:40.000Z' },
      { id: old, isInUse: false, blocks: 1, until: '2027-01-15T08:01:40.000Z', rotationDueAt: null },
    ]);
    expect(items.filter(({ kind }) => kind === 'signing')).toMatchObject([{ verifierKey: keys.verifierKey() }]);
    expect(items.filter(({ kind }) => kind === 'inbox')).toHaveLength(1);
    expect(JSON.stringify(items)).not.toContain(keys.dataKey().key.toString('base64'));
  });

  it('are exported to those alone who see all that they open, stepped up and on record', async () => {
    expect((await exportKeys(auditor)).status).toBe(403);
    expect((await exportKeys(admin, { reason: 'audit' }, false)).json).toMatchObject({ code: 'step-up-required' });
    expect((await exportKeys(part)).json).toMatchObject({ code: 'forbidden', reason: 'beyond-own-access' });
    expect((await exportKeys(admin, { reason: 'audit', ids: ['data-9999-00000000'] })).status).toBe(404);
    const exported = dataKeyExport.parse((await exportKeys(admin)).json);
    const keys = test.keyring.forTenant(own.tenant.id);
    expect(exported).toEqual({ ids: keys.dataKeyIds(), text: keys.exportDataKeys(keys.dataKeyIds()) });
  });

  it('of the installation are safe once every one is in an export that somebody has confirmed', async () => {
    const before = installationKeys.parse((await platform('GET', 'keys')).json);
    expect(before).toMatchObject({ installationKey: { source: 'default-file' }, recoveryExport: null, isSafe: false });
    expect(before.keysWithoutExport).toBeGreaterThan(0);
    expect(await platform('POST', 'keys/recovery-export/confirm')).toMatchObject({
      status: 409,
      json: { reason: 'no-recovery-export' },
    });
    const made = await makeRecoveryExport({ dir: dirname(test.keyring.caPath) }, 'abcd-efgh-2345');
    await made.note(new Date());
    expect((await platform('GET', 'keys')).json).toMatchObject({ keysWithoutExport: 0, isSafe: false });
    const confirmed = await platform('POST', 'keys/recovery-export/confirm');
    expect(confirmed.json).toMatchObject({ isSafe: true, recoveryExport: { confirmedBy: 'Op Erator' } });
    // A key that comes later is in no export.
    await test.createTenant();
    expect((await platform('GET', 'keys')).json).toMatchObject({ isSafe: false });
    const asAdmin = { cookie: await admin.signIn() };
    expect((await callApi(test, { method: 'GET', path: '/v1/platform/keys' }, asAdmin)).status).toBe(403);
  });

  it('of a closed organisation have a certificate once they are destroyed', async () => {
    const gone = await test.createTenant();
    await gone.seal('db', ['one line']);
    const path = `tenants/${gone.tenant.id}/key-destruction`;
    expect((await platform('GET', path)).status).toBe(404);
    const { id, key } = test.keyring.forTenant(gone.tenant.id).dataKey();
    const destroyed = {
      keys: [{ id, fingerprint: keyFingerprint(key), blocks: 1, records: 1 }],
      closedUs: 1_760_000_000_000_000,
      dueUs: 1_790_000_000_000_000,
      rule: { id: 'organisation-closed', requirement: 'pci:4.0.1:3.7.5' },
    };
    await state(gone, { kind: keysDestroyedKind, content: keysDestroyedContent(destroyed) });
    await gone.database.keyDestruction.note(new Date());
    const certificate = keyDestructionCertificate.parse((await platform('GET', path)).json);
    expect(certificate).toMatchObject({
      organisation: { id: gone.tenant.id },
      destruction: { keys: [{ id, fingerprint: keyFingerprint(key).toString('base64') }], blocks: 1, records: 1 },
    });
    const { statement, proof } = certificate;
    const { checkpoint, verifierKey, entry, treeSize, inclusionProof } = proof;
    const verified = verifyCheckpoint(checkpoint, verifierKey);
    const claim = {
      leafHash: hashLeaf(Buffer.from(statement)),
      index: entry,
      size: treeSize,
      proof: inclusionProof.map((hash) => Buffer.from(hash, 'base64')),
      root: verified.ok ? verified.checkpoint.root : Buffer.alloc(32),
    };
    expect(verifyInclusion(claim)).toBe(true);
    for (const language of ['ja', 'en']) {
      const file = await fetch(`${test.api.url}/v1/platform/${path}?format=pdf&language=${language}`, {
        headers: { cookie: operatorCookie },
      });
      expect([file.status, file.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(
        Buffer.from(await file.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
  });
});
