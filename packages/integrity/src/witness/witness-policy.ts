/** Who has to have seen a checkpoint (C2SP tlog-policy): logs, witnesses, groups of them, and the quorum. */
import { parseVerifierKeyWith, type VerifierKey } from '../signed-note.ts';
import { sha256 } from '../sha256.ts';
import { parseCosignerKey, type CosignerKey } from './cosigner-key.ts';

export interface PolicyLog {
  /** The vkey, as it stands. */
  readonly text: string;
  readonly key: VerifierKey;
  readonly url: string | null;
}

export interface PolicyWitness {
  /** Its name in the policy, which means nothing outside. */
  readonly name: string;
  readonly key: CosignerKey;
  /** The submission prefix of tlog-witness. */
  readonly url: string | null;
}

export interface WitnessPolicy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly groups: ReadonlyMap<string, { readonly atLeast: number; readonly members: readonly string[] }>;
  /** The name of a witness or a group, or `none`. */
  readonly quorum: string;
}

export type PolicyFault =
  | 'unknown-line'
  | 'bad-key'
  | 'duplicate-key'
  | 'bad-name'
  | 'unknown-name'
  | 'bad-group'
  | 'two-quorums'
  | 'no-quorum'
  | 'bad-character'
  | 'too-long';
/** `line` counts from 1; 0 stands for the whole file. */
export type ParsedPolicy = { ok: true; policy: WitnessPolicy } | { ok: false; code: PolicyFault; line: number };

const noQuorum = 'none';
const maxPolicyCharacters = 256 * 1024;
const mostLines = 1000;

class PolicyError extends Error {
  readonly code: PolicyFault;

  constructor(code: PolicyFault) {
    super(code);
    this.code = code;
  }
}

interface Draft {
  logs: PolicyLog[];
  witnesses: PolicyWitness[];
  groups: Map<string, { atLeast: number; members: string[] }>;
  taken: Set<string>;
  members: Set<string>;
  quorum: string | null;
}

const readers = new Map([
  ['log', readLog],
  ['witness', readWitness],
  ['group', readGroup],
  ['quorum', readQuorum],
]);

/** Reads a policy. Names are compared byte for byte, as the specification asks. */
export function parseWitnessPolicy(text: string): ParsedPolicy {
  if (text.length > maxPolicyCharacters) return { ok: false, code: 'too-long', line: 0 };
  const lines = text.split('\n');
  if (lines.length > mostLines) return { ok: false, code: 'too-long', line: 0 };
  const draft: Draft = {
    logs: [],
    witnesses: [],
    groups: new Map(),
    taken: new Set([noQuorum]),
    members: new Set(),
    quorum: null,
  };
  for (const [index, line] of lines.entries()) {
    try {
      readLine(draft, line);
    } catch (cause) {
      if (!(cause instanceof PolicyError)) throw cause;
      return { ok: false, code: cause.code, line: index + 1 };
    }
  }
  const { logs, witnesses, groups, quorum } = draft;
  if (quorum === null) return { ok: false, code: 'no-quorum', line: 0 };
  return { ok: true, policy: { logs, witnesses, groups, quorum } };
}

/** Whether these witnesses, by their names in the policy, are enough of them. */
export function meetsQuorum({ groups, quorum }: WitnessPolicy, names: ReadonlySet<string>): boolean {
  const hasSeen = (name: string): boolean => {
    const group = groups.get(name);
    return group === undefined ? names.has(name) : group.members.filter(hasSeen).length >= group.atLeast;
  };
  return quorum === noQuorum || hasSeen(quorum);
}

function readLine(draft: Draft, line: string): void {
  if (/[^\t\u0080-\u009f\P{Cc}]/u.test(line)) throw new PolicyError('bad-character');
  const items = line.split(/[ \t]+/).filter((item) => item !== '');
  const [keyword = '', ...rest] = items;
  if (keyword === '' || keyword.startsWith('#')) return;
  const read = readers.get(keyword);
  if (read === undefined) throw new PolicyError('unknown-line');
  read(draft, rest);
}

function readLog({ logs }: Draft, [text = '', url, ...more]: readonly string[]): void {
  const key = parseVerifierKeyWith(text, sha256);
  if (key === null || more.length > 0) throw new PolicyError('bad-key');
  if (logs.some((log) => sameBytes(log.key.publicKey, key.publicKey))) throw new PolicyError('duplicate-key');
  logs.push({ text, key, url: url ?? null });
}

function readWitness(draft: Draft, [name = '', vkey = '', url, ...more]: readonly string[]): void {
  const key = parseCosignerKey(vkey);
  if (key === null || more.length > 0) throw new PolicyError('bad-key');
  if (draft.witnesses.some((other) => sameBytes(other.key.publicKey, key.publicKey))) {
    throw new PolicyError('duplicate-key');
  }
  take(draft, name);
  draft.witnesses.push({ name, key, url: url ?? null });
}

function readGroup(draft: Draft, [name = '', count = '', ...members]: readonly string[]): void {
  for (const member of members) {
    if (member === noQuorum || !draft.taken.has(member)) throw new PolicyError('unknown-name');
    if (draft.members.has(member)) throw new PolicyError('bad-group');
    draft.members.add(member);
  }
  const named = count === 'all' ? members.length : count === 'any' ? 1 : null;
  const atLeast = named ?? (/^[1-9]\d*$/.test(count) ? Number(count) : 0);
  if (atLeast < 1 || atLeast > members.length) throw new PolicyError('bad-group');
  take(draft, name);
  draft.groups.set(name, { atLeast, members: [...members] });
}

function readQuorum(draft: Draft, [name = '', ...more]: readonly string[]): void {
  if (draft.quorum !== null) throw new PolicyError('two-quorums');
  if (more.length > 0 || !draft.taken.has(name)) throw new PolicyError('unknown-name');
  draft.quorum = name;
}

function take({ taken }: Draft, name: string): void {
  if (name === '' || taken.has(name)) throw new PolicyError('bad-name');
  taken.add(name);
}

function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return Buffer.from(left).equals(right);
}
