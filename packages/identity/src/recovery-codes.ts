import { createHash, randomInt } from 'node:crypto';

/** No letter or digit that is read as another. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 4;

export const recoveryCodeCount = 10;

/** Ten codes of 79 bits each, in groups for the eye. They are shown once; only `hashRecoveryCode` of them is kept. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodeCount }, () =>
    Array.from({ length: groups }, () =>
      Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)] ?? '').join(''),
    ).join('-'),
  );
}

/** A plain hash: the code has too much randomness to be guessed. Case, spaces and dashes do not matter. */
export function hashRecoveryCode(userId: string, code: string): Buffer {
  const plain = code
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '');
  return createHash('sha256').update(`recovery code\n${userId}\n${plain}`).digest();
}
