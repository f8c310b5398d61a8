/**
 * The statement that records were removed from a block, such as those that turned out to hold a card number: what it says, and
 * what it has to say by the entry of its block. Works in Node and browsers.
 */
import { decodeBase64, encodeBase64 } from './base64.ts';
import type { BlockHeader } from './block-header.ts';
import { formatBlockRanges, parseBlockRanges, type BlockRange } from './disposal.ts';
import { isHeaderName } from './header-values.ts';
import type { LogStatement, StatementValue } from './log-statement.ts';
import { isTreeSize } from './merkle-ranges.ts';

export const tombstoneKind = 'tombstone';

/** Who asked or agreed: an account. */
export interface TombstonePerson {
  readonly id: string;
  readonly name: string;
}

export interface TombstoneRule {
  /** `masking`: its rules found the records. `person`: somebody did. */
  readonly id: 'masking' | 'person';
  /** Version of the masking policy at that time. */
  readonly version: string;
  /** With its version, such as `pci:4.0.1:3.5.1`. */
  readonly requirement: string;
}

/** The body of the object that takes the block's place. */
export interface ReplacementBody {
  readonly bodySha256: Uint8Array;
  readonly bodyLength: number;
  readonly dataKeyId: string;
}

export interface Tombstone {
  readonly block: number;
  /** Positions of the removed records in the block: ascending, with a gap between any two ranges. */
  readonly ranges: readonly BlockRange[];
  readonly reason: string;
  readonly rule: TombstoneRule;
  readonly asked: TombstonePerson;
  readonly approved: TombstonePerson;
  readonly replacement: ReplacementBody;
}

/** The content of the statement. */
export function tombstoneContent(tombstone: Tombstone): LogStatement['content'] {
  const { block, ranges, reason, rule, asked, approved, replacement } = tombstone;
  return {
    block,
    records: formatBlockRanges(ranges),
    count: countOf(ranges),
    reason,
    rule: { id: rule.id, version: rule.version, requirement: rule.requirement },
    asked: { id: asked.id, name: asked.name },
    approved: { id: approved.id, name: approved.name },
    replacement: {
      bodySha256: encodeBase64(replacement.bodySha256),
      bodyLength: replacement.bodyLength,
      dataKey: replacement.dataKeyId,
    },
  };
}

const members = ['approved', 'asked', 'block', 'count', 'reason', 'records', 'replacement', 'rule'];

/** What a statement of this kind says; null when it does not say it as a tombstone does. */
export function readTombstone({ kind, content, entry }: LogStatement): Tombstone | null {
  if (kind !== tombstoneKind || Object.keys(content).sort().join() !== members.join()) return null;
  const { block, records, count, reason } = content;
  const ranges = typeof records === 'string' ? parseBlockRanges(records) : null;
  const rule = ruleOf(content['rule']);
  const asked = personOf(content['asked']);
  const approved = personOf(content['approved']);
  const replacement = replacementOf(content['replacement']);
  if (typeof block !== 'number' || !isTreeSize(block) || block >= entry || typeof reason !== 'string') return null;
  if (ranges === null || count !== countOf(ranges) || rule === null || replacement === null) return null;
  if (asked === null || approved === null || asked.id === approved.id) return null;
  return { block, ranges, reason, rule, asked, approved, replacement };
}

/** Whether the block of this header has the records that the tombstone removes. */
export function fitsBlock({ block, ranges }: Tombstone, header: BlockHeader): boolean {
  return header.block === block && (ranges.at(-1)?.to ?? Number.POSITIVE_INFINITY) < header.records;
}

/** How many numbers the ranges have. */
export function countOf(ranges: readonly BlockRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from + 1, 0);
}

type Member = StatementValue | undefined;

function textsOf<Name extends string>(value: Member, names: readonly Name[]): Record<Name, string> | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const found = value as Record<string, StatementValue>;
  if (Object.keys(found).length !== names.length) return null;
  return names.every((name) => typeof found[name] === 'string') ? (found as Record<Name, string>) : null;
}

function ruleOf(value: Member): TombstoneRule | null {
  const rule = textsOf(value, ['id', 'version', 'requirement']);
  return rule !== null && (rule.id === 'masking' || rule.id === 'person') ? { ...rule, id: rule.id } : null;
}

function personOf(value: Member): TombstonePerson | null {
  const person = textsOf(value, ['id', 'name']);
  return person === null || person.id === '' ? null : person;
}

function replacementOf(value: Member): ReplacementBody | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { bodySha256, bodyLength, dataKey, ...rest } = value as Record<string, StatementValue>;
  const hash = typeof bodySha256 === 'string' ? decodeBase64(bodySha256) : null;
  if (hash?.length !== 32 || typeof bodyLength !== 'number' || !isTreeSize(bodyLength) || bodyLength === 0) return null;
  if (typeof dataKey !== 'string' || !isHeaderName(dataKey) || Object.keys(rest).length > 0) return null;
  return { bodySha256: hash, bodyLength, dataKeyId: dataKey };
}
