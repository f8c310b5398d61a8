/** A log that its operator can fork at will: he has the key. */
import { generateKeyPairSync } from 'node:crypto';
import { consistencyProof, formatVerifierKey, hashLeaf, merkleRoot, signCheckpoint } from '@akashi/integrity';
import { formatAddCheckpoint } from '@akashi/integrity/witness';

export interface TestLog {
  readonly vkey: string;
  /** The checkpoint of the first `size` entries; `branch` other than '' is another history from `forkAt` on. */
  note(size: number, branch?: string): string;
  request(oldSize: number, size: number, branch?: string): string;
}

export function makeLog(origin: string, forkAt = 0): TestLog {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const leaves = (size: number, branch: string): Buffer[] =>
    Array.from({ length: size }, (_, index) => hashLeaf(Buffer.from(`${index}${index < forkAt ? '' : branch}`)));
  const note = (size: number, branch = ''): string =>
    signCheckpoint({ origin, size, root: merkleRoot(leaves(size, branch)) }, privateKey);
  return {
    vkey: formatVerifierKey(origin, publicKey),
    note,
    request: (oldSize, size, branch = '') =>
      formatAddCheckpoint({
        oldSize,
        proof: consistencyProof(leaves(size, branch), oldSize),
        note: note(size, branch),
      }),
  };
}
