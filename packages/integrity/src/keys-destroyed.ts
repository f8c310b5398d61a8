/**
 * The statement that ends a log: the organisation is closed, the last retention is over, and the keys of what was kept are
 * destroyed (crypto-shredding). The log still verifies; what lies under these keys cannot be read by anybody.
 */
import { decodeBase64, encodeBase64 } from './base64.ts';
import { formatTime, isHeaderWord, parseTime } from './header-values.ts';
import type { DisposalRule } from './disposal.ts';
import type { LogStatement, StatementValue } from './log-statement.ts';
import { isTreeSize } from './merkle-ranges.ts';
import { sha256 } from './sha256.ts';

export const keysDestroyedKind = 'keys-destroyed';

export interface DestroyedKey {
  readonly id: string;
  /** See `keyFingerprint`; null for a key that was not there any more. */
  readonly fingerprint: Uint8Array | null;
  /** Blocks of the log that lie, or lay, under it, and their records; none for a key of the inbox. */
  readonly blocks: number;
  readonly records: number;
}

export interface KeysDestroyed {
  /** Ascending by id. Every data key that an entry of the log names is among them. */
  readonly keys: readonly DestroyedKey[];
  readonly closedUs: number;
  /** When the last retention was over. */
  readonly dueUs: number;
  readonly rule: DisposalRule;
}

const fingerprintLead = Buffer.from('akashi key fingerprint v1\n', 'utf8');

/** SHA-256 of a key behind a line that says what it is: tells whether a key is the one, and nothing of the key. */
export function keyFingerprint(key: Uint8Array): Buffer {
  return sha256(Buffer.concat([fingerprintLead, key]));
}

export function keysDestroyedContent({ keys, closedUs, dueUs, rule }: KeysDestroyed): LogStatement['content'] {
  return {
    blocks: keys.reduce((sum, { blocks }) => sum + blocks, 0),
    closed: formatTime(closedUs),
    due: formatTime(dueUs),
    keys: keys.map(({ id, fingerprint, blocks, records }) => ({
      id,
      blocks,
      records,
      fingerprint: fingerprint === null ? null : encodeBase64(fingerprint),
    })),
    records: keys.reduce((sum, { records }) => sum + records, 0),
    rule: { id: rule.id, requirement: rule.requirement },
  };
}

const members = 'blocks,closed,due,keys,records,rule';

/** What a statement of this kind says; null when it does not say it as one does. */
export function readKeysDestroyed({ kind, content }: LogStatement): KeysDestroyed | null {
  if (kind !== keysDestroyedKind || Object.keys(content).sort().join() !== members) return null;
  const { closed, due, keys: listed } = content;
  const closedUs = typeof closed === 'string' ? parseTime(closed) : null;
  const dueUs = typeof due === 'string' ? parseTime(due) : null;
  const rule = ruleOf(content['rule']);
  const keys = Array.isArray(listed) ? (listed as readonly StatementValue[]).map(keyOf) : [];
  if (closedUs === null || dueUs === null || rule === null || keys.length === 0) return null;
  if (!keys.every((key) => key !== null)) return null;
  if (keys.some(({ id }, index) => index > 0 && (keys[index - 1]?.id ?? '') >= id)) return null;
  const told = { keys, closedUs, dueUs, rule };
  const { blocks, records } = keysDestroyedContent(told);
  return content['blocks'] === blocks && content['records'] === records ? told : null;
}

function objectOf(value: StatementValue | undefined, names: string): Readonly<Record<string, StatementValue>> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.keys(value).sort().join() === names ? (value as Record<string, StatementValue>) : null;
}

function keyOf(value: StatementValue): DestroyedKey | null {
  const { id, fingerprint, blocks, records } = objectOf(value, 'blocks,fingerprint,id,records') ?? {};
  const bytes = typeof fingerprint === 'string' ? decodeBase64(fingerprint) : null;
  if (typeof id !== 'string' || !isHeaderWord(id) || (fingerprint !== null && bytes?.length !== 32)) return null;
  if (typeof blocks !== 'number' || typeof records !== 'number') return null;
  return isTreeSize(blocks) && isTreeSize(records) ? { id, fingerprint: bytes, blocks, records } : null;
}

function ruleOf(value: StatementValue | undefined): DisposalRule | null {
  const { id, requirement } = objectOf(value, 'id,requirement') ?? {};
  return typeof id === 'string' && typeof requirement === 'string' ? { id, requirement } : null;
}
