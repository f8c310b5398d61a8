import {
  accessKeyWithSecret,
  arrivalAnswer,
  senderConfigurationAnswer,
  sourceSettings,
  type Problem,
} from '@akashi/contracts';
import { readAccessKeyKind } from '@akashi/policy';
import { findDatabaseServer, findSearchServer } from '@akashi/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson } from '../people.fixtures.ts';
import { sha256 } from '../request-context/authentication.guard.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();

type Send = (method: string, path: string, body?: object) => Promise<{ status: number; value: unknown }>;

describe.skipIf(databaseUrl === undefined || searchUrl === undefined)('programs', () => {
  let test: TestApi;
  let own: ApiTenant;
  let asAdmin: Send;
  let asLogAdministrator: Send;
  let asNeighbour: Send;

  async function signIn(tenant: ApiTenant, role: string, sees: readonly string[] = []): Promise<Send> {
    const person = await addPerson(test, tenant, role);
    if (sees.length > 0) await addGroup(tenant, [person], { logGroups: [...sees] });
    const cookie = await person.signIn();
    return async (method, path, body) => {
      const response = await fetch(test.api.url + path, {
        method,
        headers: {
          cookie,
          'x-akashi-csrf': '1',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, value: text === '' ? undefined : (JSON.parse(text) as unknown) };
    };
  }

  beforeAll(async () => {
    test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '' });
    own = await test.createTenant();
    const neighbour = await test.createTenant();
    asAdmin = await signIn(own, 'tenant-admin', ['db', 'db/*']);
    asLogAdministrator = await signIn(own, 'log-administrator');
    asNeighbour = await signIn(neighbour, 'tenant-admin');
  });
  afterAll(() => test.close());

  const read = async (key: string): Promise<number> =>
    (await fetch(`${test.api.url}/v1/log-groups`, { headers: { authorization: `Bearer ${key}` } })).status;

  it('an API key is shown once, reads, is rotated with overlap, and ends when it is revoked', async () => {
    const made = await asAdmin('POST', '/v1/access-keys', { kind: 'api', name: 'siem', logGroups: ['db/*'] });
    expect(made.status).toBe(201);
    const { key, secret } = accessKeyWithSecret.parse(made.value);
    expect(readAccessKeyKind(secret)).toBe('api');
    expect(key.expiresAt).not.toBeNull();
    expect(await read(secret)).toBe(200);
    const shown = await asAdmin('GET', `/v1/access-keys/${key.id}`);
    expect(shown.value).toMatchObject({ name: 'siem', status: 'active', lastUsedFrom: '127.0.0.1' });
    expect(JSON.stringify(shown.value)).not.toContain(secret.slice(-20));
    const rotated = accessKeyWithSecret.parse((await asAdmin('POST', `/v1/access-keys/${key.id}/rotate`, {})).value);
    expect([await read(secret), await read(rotated.secret)]).toEqual([200, 200]);
    const again = accessKeyWithSecret.parse(
      (await asAdmin('POST', `/v1/access-keys/${key.id}/rotate`, { overlapHours: 0 })).value,
    );
    expect([await read(secret), await read(rotated.secret), await read(again.secret)]).toEqual([401, 401, 200]);
    expect((await asAdmin('DELETE', `/v1/access-keys/${key.id}`)).status).toBe(204);
    expect(await read(again.secret)).toBe(401);
    const acts = test.intake.acts
      .filter(({ event }) => event.action.startsWith('key.'))
      .map(({ event }) => event.action);
    expect(acts).toEqual(expect.arrayContaining(['key.create', 'key.view', 'key.rotate', 'key.revoke']));
    expect(JSON.stringify(test.intake.acts)).not.toContain(secret);
  });

  it('keys are used from their addresses only, never for longer than a year, never for more than may be given', async () => {
    const elsewhere = { kind: 'api', name: 'far', logGroups: ['db'], addressRanges: ['192.0.2.0/24'] };
    const { secret } = accessKeyWithSecret.parse((await asAdmin('POST', '/v1/access-keys', elsewhere)).value);
    expect(await read(secret)).toBe(403);
    expect(test.intake.acts.at(-1)?.event).toMatchObject({ action: 'key.refused', reason: 'address-not-allowed' });
    const refusals: [Send, object, string][] = [
      [asAdmin, { kind: 'api', name: 'far', logGroups: ['db'] }, 'name-taken'],
      [asAdmin, { kind: 'api', name: 'a', logGroups: ['db'], expiresAt: '2039-01-01T00:00:00Z' }, 'setting-too-weak'],
      [asAdmin, { kind: 'ingest', name: 'a', logGroups: ['akashi/*'] }, 'forbidden'],
      [asAdmin, { kind: 'api', name: 'a', logGroups: ['db'], addressRanges: ['here'] }, 'request-invalid'],
      [asLogAdministrator, { kind: 'api', name: 'a', logGroups: ['*'] }, 'forbidden'],
    ];
    for (const [send, body, code] of refusals) {
      const { value } = await send('POST', '/v1/access-keys', body);
      expect((value as Problem).code, JSON.stringify(body)).toBe(code);
    }
    const ingest = { kind: 'ingest', name: 'agent', logGroups: ['*'] };
    const made = accessKeyWithSecret.parse((await asLogAdministrator('POST', '/v1/access-keys', ingest)).value);
    expect(await read(made.secret)).toBe(401);
    const senders = await test.database.platform.loadSenders();
    expect(senders.keys.some(({ sha256: known }) => known.equals(sha256(made.secret)))).toBe(true);
    expect((await asNeighbour('GET', `/v1/access-keys/${made.key.id}`)).status).toBe(404);
    const guide = await asLogAdministrator('GET', `/v1/access-keys/${made.key.id}/configuration`);
    const { items } = senderConfigurationAnswer.parse(guide.value);
    expect(items.map(({ id }) => id)).toEqual(['first-line', 'awslogs', 'akashi-agent', 'curl']);
    // A key never crosses a network in the clear, and the certificate is of the installation's own authority.
    for (const { text } of items) expect(text).not.toContain('http://');
    for (const { text } of items.filter(({ id }) => id === 'akashi-agent' || id === 'curl'))
      expect(text).toMatch(
        /https:\/\/logs\.example:3004[^]*akashi-ca\.pem|akashi-ca\.pem[^]*https:\/\/logs\.example:3004/,
      );
    const arrival = await asLogAdministrator('GET', `/v1/access-keys/${made.key.id}/arrival`);
    expect(arrivalAnswer.parse(arrival.value)).toMatchObject({ state: 'waiting', records: 0 });
  });

  it('an ingest key is set to the encoding of its texts, and keeps it unless it is told another', async () => {
    const values = { name: 'host', logGroups: ['db/host'] };
    const made = await asAdmin('POST', '/v1/access-keys', { kind: 'ingest', ...values, encoding: 'windows-31j' });
    const { key } = accessKeyWithSecret.parse(made.value);
    expect(key.encoding).toBe('shift_jis');
    const path = `/v1/access-keys/${key.id}`;
    expect((await asAdmin('PUT', path, values)).value).toMatchObject({ encoding: 'shift_jis' });
    expect((await asAdmin('PUT', path, { ...values, encoding: 'euc-jp' })).value).toMatchObject({ encoding: 'euc-jp' });
    const senders = await test.database.platform.loadSenders();
    expect(senders.keys.find(({ id }) => id === key.id)?.encoding).toBe('euc-jp');
    expect((await asAdmin('PUT', path, { ...values, encoding: null })).value).toMatchObject({ encoding: null });
    expect((await asAdmin('PUT', path, { ...values, encoding: 'klingon' })).status).toBe(400);
  });

  it('a syslog source waits until it is confirmed, and nobody hears what others have', async () => {
    const values = {
      name: 'office',
      addressRange: '198.51.100.0/24',
      logGroup: 'network',
      timeZone: 'Asia/Tokyo',
      encoding: 'cp932',
    };
    const made = await asAdmin('POST', '/v1/sources', values);
    expect(made.status).toBe(201);
    const source = sourceSettings.parse(made.value);
    expect(source.encoding).toBe('shift_jis');
    expect((await asAdmin('POST', '/v1/sources', { ...values, encoding: 'klingon' })).status).toBe(400);
    const overlapping = { ...values, name: 'mine', addressRange: '198.51.0.0/16' };
    // Whoever asks for what somebody else has hears nothing of it, and gets nothing of it.
    const neighbours = await asNeighbour('POST', '/v1/sources', overlapping);
    expect(neighbours).toMatchObject({ status: 201, value: { status: 'waiting' } });
    const sources = (await test.database.platform.loadSenders()).sources.map(({ name }) => name);
    expect(['mine', 'office'].filter((name) => sources.includes(name))).toEqual([]);
    for (const addressRange of ['10.0.0.0/8', '0.0.0.0/0', '2001:db8::/32'])
      expect(await asAdmin('POST', '/v1/sources', { ...values, name: addressRange, addressRange })).toMatchObject({
        status: 400,
        value: { reason: 'range-too-wide' },
      });
    expect(
      (await asAdmin('POST', '/v1/sources', { ...values, name: 'wide', addressRange: '198.51.0.0/16' })).status,
    ).toBe(201);
    expect((await asAdmin('POST', '/v1/sources', { ...values, name: 'again' })).status).toBe(409);
    expect(
      (
        await asAdmin('POST', '/v1/sources', {
          ...values,
          name: 'own',
          addressRange: '203.0.113.1',
          logGroup: 'akashi/audit',
        })
      ).status,
    ).toBe(403);
    const guide = senderConfigurationAnswer.parse(
      (await asAdmin('GET', `/v1/sources/${source.id}/configuration`)).value,
    );
    expect(guide.items.find(({ id }) => id === 'rsyslog-tls')?.text).toContain('target="logs.example" port="6514"');
    expect((await asAdmin('DELETE', `/v1/sources/${source.id}`)).value).toMatchObject({ status: 'disabled' });
    expect((await asAdmin('POST', `/v1/sources/${source.id}/enable`)).value).toMatchObject({ status: 'waiting' });
    const changed = await asAdmin('PUT', `/v1/sources/${source.id}`, { ...values, logGroup: 'network/office' });
    expect(changed.value).toMatchObject({ logGroup: 'network/office', encoding: 'shift_jis' });
    const act = test.intake.acts.findLast(({ event }) => event.action === 'source.change');
    expect(act?.akashi.audit.changes).toContain('network/office');
    expect((await asNeighbour('GET', `/v1/sources/${source.id}`)).status).toBe(404);
  });

  it('nothing changes that cannot be put on record', async () => {
    test.intake.isAway = true;
    try {
      const body = { kind: 'api', name: 'unrecorded', logGroups: ['db'] };
      const refused = await asAdmin('POST', '/v1/access-keys', body);
      expect(refused).toMatchObject({ status: 503, value: { code: 'audit-trail-unavailable' } });
    } finally {
      test.intake.isAway = false;
    }
    expect((await own.database.accessKeys.list()).some(({ name }) => name === 'unrecorded')).toBe(false);
  });
});
