import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openArchive } from '@akashi/archive';
import { logOrigin, signCheckpoint } from '@akashi/integrity';
import { openKeyring } from '@akashi/keyring';
import { openMailer } from '@akashi/notify';
import {
  createTestDatabase,
  createTestTenant,
  findDatabaseServer,
  type TestDatabase,
  type TestTenant,
} from '@akashi/testkit';
import { SMTPServer } from 'smtp-server';
import { createClock } from '@akashi/server-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailCheckpoint } from './mail-checkpoint.ts';

const serverUrl = findDatabaseServer();

describe.runIf(serverUrl !== undefined)('the mail with the day’s checkpoint', () => {
  let test: TestDatabase;
  let own: TestTenant;
  let smtp: SMTPServer;
  let smtpUrl: string;
  let accepts = true;
  const taken: { to: string[]; raw: string }[] = [];
  const home = mkdtempSync(join(tmpdir(), 'akashi-mail-'));
  const keyring = openKeyring({ dir: join(home, 'keys') });
  const archive = openArchive(join(home, 'archive'), { clock: createClock() });
  let note = '';

  beforeAll(async () => {
    test = await createTestDatabase(serverUrl ?? '');
    own = await createTestTenant({ database: test.database, keyring });
    const head = { origin: logOrigin(own.tenant.id), size: 7, root: Buffer.alloc(32, 1) };
    note = signCheckpoint(head, keyring.forTenant(own.tenant.id).signingKey());
    smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) => done(accepts ? null : new Error('not now')),
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map(({ address }) => address);
          taken.push({ to, raw: Buffer.concat(chunks).toString() });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
    smtpUrl = `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    await new Promise<void>((resolve) => smtp.close(resolve));
    await test.drop();
    rmSync(home, { recursive: true });
  });

  async function mailOf(day: string): Promise<boolean> {
    const mailer = openMailer({ smtpUrl, from: 'Akashi <akashi@example.jp>' });
    try {
      return await mailCheckpoint({ database: test.database, archive, keyring, mailer }, own.tenant.id, day);
    } finally {
      mailer.close();
    }
  }

  it('is of a day of the organisation on which something was proven, and goes to the contacts for security', async () => {
    const person = { role: 'tenant-admin', displayName: '佐藤', language: 'ja', passwordHash: 'x' };
    await own.database.users.put({ ...person, email: 'admin@example.jp' });
    expect(await mailOf('2026-11-30')).toBe(false);

    await own.database.heldCheckpoints.raise({
      size: 7,
      note,
      provenAt: new Date('2026-11-30T01:00:00Z'),
      node: 'test',
    });
    expect(await mailOf('2026-11-30')).toBe(true);
    expect(taken.map(({ to }) => to)).toEqual([['admin@example.jp']]);
    const [first] = taken;
    expect(first?.raw).toContain('filename=akashi-checkpoint-7.txt');
    expect(first?.raw.replaceAll(/=\r\n/g, '')).toContain(`akashi.log/${own.tenant.id}`);

    const contacts = [
      { name: '請求', email: 'billing@example.jp', purpose: 'billing' },
      { name: '監査', email: 'security@example.jp', purpose: 'security' },
    ];
    await own.database.organisation.change({ contacts });
    expect(await mailOf('2026-12-01')).toBe(false);
    // 15:20 UTC is the next day in Tokyo.
    await own.database.heldCheckpoints.raise({
      size: 8,
      note,
      provenAt: new Date('2026-11-30T15:20:00Z'),
      node: 'test',
    });
    expect(await mailOf('2026-12-01')).toBe(true);
    expect(taken.map(({ to }) => to)).toEqual([['admin@example.jp'], ['security@example.jp']]);
  });

  it('fails when the mail server did not take it', async () => {
    accepts = false;
    await expect(mailOf('2026-12-01')).rejects.toThrow('mail server');
    accepts = true;
    expect(taken).toHaveLength(2);
  });
});
