import { hash, parseOptions, verify } from '@node-rs/argon2';

/** OWASP's first recommendation for argon2id: 19 MiB, two passes, one lane. `Algorithm.Argon2id` is a const enum of 2. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** An encoded argon2id hash (PHC form, with its own salt). Equal texts in different Unicode forms hash the same. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), parameters);
}

/** Whether the password is the hashed one. What is no argon2 hash at all matches nothing. */
export async function isPassword(encoded: string, password: string): Promise<boolean> {
  return verify(encoded, password.normalize('NFKC')).catch(() => false);
}

/** Whether the hash was made with other parameters than those of now: the next right password is hashed again. */
export function needsRehash(encoded: string): boolean {
  try {
    const used = parseOptions(encoded);
    return (
      used.algorithm !== parameters.algorithm ||
      used.memoryCost !== parameters.memoryCost ||
      used.timeCost !== parameters.timeCost ||
      used.parallelism !== parameters.parallelism ||
      used.outputLen !== parameters.outputLen
    );
  } catch {
    return true;
  }
}
