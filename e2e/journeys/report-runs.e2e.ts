import { expect, inject, it } from 'vitest';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';
import { ReportReader } from '../reading/report-reader.ts';

const demo = inject('demo');
const [tenant] = demo.tenants;
const stamp = String(Date.now());
const logGroup = `reports/${stamp}`;
const user = `hayashi${stamp}`;

const failure = (second: number): string =>
  `<86>1 ${new Date(Date.now() - 60_000 + second * 1000).toISOString()} web01 sshd 7 - - Failed password for ${user} from 192.0.2.9 port 50022 ssh2`;

it('makes a report of what has just come, freezes its files, and seals their hashes', async () => {
  const from = new Date(Date.now() - 1_000).toISOString();
  const sent = await fetch(`${demo.ingestUrl}/v1/log-groups/${logGroup}/log-streams/web01/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant?.ingestKey ?? ''}`, 'content-type': 'text/plain' },
    body: [1, 2, 3, 4, 5].map(failure).join('\n'),
  });
  expect(sent.status).toBe(201);
  await eventually(
    () => new LogReader(demo).readAll({ query: '', logGroups: [logGroup] }),
    (events) => events.length === 5,
  );
  const reports = new ReportReader(demo);
  const id = await reports.ask('failed-sign-ins', { from, to: new Date().toISOString() });
  const run = await reports.untilSealed(id);
  expect(run).toMatchObject({ state: 'done', errorCode: null });

  const formats = run.files.map(({ format, language }) => [format, language ?? ''].join(' ')).toSorted();
  expect(formats).toEqual(['csv en', 'csv ja', 'ndjson ', 'pdf en', 'pdf ja']);
  for (const each of run.files) {
    const { status, sha256 } = await reports.file(id, each);
    expect([status, sha256], `${each.format} ${each.language ?? ''}`).toEqual([200, each.sha256]);
  }
  const ndjson = await reports.file(id, { format: 'ndjson', language: null });
  const rows = ndjson.bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { user: string | null; flags: { kind: string }[] });
  const own = rows.filter((row) => row.user === user);
  expect(own.map(({ flags }) => flags.map(({ kind }) => kind).join())).toEqual(
    Array.from({ length: 5 }, () => 'failures-in-a-row'),
  );
  // The worker has found the line with the hashes where it is searchable.
  expect(run.sealedAs).toMatch(/^[\w-]{22}\.\d+$/);
}, 420_000);
