/** The witness's own keys, made at its first start. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory } from '@akashi/durable-files';
import { cosignerKey, formatCosignerKey, type Cosigner } from '@akashi/integrity/witness';

const makers = {
  'ed25519.pem': () => generateKeyPairSync('ed25519').privateKey,
  'ml-dsa-44.pem': () => generateKeyPairSync('ml-dsa-44').privateKey,
};

/** Both keys under one name: logs whose policies know either take its cosignature. */
export async function openWitnessKeys(home: string, name: string): Promise<Cosigner[]> {
  await makeDirectory(home);
  const cosigners: Cosigner[] = [];
  for (const [file, make] of Object.entries(makers)) {
    cosigners.push({ name, privateKey: await openKey(join(home, file), make) });
  }
  return cosigners;
}

/** What a log's operator puts into a policy. */
export function vkeysOf(cosigners: readonly Cosigner[]): string[] {
  return cosigners.map(({ name, privateKey }) => formatCosignerKey(cosignerKey(name, createPublicKey(privateKey))));
}

async function openKey(path: string, make: () => KeyObject): Promise<KeyObject> {
  try {
    return createPrivateKey(await readFile(path));
  } catch (cause) {
    if (!hasErrorCode(cause, 'ENOENT')) throw cause;
  }
  await createFile(path, make().export({ type: 'pkcs8', format: 'pem' }).toString());
  return createPrivateKey(await readFile(path));
}
