import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { nextCodeOf } from '../browser/person-codes.ts';
import type { DemoUser } from '../installation/installation.ts';
import { eventually } from '../reading/eventually.ts';
import { LogReader } from '../reading/log-reader.ts';
import { japaneseClock } from '../senders/offered-lines.ts';

const demo = inject('demo');
const [tenant] = demo.tenants;
const stamp = Date.now().toString(36);
const logGroup = `report-access/${stamp}`;
const begun = new Date(Date.now() - 1_000).toISOString();

interface Answer {
  readonly status: number;
  readonly bytes: Buffer;
  readonly headers: Headers;
}

interface Run {
  readonly id: string;
  readonly state: string;
  readonly rows: number;
  readonly sha256: { readonly ndjson: string; readonly csv: string; readonly pdf: string } | null;
}

let asAdministrator = '';
let asDbViewer = '';
const areas = new Map<string, string>();
const runs = new Map<string, Run>();

const jsonOf = <T>({ bytes }: Pick<Answer, 'bytes'>): T => JSON.parse(bytes.toString()) as T;

async function call(path: string, request: { cookie?: string; method?: string; body?: unknown } = {}): Promise<Answer> {
  const { cookie, method = 'GET', body } = request;
  const answer = await fetch(`${demo.apiUrl}${path}`, {
    method,
    headers: {
      'x-akashi-csrf': '1',
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()), headers: answer.headers };
}

async function signIn(person: DemoUser | undefined): Promise<string> {
  if (person === undefined) throw new Error('the demonstration has no such person');
  const { email, password } = person;
  const cookieOf = ({ headers }: Answer): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const first = await call('/v1/session', { method: 'POST', body: { email, password } });
  const body = { code: await nextCodeOf(person) };
  const second = await call('/v1/session/second-factor', { method: 'POST', body, cookie: cookieOf(first) });
  expect(second.status).toBe(200);
  return cookieOf(second);
}

/** Two machines of one log group: the demonstration's DB group reads streams that begin with `db`, and no other. */
async function send(logStream: string, user: string): Promise<void> {
  const line = `${japaneseClock(new Date()).bsd} ${logStream} sshd[9]: Failed password for ${user} from 192.0.2.4 port 50022 ssh2`;
  const answer = await fetch(`${demo.ingestUrl}/v1/log-groups/${logGroup}/log-streams/${logStream}/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tenant?.ingestKey ?? ''}`, 'content-type': 'text/plain' },
    body: line,
  });
  expect(answer.status).toBe(201);
}

async function makeRun(name: 'db' | 'web'): Promise<void> {
  const cookie = asAdministrator;
  const lists = { logGroups: [logGroup], logStreams: [`${name}*`], reviewers: [], approvers: [] };
  const area = { name: `${name} ${stamp}`, category: 'critical-systems', ...lists };
  const made = await call('/v1/areas', { method: 'POST', body: area, cookie });
  expect(made.status, made.bytes.toString()).toBe(201);
  const { id } = jsonOf<{ id: string }>(made);
  areas.set(name, id);
  const period = { from: begun, to: new Date().toISOString(), area: id };
  const begunRun = await call('/v1/reports/failed-sign-ins/runs', { method: 'POST', body: period, cookie });
  expect(begunRun.status, begunRun.bytes.toString()).toBe(202);
  const run = jsonOf<Run>(begunRun);
  const done = await eventually(
    async () => jsonOf<Run>(await call(`/v1/report-runs/${run.id}`, { cookie })),
    ({ state }) => state !== 'waiting' && state !== 'running',
    240_000,
  );
  expect(done).toMatchObject({ state: 'done', rows: 1 });
  runs.set(name, done);
}

beforeAll(async () => {
  const userOf = (role: string, group?: string): DemoUser | undefined =>
    tenant?.users.find((user) => user.role === role && (group === undefined || user.groups.includes(group)));
  asAdministrator = await signIn(userOf('tenant-admin'));
  asDbViewer = await signIn(userOf('viewer', 'DB'));
  await send('db01', `dba${stamp}`);
  await send('web01', `secret${stamp}`);
  const found = await eventually(
    () => new LogReader(demo).readAll({ logGroups: [logGroup] }),
    (events) => events.length === 2,
  );
  expect(found).toHaveLength(2);
  await makeRun('db');
  await makeRun('web');
}, 600_000);

afterAll(async () => {
  for (const id of areas.values()) await call(`/v1/areas/${id}/end`, { method: 'POST', cookie: asAdministrator });
});

const idOf = (name: string): string => runs.get(name)?.id ?? '';
const placesOf = (id: string): string[] => [
  `/v1/report-runs/${id}`,
  `/v1/report-runs/${id}/rows`,
  ...['ndjson', 'csv', 'pdf'].map((format) => `/v1/report-runs/${id}/file?format=${format}`),
];

it('opens a run of the DB area to the viewer of the DB group, with the files that it was frozen with', async () => {
  const cookie = asDbViewer;
  for (const path of placesOf(idOf('db'))) expect((await call(path, { cookie })).status, path).toBe(200);
  const { sha256 } = runs.get('db') ?? {};
  for (const format of ['ndjson', 'csv', 'pdf'] as const) {
    const { bytes } = await call(`/v1/report-runs/${idOf('db')}/file?format=${format}`, { cookie });
    expect(createHash('sha256').update(bytes).digest('hex'), format).toBe(sha256?.[format]);
  }
  const rows = jsonOf<{ items: { user: string }[] }>(await call(`/v1/report-runs/${idOf('db')}/rows`, { cookie }));
  expect(rows.items.map(({ user }) => user)).toEqual([`dba${stamp}`]);
});

it('answers that viewer for a run of any other area as for none that there is', async () => {
  const cookie = asDbViewer;
  for (const path of placesOf(idOf('web'))) {
    const { status, bytes } = await call(path, { cookie });
    expect([status, jsonOf<{ code: string }>({ bytes }).code], path).toEqual([404, 'not-found']);
    expect(bytes.toString()).not.toContain(`secret${stamp}`);
  }
  const list = async (as: string): Promise<string[]> =>
    jsonOf<{ items: { id: string }[] }>(await call('/v1/report-runs?limit=500', { cookie: as })).items.map(
      ({ id }) => id,
    );
  const [viewers, administrators] = [await list(asDbViewer), await list(asAdministrator)];
  expect(administrators).toEqual(expect.arrayContaining([idOf('db'), idOf('web')]));
  expect(viewers).toContain(idOf('db'));
  expect(viewers).not.toContain(idOf('web'));
});
