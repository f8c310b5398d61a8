import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChannelSettings, Database, TenantDatabase, TenantId } from '@akashi/database';
import { createGuardedFetch } from '@akashi/identity';
import { openKeyring, type Keyring } from '@akashi/keyring';
import { createNotifier, MailError, newWebhookSecret, webhookSecretPlace, type Message } from '@akashi/notify';
import type { Logger } from '@akashi/server-kit';
import { createTestDatabase, createTestTenant, findDatabaseServer } from '@akashi/testkit';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deliverNotifications, type DeliveryParts } from './deliver-notifications.ts';
import { IncidentDesk } from './incident-desk.ts';

const serverUrl = findDatabaseServer();
/** Real, as a receiver takes no signature of another time. */
const startMs = Date.now();
const nothing = (): Promise<void> => Promise.resolve();
const always = {
  kinds: [],
  minimalSeverity: 'low',
  hours: null,
  digestMinute: null,
  areaId: null,
  escalation: null,
} as const;
const tampering = { kind: 'integrity-mismatch', where: 'event 4-1', cause: 'index-document-altered' } as const;

interface Called {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe.runIf(serverUrl !== undefined)('what is due to be told', () => {
  let test: Awaited<ReturnType<typeof createTestDatabase>>;
  let database: Database;
  let keyring: Keyring;
  let home: string;
  let receiver: Server;
  let url: string;
  let status = 204;
  let moved = '';
  const called: Called[] = [];

  let own: TenantDatabase;
  let ms = 0;
  let mails: { to: string; message: Message }[] = [];
  let isMailAway = false;

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    ({ database } = test);
    home = mkdtempSync(join(tmpdir(), 'akashi-notify-'));
    keyring = openKeyring({ dir: home });
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        called.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(status, moved === '' ? {} : { location: moved }).end();
      });
    });
    await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  });
  beforeEach(async () => {
    const { tenant } = await createTestTenant({ database, keyring });
    own = database.forTenant(tenant.id);
    await own.organisation.change({ contacts: [{ name: '佐藤', email: 'sato@example.jp', purpose: 'security' }] });
    called.length = 0;
    [ms, status, moved, mails, isMailAway] = [0, 204, '', [], false];
  });
  afterAll(async () => {
    receiver.close();
    await test.drop();
    rmSync(home, { recursive: true });
  });

  const now = (): Date => new Date(startMs + ms);
  const logger = { warn: () => undefined } as unknown as Logger;

  function parts(allowedNetworks: readonly string[] = ['127.0.0.0/8']): DeliveryParts & { desk: IncidentDesk } {
    const mailer = {
      send: ({ address: to }: { address: string }, message: Message) => {
        if (isMailAway) return Promise.reject(new MailError('away'));
        mails.push({ to, message });
        return Promise.resolve();
      },
    };
    const fetch = createGuardedFetch({ allowedNetworks });
    const notifier = createNotifier({ mailer, fetch, webUrl: 'https://logs.example.jp', now, hostNow: now });
    const platformTenant = (): Promise<TenantId | null> => Promise.resolve(null);
    const desk = new IncidentDesk({ database, platformTenant, logger, now });
    return { database, keyring, notifier, desk, logger, now };
  }
  const deliver = (given = parts()) => deliverNotifications(given);
  /** A chat without a secret beside its URL, told of what the settings say. */
  const addChat = async (kind: 'slack' | 'teams', more: Partial<ChannelSettings> = {}): Promise<string> => {
    const { secrets } = keyring.forTenant(own.tenantId);
    const channel = { ...always, ...more, kind, name: kind, target: new URL(url).origin } as const;
    const seal = (id: string): Buffer => secrets.seal(webhookSecretPlace(id), `${url}/${kind}`);
    const made = { ...channel, createdBy: 'sato', createdAt: now(), seal };
    return (await own.notificationChannels.create(made, nothing)).id;
  };
  const addWebhook = async (target = url): Promise<{ id: string; secret: string }> => {
    const secret = newWebhookSecret();
    const { secrets } = keyring.forTenant(own.tenantId);
    const channel = { ...always, kind: 'webhook', name: 'pager', target, createdBy: 'sato', createdAt: now() } as const;
    const seal = (id: string): Buffer => secrets.seal(webhookSecretPlace(id), secret);
    return { id: (await own.notificationChannels.create({ ...channel, seal }, nothing)).id, secret };
  };
  const notice = (more: { where?: string } = {}) => own.incidents.notice({ ...tampering, ...more, at: now() });

  it('reaches the contacts by mail and the receiver by a signed call, once', async () => {
    const { id, secret } = await addWebhook();
    const incident = await notice();
    const given = parts();
    await Promise.all([deliver(given), deliver(given), deliver(given)]);
    expect(mails.map(({ to, message }) => [to, message.subject])).toEqual([
      ['sato@example.jp', '試験商店: 改ざんの検出（発生）'],
    ]);
    expect(called).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = called;
    expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
      type: 'incident.opened',
      data: { id: incident.id, ...tampering, state: 'open', count: 1 },
    });
    const channels = await own.notificationChannels.list();
    expect(channels.map((channel) => channel.lastSentAt)).toEqual([now(), now()]);
    expect(channels.map((channel) => channel.id)).toContain(id);
    await deliver(given);
    expect([mails.length, called.length]).toEqual([1, 1]);
  });

  it('is one mail for all that came meanwhile', async () => {
    for (const where of ['event 4-1', 'event 4-2', 'event 4-3']) await notice({ where });
    await deliver();
    expect(mails.map(({ message }) => message.subject)).toEqual(['試験商店: インシデント 3 件（改ざんの検出 など）']);
  });

  it('is tried again with the same id until it is taken, and the failing is told by the other channel', async () => {
    const { id } = await addWebhook();
    await notice();
    status = 500;
    await deliver();
    expect(await own.incidents.list({ limit: 9 })).toHaveLength(1);
    ms += 5_000;
    await deliver();
    const failing = async () => (await own.incidents.list({ limit: 9, kind: 'notification-failed' }))[0];
    expect(await failing()).toMatchObject({ where: `channel ${id}`, cause: 'http-500', state: 'open' });
    const given = parts();
    await deliver(given);
    expect(mails.map(({ message }) => message.subject)).toContain('試験商店: 通知の失敗（発生）');
    expect(called).toHaveLength(2);
    status = 204;
    ms += 30_000;
    await given.desk.refresh();
    await deliver(given);
    expect(new Set(called.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await failing()).toMatchObject({ state: 'closed', closedBy: null });
    await deliver(given);
    expect(mails.at(-1)?.message.subject).toBe('試験商店: 通知の失敗（終了）');
  });

  it('goes round in no circle when every channel fails', async () => {
    await addWebhook();
    await notice();
    [status, isMailAway] = [500, true];
    for (let pass = 0; pass < 200; pass += 1) {
      await deliver();
      ms += 15 * 60_000;
    }
    const incidents = await own.incidents.list({ limit: 100 });
    expect(incidents.filter(({ kind }) => kind === 'notification-failed')).toHaveLength(2);
    const calls = called.length;
    await deliver();
    expect(called).toHaveLength(calls);
    expect(calls).toBeLessThan(40);
  });

  it('is one message of a chat for all that came meanwhile, however many send', async () => {
    const [slack, teams] = [await addChat('slack'), await addChat('teams')];
    for (const where of ['event 4-1', 'event 4-2', 'event 4-3']) await notice({ where });
    const given = parts();
    await Promise.all(Array.from({ length: 6 }, () => deliver(given)));
    expect(called.map(({ path }) => path).toSorted()).toEqual(['/hook/slack', '/hook/teams']);
    for (const { body, headers } of called) {
      expect(body).toContain('インシデント 3 件');
      expect(headers).not.toHaveProperty('webhook-signature');
    }
    const sent = (await own.notificationChannels.list()).filter(({ lastSentAt }) => lastSentAt !== null);
    expect(sent.map(({ id }) => id)).toEqual(expect.arrayContaining([slack, teams]));
  });

  it('waits outside the hours for the digest, unless it is critical or nobody answers', async () => {
    const zone = 'Asia/Tokyo';
    await own.organisation.change({ timeZone: zone });
    const minutes = Math.floor(now().getTime() / 60_000 + 9 * 60) % 1_440;
    // A minute a day that is not now, and a digest in an hour.
    const hours = {
      days: [1, 2, 3, 4, 5, 6, 7],
      fromMinute: (minutes + 600) % 1_440,
      untilMinute: (minutes + 601) % 1_440 || 1,
    };
    const digestMinute = (minutes + 60) % 1_440;
    const night = await addChat('slack', { hours, digestMinute });
    await addChat('teams', { escalation: { channelId: night, afterMinutes: 30 } });
    const of = (path: string) => called.filter((call) => call.path === path).map(({ body }) => body);
    const late = { kind: 'pipeline-late', cause: 'not-indexed' } as const;
    await own.incidents.notice({ ...late, where: 'index', at: now() });
    await own.incidents.notice({ ...late, where: 'seal', at: now() });
    await deliver();
    expect([of('/hook/teams').length, of('/hook/slack').length]).toEqual([1, 0]);
    await notice();
    await deliver();
    expect(of('/hook/slack')).toEqual([expect.stringContaining('改ざんの検出（発生）')]);
    ms += 30 * 60_000;
    await deliver();
    expect(of('/hook/slack')[1]).toContain('まだ誰も対応していません');
    await own.incidents.cease({ ...late, where: 'seal', at: now() });
    ms += 31 * 60_000;
    await deliver();
    const digest = of('/hook/slack')[2] ?? '';
    for (const part of ['処理の遅延（発生）', '処理の遅延（終了）']) expect(digest).toContain(part);
  });

  it('goes to the channel of an area when its logs are of it', async () => {
    const area = {
      name: 'payments',
      category: 'other',
      logGroups: ['app/pay*'],
      logStreams: [],
      sources: [],
      hosts: [],
      frequency: 'day',
      riskAnalysis: null,
      riskReviewedOn: null,
      reviewers: [],
      approvers: [],
      hours: null,
    };
    const areaId = await own.areas.create(area, now(), nothing);
    await addChat('slack', { areaId });
    const skew = { kind: 'unparsed', cause: 'share-rose', at: now() } as const;
    await own.incidents.notice({ ...skew, where: 'log-group app/web', details: { logGroup: 'app/web' } });
    await notice();
    await deliver();
    expect(called).toEqual([]);
    await own.incidents.notice({ ...skew, where: 'log-group app/pay', details: { logGroup: 'app/pay' } });
    await deliver();
    expect(called.map(({ body }) => body)).toEqual([expect.stringContaining('log-group app/pay')]);
    await own.areas.end(areaId, now(), nothing);
    await own.incidents.notice({ ...skew, where: 'log-group db', details: { logGroup: 'db' } });
    await deliver();
    expect(called).toHaveLength(2);
  });

  it('follows no redirect, whose answer is a failure that the others are told of', async () => {
    const id = await addChat('slack');
    [status, moved] = [302, 'http://169.254.169.254/latest/meta-data'];
    await notice();
    await deliver();
    ms += 5_000;
    await deliver();
    expect(called.map(({ path }) => path)).toEqual(['/hook/slack', '/hook/slack']);
    expect(await own.incidents.list({ limit: 9, kind: 'notification-failed' })).toMatchObject([
      { where: `channel ${id}`, cause: 'http-302' },
    ]);
    await deliver();
    expect(mails.at(-1)?.message.subject).toBe('試験商店: 通知の失敗（発生）');
  });

  it('does not go where the installation does not go', async () => {
    await addWebhook('https://169.254.169.254/latest/meta-data');
    await addWebhook();
    await notice();
    await deliver(parts([]));
    const channels = await own.notificationChannels.list();
    const errors = new Set(channels.filter(({ kind }) => kind === 'webhook').map(({ lastError }) => lastError));
    expect([channels.length, errors]).toEqual([3, new Set(['address-refused'])]);
    expect(called).toEqual([]);
  });
});
