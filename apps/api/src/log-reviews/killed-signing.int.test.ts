import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { reviewRecordAnswer } from '@akashi/contracts';
import { canonicalBytes } from '@akashi/integrity';
import { dayBefore } from '@akashi/policy';
import { findDatabaseServer, freePortBase, findSearchServer } from '@akashi/testkit';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startTestApi, type ApiTenant, type TestApi } from '../api.fixtures.ts';
import { addGroup, addPerson, type TestPerson } from '../people.fixtures.ts';
import { startTestMail, type TestMail } from '../test-mail.fixtures.ts';
import { callsOf, plantReview, type ReviewCalls } from './review.fixtures.ts';

const databaseUrl = findDatabaseServer();
const searchUrl = findSearchServer();
const mainPath = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const apiOffset = 1;
/** Due long ago, whatever time it is. */
const day = dayBefore(new Date(Date.now() - 3 * 86_400_000), 'Asia/Tokyo');
const said = { statement: '前日のログを確認した', lateReason: '休業日のため' };
const patient = { timeout: 60_000, interval: 100 };

interface SealedLine {
  readonly akashi: { readonly review: Readonly<Record<string, string>> };
}

// The built API, as an installation runs it; a kill leaves nothing to be cleaned up.
describe.skipIf(databaseUrl === undefined || searchUrl === undefined)(
  'a process of the API that is killed while it signs',
  { timeout: 180_000 },
  () => {
    let test: TestApi;
    let mail: TestMail;
    let own: ApiTenant;
    let person: TestPerson;
    let running: ChildProcess | undefined;

    beforeEach(async () => {
      mail = await startTestMail();
      test = await startTestApi({ databaseUrl: databaseUrl ?? '', searchUrl: searchUrl ?? '', smtpUrl: mail.url });
      own = await test.createTenant();
      person = await addPerson(test, own, 'reviewer');
      await addGroup(own, [person], { logGroups: ['*', 'akashi/*'] });
      await plantReview(own, day, [{ report: 'failed-sign-ins' }]);
    });
    afterEach(async () => {
      if (running?.exitCode === null && running.signalCode === null) {
        running.kill('SIGKILL');
        await once(running, 'exit');
      }
      await test.close();
      mail.close();
    });

    async function start(crashpoint?: string): Promise<ReviewCalls> {
      const base = await freePortBase([apiOffset]);
      const armed = crashpoint === undefined ? {} : { AKASHI_CRASHPOINT: crashpoint };
      const env = { ...test.environment, ...armed, PORT_BASE: String(base) };
      running = spawn(process.execPath, [mainPath], { env, stdio: 'inherit' });
      const url = `http://127.0.0.1:${base + apiOffset}`;
      await vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), patient);
      return callsOf({ api: { url } }, await person.signIn(), day);
    }

    /** What was committed to and waits to be sealed and kept. */
    async function waiting(): Promise<string[]> {
      const client = new Client({ connectionString: test.databaseUrl });
      await client.connect();
      try {
        const { rows } = await client.query<{ sealed: Buffer }>('SELECT sealed FROM signing_intent');
        return rows.flatMap(({ sealed }) => (JSON.parse(sealed.toString('utf8')) as { records: string[] }).records);
      } finally {
        await client.end();
      }
    }

    const sealed = (): string[] =>
      test.intake.lines.flatMap(({ logGroup, line }) => (logGroup === 'akashi/reviews' ? [line] : []));

    it.each([
      ['signing-intended', 0],
      ['signing-sealed', 2],
    ] as const)('at %s has signed once after it comes back, with the same bytes', async (crashpoint, linesSealed) => {
      const killed = await start(crashpoint);
      const exit = once(running as ChildProcess, 'exit');
      expect((await killed.decide('failed-sign-ins', { result: 'no-finding' })).status).toBe(200);
      await expect(killed.send('POST', '/submit', said)).rejects.toThrow();
      expect((await exit)[1]).toBe('SIGKILL');
      const committed = await waiting();
      expect(committed).toHaveLength(2);
      expect(sealed()).toEqual(committed.slice(0, linesSealed));

      const again = await start();
      expect((await again.day()).state).toBe('open');
      expect(mail.messages).toEqual([]);
      const answers = await Promise.all([again.send('POST', '/submit', said), again.send('POST', '/submit', said)]);
      expect(answers.map(({ status }) => status)).toContain(200);
      expect((await again.day()).state).toBe('submitted');
      expect(await waiting()).toEqual([]);
      expect(sealed()).toEqual(committed);
      const { revisions } = reviewRecordAnswer.parse((await again.send('GET', '/record?format=json')).json);
      expect(revisions).toMatchObject([{ revision: 1, signatures: [{ action: 'reviewed' }] }]);
      const bytes = canonicalBytes(revisions[0]?.record ?? {});
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(revisions[0]?.recordSha256);
      const [line = ''] = sealed();
      const { body = '' } = (JSON.parse(line) as SealedLine).akashi.review;
      expect(inflateRawSync(Buffer.from(body, 'base64url')).equals(Buffer.from(bytes))).toBe(true);
      expect(mail.messages.filter((message) => message.includes(`akashi-review-${day}-r1-reviewed.json`))).toHaveLength(
        1,
      );
    });
  },
);
