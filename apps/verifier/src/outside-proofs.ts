/** What was kept outside of the archive and is given to the check: a checkpoint, time stamps, certificates to trust. */
import type { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseCheckpoint, verifyCheckpoint, type VerifiedCheckpoint } from '@akashi/integrity';
import { certificatesOf } from '@akashi/integrity/timestamp';
import { parseWitnessPolicy } from '@akashi/integrity/witness';
import type { HeldCheckpoint, TimeStampRequest, WitnessRequest } from '@akashi/verify';
import { UsageError } from './usage-error.ts';

export function readText(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${option}: the file ${file} could not be read.`);
  }
}

export const heldFaults: Record<Exclude<VerifiedCheckpoint, { ok: true }>['code'], string> = {
  malformed: 'is not a checkpoint. Give a file as it stood at log/checkpoint.',
  'malformed-key': 'cannot be checked with this key.',
  'other-origin': "is a checkpoint of another log. Give one of this tenant's.",
  'unknown-key': 'is not signed by the key you gave.',
  'bad-signature': 'was altered: its signature does not fit its text.',
};

export function readHeld(file: string, verifierKey: string): HeldCheckpoint {
  const note = readText(file, '--since');
  const verified = verifyCheckpoint(note, verifierKey);
  const parsed = parseCheckpoint(note);
  // The log may name another key as the one that signed it: that is known once the log was read.
  if (!verified.ok && verified.code === 'unknown-key' && parsed.ok) return { head: parsed.checkpoint, file, note };
  if (!verified.ok) throw new UsageError(`--since: ${file} ${heldFaults[verified.code]}`);
  return { head: verified.checkpoint, file };
}

/** `place` is a .tsr file, or a folder of them; true stands for those of the archive. */
export function readTimeStamps(place: string | true, authorities: string | undefined): TimeStampRequest {
  return {
    trusted: authorities === undefined ? null : readCertificates(authorities),
    held: place === true ? [] : stampFiles(place).map((path) => ({ file: basename(path), reply: readStamp(path) })),
  };
}

function stampFiles(place: string): string[] {
  try {
    if (!statSync(place).isDirectory()) return [place];
    const found = readdirSync(place, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsr'));
    if (found.length > 0) return found.sort().map((name) => join(place, name));
  } catch {
    throw new UsageError(`--timestamps: there is no file or folder ${place}.`);
  }
  throw new UsageError(`--timestamps: there is no time stamp (*.tsr) in the folder ${place}.`);
}

function readStamp(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw new UsageError(`--timestamps: the file ${path} could not be read.`);
  }
}

function readCertificates(file: string): X509Certificate[] {
  const found = certificatesOf(readText(file, '--timestamp-ca'));
  if (found.length > 0) return found;
  throw new UsageError(`--timestamp-ca: ${file} holds no certificate in PEM.`);
}

/** `place` is a slot proof that was kept, or a folder of them; without it those of the archive are taken. */
export function readWitnesses(policyFile: string, place: string | undefined): WitnessRequest {
  const parsed = parseWitnessPolicy(readText(policyFile, '--policy'));
  if (!parsed.ok) {
    const where = parsed.line === 0 ? '' : `, line ${parsed.line}`;
    throw new UsageError(`--policy: ${policyFile}${where} is not a policy (C2SP tlog-policy): ${parsed.code}.`);
  }
  const { policy } = parsed;
  if (policy.logs.length === 0) {
    throw new UsageError(`--policy: ${policyFile} names no log. Add "log <verifier key of the installation log>".`);
  }
  if (place === undefined) return { policy, held: [], secret: null };
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
  const folder = isFolder ? place : dirname(place);
  const files = isFolder
    ? readdirSync(place)
        .filter((name) => name.endsWith('.tlog-proof'))
        .sort()
        .map((name) => join(place, name))
    : [place];
  if (files.length === 0) throw new UsageError(`--slot-proofs: there is no slot proof (*.tlog-proof) in ${place}.`);
  const secretFile = join(folder, 'blinding-secret');
  const hasSecret = statSync(secretFile, { throwIfNoEntry: false })?.isFile() === true;
  return {
    policy,
    held: files.map((path) => ({ file: basename(path), text: readText(path, '--slot-proofs') })),
    secret: hasSecret ? readText(secretFile, '--slot-proofs') : null,
  };
}
