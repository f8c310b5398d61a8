/** A witness on a folder of its own: one process at a time, as two would answer from two memories. */
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { join } from 'node:path';
import { makeDirectory, takeProcessLock } from '@akashi/durable-files';
import { parseWitnessPolicy } from '@akashi/integrity/witness';
import { serveWitness } from './serve-witness.ts';
import { openWitnessKeys, vkeysOf } from './witness-keys.ts';
import { Witness } from './witness.ts';
import { WitnessMemory } from './witness-memory.ts';

export interface WitnessSettings {
  readonly home: string;
  readonly name: string;
  /** Lines `log <vkey>` (C2SP tlog-policy). */
  readonly logsFile: string;
  readonly now: () => Date;
  readonly tell: (fault: unknown) => void;
}

export interface OpenedWitness {
  readonly server: Server;
  readonly vkeys: readonly string[];
  readonly release: () => void;
}

/** What an operator has to put right; its message is a sentence. */
export class WitnessError extends Error {}

export async function openWitness({ home, name, logsFile, now, tell }: WitnessSettings): Promise<OpenedWitness> {
  const logKeys = await readLogs(logsFile);
  await makeDirectory(home);
  const lock = takeProcessLock(join(home, 'lock'));
  if (lock.outcome === 'held') throw new WitnessError(`Another witness runs on ${home}. Stop it first.`);
  const cosigners = await openWitnessKeys(home, name);
  const witness = new Witness({ logKeys, cosigners, memory: new WitnessMemory(home), now });
  return { server: serveWitness(witness, tell), vkeys: vkeysOf(cosigners), release: lock.release };
}

async function readLogs(file: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new WitnessError(`The file ${file} (AKASHI_WITNESS_LOGS) could not be read.`);
  }
  // A file of logs is a policy that asks for no witness.
  const parsed = parseWitnessPolicy(`${text}\nquorum none\n`);
  if (!parsed.ok) throw new WitnessError(`${file}: line ${parsed.line} is not "log <verifier key>" (${parsed.code}).`);
  return parsed.policy.logs.map((log) => log.text);
}
