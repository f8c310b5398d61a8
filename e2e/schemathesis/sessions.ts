import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodeDispenser } from '@akashi/identity';
import type { DemoFile, DemoUser } from '../installation/installation.ts';

/*
 * Signs in one person of each role at a running demonstration and prints `<role> <cookie>` a line. The demonstration has no
 * log administrator: a viewer becomes one.
 */

const home = process.env['AKASHI_HOME'] ?? '.akashi';
const demo = JSON.parse(readFileSync(join(home, 'demo.json'), 'utf8')) as DemoFile;
const people = [...(demo.tenants[0]?.users ?? []), ...demo.platform.users];

async function send(method: string, path: string, call: { body?: unknown; cookie?: string }): Promise<Response> {
  const answer = await fetch(demo.apiUrl + path, {
    method,
    headers: {
      'content-type': 'application/json',
      'x-akashi-csrf': '1',
      ...(call.cookie === undefined ? {} : { cookie: call.cookie }),
    },
    body: JSON.stringify(call.body),
  });
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

const cookieOf = (answer: Response): string => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

async function signIn({ email, password, totpSecret }: DemoUser): Promise<string> {
  const begun = cookieOf(await send('POST', '/v1/session', { body: { email, password } }));
  const code = await createCodeDispenser(totpSecret).next();
  return cookieOf(await send('POST', '/v1/session/second-factor', { body: { code }, cookie: begun }));
}

async function makeLogAdministrator(administrator: string, { email }: DemoUser): Promise<void> {
  const members = await fetch(`${demo.apiUrl}/v1/members`, { headers: { cookie: administrator } });
  const { items } = (await members.json()) as { items: { id: string; email: string }[] };
  const id = items.find((member) => member.email === email)?.id ?? '';
  await send('PATCH', `/v1/members/${id}`, { body: { role: 'log-administrator' }, cookie: administrator });
}

const [, ...otherViewers] = people.filter(({ role }) => role === 'viewer');
const byRole = new Map(people.toReversed().map((person) => [person.role, person]));
const administrator = byRole.get('tenant-admin');
const [viewer] = otherViewers;
if (administrator !== undefined && viewer !== undefined) {
  const cookie = await signIn(administrator);
  await makeLogAdministrator(cookie, viewer);
  process.stdout.write(`tenant-admin ${cookie}\nlog-administrator ${await signIn(viewer)}\n`);
}
for (const [role, person] of byRole) {
  if (role !== 'tenant-admin') process.stdout.write(`${role} ${await signIn(person)}\n`);
}
