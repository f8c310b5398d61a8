import { createCodeDispenser, type CodeDispenser } from '@akashi/identity';

const dispensers = new Map<string, CodeDispenser>();

/** The next one-time code of a person. A code works once, so a second sign-in within half a minute takes the next step's. */
export function nextCodeOf(person: { readonly totpSecret: string }): Promise<string> {
  const known = dispensers.get(person.totpSecret) ?? createCodeDispenser(person.totpSecret);
  dispensers.set(person.totpSecret, known);
  return known.next();
}
