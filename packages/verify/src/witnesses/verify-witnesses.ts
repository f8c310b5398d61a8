/**
 * Slot proofs: witnesses outside have cosigned a log of the whole installation, in which the organisation's tree head has a slot.
 * Each that enough witnesses cosigned is held against the organisation's own log, as a checkpoint that was kept outside is.
 */
import { createHash } from 'node:crypto';
import {
  checkSlotProof,
  parseBlindingSecret,
  parseSlotProof,
  type SlotProof,
} from '@akashi/integrity/installation-log';
import { cosignaturesOf, meetsQuorum, type WitnessPolicy } from '@akashi/integrity/witness';
import { logOrigin } from '@akashi/integrity';
import type { Findings } from '../findings.ts';
import type { Store } from '../object-store.ts';
import { readObject } from '../read-object.ts';

export interface WitnessRequest {
  readonly policy: WitnessPolicy;
  /** Slot proofs that were kept outside the archive. */
  readonly held: readonly { readonly file: string; readonly text: string }[];
  /** The organisation's blinding secret as it was kept outside; null takes that of the archive. */
  readonly secret: string | null;
}

/** What the slot proofs say that hold and that enough witnesses cosigned. */
export interface WitnessTotals {
  readonly proofs: number;
  /** Of the largest size of the organisation's log. */
  readonly newest: WitnessedSize | null;
}

export interface WitnessedSize {
  readonly size: number;
  /** When the first of its witnesses cosigned, by that one's clock; null when none says. */
  readonly at: Date | null;
  /** Names of their keys. */
  readonly witnesses: readonly string[];
}

interface Witnessed extends WitnessedSize {
  readonly object: string;
  readonly root: Uint8Array;
}

export interface WitnessVerifier {
  /** To be told each size of the rebuilt tree, from 1 on. */
  readonly atSize: (size: number, root: () => Buffer) => void;
  /** To be called behind the log of this size; null when nobody asked. */
  finish(size: number): WitnessTotals | null;
}

export interface WitnessChecks {
  readonly store: Store;
  readonly findings: Findings;
  readonly tenantId: string;
  readonly request: WitnessRequest | undefined;
}

const folder = 'witness';
const secretFile = 'witness/blinding-secret';
const proofForm = /^witness\/\d{12}\.tlog-proof$/;

/** Reads the proofs first, so that only the roots at their sizes are to be looked at. */
export async function openWitnesses(checks: WitnessChecks): Promise<WitnessVerifier> {
  const { findings, request } = checks;
  if (request === undefined) return { atSize: () => undefined, finish: () => null };
  const witnessed = await readWitnessed({ ...checks, request });
  const bySize = Map.groupBy(witnessed, ({ size }) => size);
  const sound: Witnessed[] = [];
  return {
    atSize: (size, root) => {
      for (const each of bySize.get(size) ?? []) {
        if (root().equals(each.root)) sound.push(each);
        else findings.problem({ code: 'witnessed-rewritten', object: each.object, fact: factOf(each) });
      }
    },
    finish: (size) => {
      for (const each of witnessed) {
        if (each.size <= size) continue;
        findings.problem({ code: 'witnessed-beyond-log', object: each.object, fact: `${each.size} ${size}` });
      }
      const newest = sound.toSorted((left, right) => left.size - right.size || timeOf(left) - timeOf(right)).at(-1);
      return {
        proofs: sound.length,
        newest: newest === undefined ? null : { size: newest.size, at: newest.at, witnesses: newest.witnesses },
      };
    },
  };
}

async function readWitnessed(checks: WitnessChecks & { request: WitnessRequest }): Promise<Witnessed[]> {
  const { findings, request } = checks;
  const proofs = [...(await readOwn(checks)), ...request.held.map(({ file, text }) => ({ object: file, text }))];
  if (proofs.length === 0) return [];
  const secret = await readSecret(checks);
  if (secret === null) return [];
  const told = new Set<string>();
  return proofs.flatMap(({ object, text }) => {
    // One that was kept outside may be in the archive, too.
    const digest = createHash('sha256').update(text).digest('hex');
    if (told.has(digest)) return [];
    told.add(digest);
    const proof = parseSlotProof(text);
    if (proof !== null) return judge(checks, { object, proof, secret });
    findings.problem({ code: 'slot-proof-false', object, fact: 'malformed' });
    return [];
  });
}

function judge(
  { findings, tenantId, request }: WitnessChecks & { request: WitnessRequest },
  { object, proof, secret }: { object: string; proof: SlotProof; secret: Uint8Array },
): Witnessed[] {
  const { policy } = request;
  const logKeys = policy.logs.map(({ text }) => text);
  const checked = checkSlotProof(proof, { logKeys, secret, tenantId });
  if (!checked.ok && checked.code === 'other-log') {
    // Of a log that the policy does not speak of nothing is known.
    findings.warning({ code: 'witness-log-unknown', object });
    return [];
  }
  const isOurs = proof.head.origin === logOrigin(tenantId);
  if (!checked.ok || !isOurs) {
    findings.problem({ code: 'slot-proof-false', object, fact: checked.ok ? 'other-organisation' : checked.code });
    return [];
  }
  const cosigned = cosignaturesOf(
    checked.checkpoint,
    policy.witnesses.map(({ key }) => key),
  );
  const names = new Set(
    policy.witnesses.filter(({ key }) => cosigned.some((found) => found.key === key)).map(({ name }) => name),
  );
  if (!meetsQuorum(policy, names)) {
    findings.warning({ code: 'witness-quorum-missing', object, fact: String(names.size) });
    return [];
  }
  const times = cosigned.map(({ at }) => at).filter((at) => at > 0);
  const at = times.length === 0 ? null : new Date(Math.min(...times) * 1000);
  const { size, root } = proof.head;
  const witnesses = [...new Set(cosigned.map(({ key }) => key.name))];
  return [{ object, size, root, at, witnesses }];
}

async function readOwn({ store, findings }: WitnessChecks): Promise<{ object: string; text: string }[]> {
  const found: { object: string; text: string }[] = [];
  for await (const object of store.walk(folder)) {
    if (object === secretFile) continue;
    if (!proofForm.test(object)) {
      findings.warning({ code: 'unknown-file', object });
      continue;
    }
    const bytes = await readObject({ store, findings }, object);
    if (typeof bytes !== 'string') found.push({ object, text: bytes.toString('utf8') });
  }
  return found;
}

async function readSecret({ store, findings, request }: WitnessChecks & { request: WitnessRequest }) {
  const bytes = request.secret ?? (await readObject({ store, findings }, secretFile));
  const secret = parseBlindingSecret(bytes.toString());
  if (secret === null) findings.problem({ code: 'unreadable', object: secretFile, fact: 'malformed' });
  return secret;
}

const timeOf = ({ at }: WitnessedSize): number => at?.getTime() ?? 0;
const factOf = ({ size, at }: WitnessedSize): string => `${size} ${at?.toISOString() ?? '-'}`;
