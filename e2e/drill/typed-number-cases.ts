import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createCodeDispenser } from '@akashi/identity';
import { plantInEveryRoute, type DescribedRoutes, type PlantedRequest } from '@akashi/testkit';
import { repositoryRoot, type DemoUser } from '../installation/installation.ts';
import { scanForCardNumbers } from './card-number-scan.ts';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation } from './drill-installation.ts';
import { cardNumberOf } from './line-ledger.ts';

/** Far from those that loads send. */
const firstNumber = 50_000_000;

/** Each place gets a number of its own: what is found tells where it came in. */
class PlantedNumbers {
  readonly all: string[] = [];

  readonly next = (): string => {
    const number = cardNumberOf(firstNumber + this.all.length);
    this.all.push(number);
    return number;
  };
}

interface Call extends Pick<PlantedRequest, 'method' | 'path' | 'body'> {
  readonly url: string;
  readonly cookie?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send({ url, method, path, body, cookie, headers }: Call): Promise<Response> {
  return fetch(`${url}${path}`, {
    method,
    headers: {
      'x-akashi-csrf': '1',
      ...(cookie === undefined ? {} : { cookie }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The cookie of a session that has everything proven. */
async function signIn(url: string, person: DemoUser): Promise<string> {
  const { email, password } = person;
  const first = await send({ url, method: 'POST', path: '/v1/session', body: { email, password } });
  const started = first.headers.getSetCookie()[0]?.split(';')[0];
  const code = await createCodeDispenser(person.totpSecret).next();
  const proof = { url, method: 'POST', path: '/v1/session/second-factor', body: { code }, cookie: started };
  const second = await send(proof);
  const cookie = second.headers.getSetCookie()[0]?.split(';')[0] ?? started;
  if (!second.ok || cookie === undefined) throw new Error(`${person.role} could not sign in: ${second.status}`);
  return cookie;
}

/** Routes that would end the session that asks, or the organisation that the rest of the drills need. */
function isLast({ method, path }: PlantedRequest): boolean {
  return (method === 'DELETE' && path.startsWith('/v1/session')) || path.endsWith('/close');
}

async function plantInTheApi(installation: DrillInstallation, numbers: PlantedNumbers): Promise<void> {
  const { demo } = installation.running;
  const url = demo.apiUrl;
  const people = [...installation.tenant.users, ...demo.platform.users];
  const askers = people.filter(({ role }) => role === 'tenant-admin' || role === 'platform-operator');
  const path = join(repositoryRoot, 'apps', 'api', 'openapi.json');
  const description = JSON.parse(readFileSync(path, 'utf8')) as DescribedRoutes;
  const cookies = [...(await Promise.all(askers.map((person) => signIn(url, person)))), undefined];
  for (const cookie of cookies) {
    for (const route of plantInEveryRoute(description, { text: numbers.next, id: randomUUID() })) {
      if (isLast(route)) continue;
      const headers = { 'user-agent': `Browser ${numbers.next()}`, 'x-request-id': numbers.next() };
      const answer = await send({ url, ...route, cookie, headers });
      if (answer.status >= 500) throw new Error(`${route.method} ${route.path} ${route.place}: ${answer.status}`);
    }
  }
  await plantInProse(installation, { cookie: cookies[0], numbers });
}

/** What is kept as prose, in calls that succeed. */
async function plantInProse(
  installation: DrillInstallation,
  { cookie, numbers }: { cookie: string | undefined; numbers: PlantedNumbers },
): Promise<void> {
  const url = installation.running.demo.apiUrl;
  const [operator] = installation.running.demo.platform.users;
  const bodies: Readonly<Record<string, unknown>> = {
    '/v1/access-groups': { name: `drill ${randomUUID()}`, description: `for ${numbers.next()}` },
    '/v1/support-access': {
      operator: operator?.email,
      purpose: `look at ${numbers.next()}`,
      logGroups: ['drill/*'],
      endsAt: new Date(Date.now() + 3_600_000).toISOString(),
    },
    '/v1/search': {
      query: `${numbers.next()} OR card:${numbers.next()}`,
      from: new Date(Date.now() - 60_000).toISOString(),
      to: new Date().toISOString(),
    },
  };
  for (const [path, body] of Object.entries(bodies)) {
    const answer = await send({ url, method: 'POST', path, body, cookie });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
}

/** Names, paths, queries and headers of the intake and of the web app, right and wrong ones. */
async function plantElsewhere(installation: DrillInstallation, numbers: PlantedNumbers): Promise<void> {
  const { ingestUrl, webUrl, apiUrl } = installation.running.demo;
  const key = `Bearer ${installation.tenant.ingestKey}`;
  const body = ['a line'];
  const records = (group: string, stream: string): string =>
    `/v1/log-groups/${encodeURIComponent(group)}/log-streams/${encodeURIComponent(stream)}/records`;
  const calls: Call[] = [
    { url: ingestUrl, method: 'POST', path: records(`drill/${numbers.next()}`, 'a'), body },
    { url: ingestUrl, method: 'POST', path: records('drill/typed', numbers.next()), body },
    {
      url: ingestUrl,
      method: 'POST',
      path: records('drill/typed', 'a'),
      body,
      headers: {
        'idempotency-key': numbers.next(),
        'user-agent': numbers.next(),
        'x-request-id': numbers.next(),
        'akashi-source-file': `/var/log/${numbers.next()}.log`,
        'akashi-datetime-format': `%Y ${numbers.next()}`,
        'akashi-time-zone': numbers.next(),
      },
    },
    { url: ingestUrl, method: 'GET', path: `/${numbers.next()}?card=${numbers.next()}` },
    { url: apiUrl, method: 'GET', path: `/v1/${numbers.next()}?card=${numbers.next()}` },
    { url: apiUrl, method: 'GET', path: '/v1/log-groups', headers: { authorization: `Bearer ${numbers.next()}` } },
    { url: webUrl, method: 'GET', path: `/${numbers.next()}?card=${numbers.next()}` },
    { url: webUrl, method: 'GET', path: `/sign-in?organisation=${numbers.next()}&return=/${numbers.next()}` },
  ].map((call) => ({
    ...call,
    headers: { ...(call.url === ingestUrl ? { authorization: key } : {}), ...call.headers },
  }));
  for (const call of calls) {
    const answer = await send(call);
    await answer.arrayBuffer();
    if (answer.status >= 500) throw new Error(`${call.method} ${call.url}: ${answer.status}`);
  }
}

async function plantAndScan(installation: DrillInstallation): Promise<DrillResult> {
  const numbers = new PlantedNumbers();
  await plantInTheApi(installation, numbers);
  await plantElsewhere(installation, numbers);
  // The trail goes the way of every record; what it holds is in archive and index a few seconds later.
  await delay(20_000);
  const { demo, home } = installation.running;
  const scan = await scanForCardNumbers({
    archiveFolder: installation.archiveFolder,
    home,
    tenantIds: [...demo.tenants.map(({ id }) => id), demo.platform.id],
    databaseUrl: installation.databaseUrl,
    opensearchUrl: installation.opensearchUrl,
    numbers: numbers.all,
  });
  return {
    drill: 'C1',
    result: scan.places.length === 0 ? 'pass' : 'fail',
    planted: numbers.all.length,
    files: scan.files,
    cardNumbers: scan.places.length,
    ...(scan.places.length > 0 ? { detail: scan.places.slice(0, 5).join(', ') } : {}),
  };
}

export function typedNumberCases(installation: DrillInstallation): DrillCase[] {
  return [
    {
      name: 'C1',
      about: 'card numbers typed into every text of every route, path and header stand in no store',
      run: () => plantAndScan(installation),
    },
  ];
}
