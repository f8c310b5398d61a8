import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchive } from '@akashi/archive';
import type { CheckpointSending, CheckpointWayKind } from '@akashi/database';
import { createGuardedFetch } from '@akashi/identity';
import { logOrigin, signCheckpoint } from '@akashi/integrity';
import { openTestAuthority, type TestAuthority } from '@akashi/integrity/timestamp-authority';
import { openKeyring } from '@akashi/keyring';
import { createParcelSender, newWebhookSecret, openMailer, type Mailer } from '@akashi/notify';
import { startObjectStore, type ObjectStore } from '@akashi/s3-testserver';
import { createClock } from '@akashi/server-kit';
import {
  createTestDatabase,
  createTestTenant,
  findDatabaseServer,
  type TestDatabase,
  type TestTenant,
} from '@akashi/testkit';
import { SMTPServer } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { IncidentDesk } from '../incidents/incident-desk.ts';
import type { CheckpointParts } from './checkpoint-parts.ts';
import { deliverCheckpoints } from './deliver-checkpoints.ts';
import { planCheckpoints } from './plan-checkpoints.ts';

const serverUrl = findDatabaseServer();
const home = mkdtempSync(join(tmpdir(), 'akashi-checkpoints-'));
const started =
  serverUrl === undefined ? { missing: 'no database' } : await startObjectStore({ dir: join(home, 's3') });
const store: ObjectStore | null = 'missing' in started ? null : started;

