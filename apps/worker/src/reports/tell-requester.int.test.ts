import type { Message } from '@akashi/notify';
import { createLogger } from '@akashi/server-kit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openTestReports, type TestReports } from './reports.fixtures.ts';
import { runReport } from './run-report.ts';
import { tellRequester } from './tell-requester.ts';

let reports: TestReports;
let asking: { id: string; name: string };
const sent: { address: string; message: Message }[] = [];

beforeAll(async () => {
  reports = await openTestReports();
  const person = { email: 'sato@example.jp', displayName: '佐藤 花子', language: 'ja', passwordHash: 'x' } as const;
  asking = { id: await reports.tenant.users.put({ ...person, role: 'reviewer' }), name: person.displayName };
}, 120_000);

afterAll(() => reports.close());
beforeEach(() => void (sent.length = 0));

/** Makes a run, and tells of it as its worker does. */
async function run(...[report, more]: Parameters<TestReports['plan']>): Promise<string> {
  const { tenantId, parts } = reports.pipeline;
  const id = await reports.plan(report, more);
  await runReport(reports.process(), { tenantId, id });
  const mailer = {
    send: ({ address }: { address: string }, message: Message): Promise<void> => {
      sent.push({ address, message });
      return Promise.resolve();
    },
  };
  const logger = createLogger({ name: 'test', level: 'silent' });
  await tellRequester(
    { database: parts.database, webUrl: 'https://logs.example.jp', logger, mailer },
    { tenantId, id },
  );
  return id;
}

it('whoever asked for a report is told that it is ready, with its link and nothing of what it found', async () => {
  const id = await run('failed-sign-ins', { requestedBy: asking });
  expect(sent.map(({ address }) => address)).toEqual(['sato@example.jp']);
  expect(sent[0]?.message.subject).toContain('レポート「ログイン失敗一覧」を作成しました');
  expect(sent[0]?.message.text).toContain(`https://logs.example.jp/reports/runs/${id}`);
});

it('and that it could not be made', async () => {
  await run('failed-sign-ins', { requestedBy: asking, changed: { query: 'user.name:(' } });
  expect(sent[0]?.message.subject).toContain('作成できませんでした');
});

it('nobody is told of a run that no person asked for, or that somebody who has left asked for', async () => {
  await run('failed-sign-ins', { day: '2026-11-20', kind: 'duty', requestedBy: null });
  await reports.tenant.users.disable(asking.id, 'left');
  await run('failed-sign-ins', { requestedBy: asking });
  expect(sent).toEqual([]);
});
