import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { totpCodeAt } from '@akashi/identity';
import { readInstallation } from '../local/installation.ts';
import type { DemoFile } from './provision.ts';

// The one-time code of a person of the demonstration, for whoever has no authenticator app at hand.
const wanted = process.argv[2];
const path = join(readInstallation().home, 'demo.json');
if (!existsSync(path)) {
  process.stderr.write('akashi: there is no demonstration; `npm start` makes one.\n');
  process.exit(1);
}
const demo = JSON.parse(readFileSync(path, 'utf8')) as DemoFile;
const people = [...demo.tenants.flatMap(({ users }) => users), ...demo.platform.users];
const person = people.find(({ email }) => email === wanted);
if (person === undefined) {
  process.stderr.write(`akashi: give one of these addresses:\n${people.map(({ email }) => `  ${email}\n`).join('')}`);
  process.exit(1);
}
process.stdout.write(`${totpCodeAt(person.totpSecret, Date.now())}\n`);