describe.runIf(serverUrl !== undefined)('checkpoints that leave by themselves', () => {
  let test: TestDatabase;
  let own: TestTenant;
  let smtp: SMTPServer;
  let mailer: Mailer;
  let acceptsMail = true;
  const mails: { to: string[]; raw: string }[] = [];
  let hooks: Server;
  const called: { headers: Record<string, string>; body: string }[] = [];
  let authority: TestAuthority;
  let stamping: Awaited<ReturnType<TestAuthority['serve']>>;
  const keyring = openKeyring({ dir: join(home, 'keys') });
  const archive = openArchive(join(home, 'archive'), { clock: createClock() });
  let desk: IncidentDesk;
  let now = new Date();
  let size = 7;

  const parts = (): CheckpointParts => ({
    database: test.database,
    archive,
    keyring,
    mailer,
    sender: createParcelSender({
      fetch: createGuardedFetch({ allowedNetworks: ['127.0.0.0/8'] }),
      now: () => now,
      hostNow: () => new Date(),
    }),
    authority: undefined,
    desk,
    logger: { warn: () => undefined },
    now: () => now,
    hostNow: () => new Date(),
  });

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    own = await createTestTenant({ database: test.database, keyring });
    desk = new IncidentDesk({
      database: test.database,
      platformTenant: () => Promise.resolve(null),
      logger: { warn: () => undefined },
      now: () => now,
    });
    const person = { role: 'tenant-admin', displayName: '佐藤', language: 'ja', passwordHash: 'x' };
    await own.database.users.put({ ...person, email: 'admin@example.jp' });
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => done(acceptsMail ? null : new Error('not now')),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          mails.push({ to, raw: Buffer.concat(chunks).toString().replaceAll(/=\r\n/g, '') });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    const smtpUrl = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
    mailer = openMailer({ smtpUrl, from: 'Akashi <akashi@example.jp>' });
    hooks = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        called.push({ headers: request.headers as Record<string, string>, body: Buffer.concat(chunks).toString() });
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => hooks.listen(0, '127.0.0.1', resolve));
    authority = openTestAuthority();
    stamping = await authority.serve();
  });
  afterAll(async () => {
    mailer.close();
    await stamping.stop();
    authority.remove();
    hooks.close();
    await new Promise<void>((resolve) => smtp.close(resolve));
    await store?.stop();
    await test.drop();
    rmSync(home, { recursive: true });
  });
  beforeEach(() => {
    mails.length = 0;
    called.length = 0;
  });

  /** Verification proved a larger log at that moment. */
  async function proven(at: Date): Promise<string> {
    size += 1;
    const head = { origin: logOrigin(own.tenant.id), size, root: Buffer.alloc(32, size) };
    const note = signCheckpoint(head, keyring.forTenant(own.tenant.id).signingKey());
    await own.database.heldCheckpoints.raise({ size, note, provenAt: at, node: 'test' });
    now = at;
    return note;
  }
  const sendings = (): Promise<CheckpointSending[]> => own.database.checkpointSendings.list(50);
  const newest = async (): Promise<CheckpointSending | undefined> => (await sendings())[0];
  const addWay = (
    kind: Exclude<CheckpointWayKind, 'contacts'>,
    target: string,
    more: { details?: Record<string, string>; secret?: string } = {},
  ) =>
    own.database.checkpointWays.create(
      {
        kind,
        name: kind,
        target,
        details: more.details ?? {},
        cadence: 'daily',
        createdBy: '佐藤',
        createdAt: now,
        seal: (id) =>
          more.secret === undefined
            ? null
            : keyring.forTenant(own.tenant.id).secrets.seal({ purpose: 'checkpoint-way', id }, more.secret),
      },
      () => Promise.resolve(),
    );
  const nothing = (): Promise<void> => Promise.resolve();

  it('are of a day of the organisation on which something was proven, and go to its contacts once', async () => {
    expect(await planCheckpoints(parts(), own.tenant.id, '2026-11-30')).toBe(false);
    // 15:20 UTC is the next day in Tokyo.
    const note = await proven(new Date('2026-11-29T15:20:00Z'));
    expect(await planCheckpoints(parts(), own.tenant.id, '2026-11-29')).toBe(false);
    expect(await planCheckpoints(parts(), own.tenant.id, '2026-11-30')).toBe(true);
    await deliverCheckpoints(parts());
    expect(mails.map(({ to }) => to)).toEqual([['admin@example.jp']]);
    expect(mails[0]?.raw).toContain(`filename=akashi-checkpoint-${size}.txt`);
    expect(mails[0]?.raw).toContain(`akashi.log/${own.tenant.id}`);
    expect(await newest()).toMatchObject({
      outcome: 'sent',
      period: '2026-11-30',
      receivers: ['admin@example.jp'],
      size,
    });
    expect((await archive.forTenant(own.tenant.id).get(`log/checkpoints/${size}`))?.toString()).toBe(note);

    expect(await planCheckpoints(parts(), own.tenant.id, '2026-11-30')).toBe(true);
    await deliverCheckpoints(parts());
    expect(mails).toHaveLength(1);
  });

  it('leave with a time stamp that openssl accepts, to a signed webhook and to a bucket', async () => {
    const secret = newWebhookSecret();
    const { certificate } = authority;
    await addWay('time-stamp', stamping.url, { details: { certificate } });
    await addWay('webhook', `http://127.0.0.1:${(hooks.address() as AddressInfo).port}/akashi`, { secret });
    if (store !== null) {
      await store.makeBucket('customer');
      const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY, AWS_REGION: region } = store.env;
      const details = { region, bucket: 'customer', prefix: 'proof', accessKeyId };
      await addWay('bucket', store.endpoint, { details, secret: AWS_SECRET_ACCESS_KEY });
    }
    const note = await proven(new Date('2026-12-01T01:00:00Z'));
    expect(await planCheckpoints(parts(), own.tenant.id, '2026-12-01')).toBe(true);
    await deliverCheckpoints(parts());
    const sent = await sendings();
    const of = (kind: string): CheckpointSending | undefined => sent.find((each) => each.kind === kind);
    expect(of('time-stamp')).toMatchObject({ outcome: 'sent', authority: 'O=Test, CN=Test time stamps' });
    const [key = ''] = of('time-stamp')?.receivers ?? [];
    expect(key).toMatch(new RegExp(`^timestamps/${size}/\\d{8}T\\d{6}Z-[0-9a-f]+\\.tsr$`));
    const place = join(home, 'archive', own.tenant.id);
    expect(authority.accepts(join(place, key), join(place, `log/checkpoints/${size}`))).toBe(true);
    expect(readFileSync(join(place, 'format-timestamps.md'), 'utf8')).toContain('openssl ts -verify');

    expect(mails[0]?.raw).toContain('.tsr');
    const [hook] = called;
    const body = new Webhook(secret).verify(hook?.body ?? '', hook?.headers ?? {}) as { type: string; data: object };
    expect(body).toMatchObject({ type: 'checkpoint', data: { size, note, organisation: { id: own.tenant.id } } });
    expect(body.data).toMatchObject({ timeStamps: [{ authority: 'O=Test, CN=Test time stamps' }] });
    if (store === null) return;
    expect(of('bucket')).toMatchObject({ outcome: 'sent', error: null });
    const Key = `proof/${own.tenant.id}/akashi-checkpoint-${size}.txt`;
    expect(readFileSync(store.pathOf('customer', Key), 'utf8')).toBe(note);
    expect(of('bucket')?.receivers).toEqual([`s3://customer/${Key}`, expect.stringContaining('.tsr')]);
    // By hand, the same day: what is there stays, and nothing fails.
    const { wayId, kind, name, target, provenAt } = of('bucket') as CheckpointSending;
    const again = { wayId, kind, name, target, size, note, provenAt, period: null, askedBy: '佐藤', createdAt: now };
    await own.database.checkpointSendings.plan([again]);
    await deliverCheckpoints(parts());
    const byHand = (await sendings()).find(({ askedBy }) => askedBy === '佐藤');
    expect(byHand).toMatchObject({ kind: 'bucket', outcome: 'sent', error: null });
  });

  it('that are not taken are tried again, are an incident meanwhile, and are sent in the end', async () => {
    for (const { id } of (await own.database.checkpointWays.list()).slice(1))
      await own.database.checkpointWays.remove(id, now, nothing);
    const tsa = await addWay('time-stamp', stamping.url, { details: { certificate: authority.certificate } });
    await proven(new Date('2026-12-02T01:00:00Z'));
    [acceptsMail, stamping.refuses] = [false, true];
    await planCheckpoints(parts(), own.tenant.id, '2026-12-02');
    const open = async (): Promise<string[]> =>
      (await test.database.platform.incidents.unfinished())
        .filter(({ hasEnded }) => !hasEnded)
        .map(({ kind, where }) => `${kind} ${where}`)
        .toSorted();
    const later = (minutes: number): void => void (now = new Date(now.getTime() + minutes * 60_000));
    await deliverCheckpoints(parts());
    expect(await open()).toEqual([]);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      later(60);
      await deliverCheckpoints(parts());
    }
    expect(await open()).toEqual(
      [own.tenant.id, tsa.id].map((id) => `notification-failed checkpoint-way ${id}`).toSorted(),
    );
    const waiting = (await sendings()).filter(({ period }) => period === '2026-12-02');
    expect(waiting.map(({ outcome, error }) => `${outcome} ${error}`).toSorted()).toEqual([
      'null http-503',
      'null mail-refused',
    ]);
    [acceptsMail, stamping.refuses] = [true, false];
    later(24 * 60);
    await deliverCheckpoints(parts());
    expect(await open()).toEqual([]);
    const ended = (await sendings()).filter(({ period }) => period === '2026-12-02');
    expect(ended.map(({ outcome }) => outcome)).toEqual(['sent', 'sent']);
  });

  it('take no time stamp of an authority that is not trusted', async () => {
    for (const { id } of (await own.database.checkpointWays.list()).slice(1))
      await own.database.checkpointWays.remove(id, now, nothing);
    const other = openTestAuthority('ec');
    await addWay('time-stamp', stamping.url, { details: { certificate: other.certificate } });
    await proven(new Date('2026-12-03T01:00:00Z'));
    await planCheckpoints(parts(), own.tenant.id, '2026-12-03');
    await deliverCheckpoints(parts());
    const stamp = (await sendings()).find(({ kind, period }) => kind === 'time-stamp' && period === '2026-12-03');
    expect(stamp).toMatchObject({ outcome: null, error: 'time-stamp-untrusted' });
    other.remove();
  });
});
