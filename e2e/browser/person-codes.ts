import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createCodeDispenser, type CodeDispenser } from '@akashi/identity';
import { inject } from 'vitest';

const stepMs = 30_000;
const dispensers = new Map<string, CodeDispenser>();

/** Which steps are used up, for the journeys that come after this one: each file runs in a process of its own. */
const usedPath = (): string => join(inject('home'), 'journeys-codes.json');

function readUsed(): Record<string, number> {
  return existsSync(usedPath()) ? (JSON.parse(readFileSync(usedPath(), 'utf8')) as Record<string, number>) : {};
}

/** The next one-time code of a person. A code works once, so a second sign-in within half a minute takes the next step's. */
export async function nextCodeOf(person: { readonly totpSecret: string }): Promise<string> {
  const { totpSecret } = person;
  const name = createHash('sha256').update(totpSecret).digest('hex');
  const dispenser = dispensers.get(totpSecret) ?? createCodeDispenser(totpSecret, readUsed()[name]);
  dispensers.set(totpSecret, dispenser);
  const code = await dispenser.next();
  // A dispenser is ahead of the clock by one step at most.
  writeFileSync(usedPath(), JSON.stringify({ ...readUsed(), [name]: Math.floor(Date.now() / stepMs) + 1 }));
  return code;
}
