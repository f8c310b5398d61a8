/**
 * The statement that blocks were disposed of when their time was over: what it says, and what it has to say by the entries of
 * its blocks. Works in Node and browsers but for the root.
 */
import { decodeBase64, encodeBase64 } from './base64.ts';
import type { BlockHeader } from './block-header.ts';
import { formatTime, isHeaderWord, parseTime } from './header-values.ts';
import type { LogStatement, StatementValue } from './log-statement.ts';
import { isTreeSize } from './merkle-ranges.ts';
import { hashLeaf, merkleRoot } from './merkle-tree.ts';

export const disposalKind = 'disposal';

/** Of what nobody said until when it stays: blocks of version 1. */
const version1KeptUs = 365 * 86_400_000_000;

/** Numbers of blocks from `from` up to `to`, both among them. */
export interface BlockRange {
  readonly from: number;
  readonly to: number;
}

/** What the entries of the disposed blocks give. */
export interface DisposedBlocks {
  readonly count: number;
  readonly records: number;
  readonly firstReceivedUs: number | null;
  readonly lastReceivedUs: number | null;
  /** Retention policies, each once, ascending. */
  readonly policies: readonly string[];
  /** RFC 6962 root over the leaf hashes of their entries, in order. */
  readonly root: Uint8Array;
}

export interface DisposalRule {
  readonly id: string;
  /** With its version, such as `pci:4.0.1:10.5.1`. */
  readonly requirement: string;
}

export interface Disposal extends DisposedBlocks {
  /** Ascending, with a gap between any two. */
  readonly ranges: readonly BlockRange[];
  /** When the last of the blocks was due. */
  readonly dueUs: number;
  readonly rule: DisposalRule;
}

export interface SealedHeader {
  readonly bytes: Uint8Array;
  readonly header: BlockHeader;
}

/** Until when a block had to be kept by its own header, microseconds since 1970. */
export function keepUntilOf(header: BlockHeader): number | 'never' {
  if (header.version === 1) return (header.lastReceivedUs ?? header.createdUs) + version1KeptUs;
  return header.keepUntilUs ?? 'never';
}

/** Adds up what a disposal of these blocks, given in the order of the log, has to say. */
export function sumDisposed(blocks: readonly SealedHeader[]): DisposedBlocks {
  const received = blocks.flatMap(({ header }) =>
    header.firstReceivedUs === null || header.lastReceivedUs === null ? [] : [header],
  );
  const policies = blocks.flatMap(({ header }) => (header.version === 2 ? (header.policy ?? []) : []));
  return {
    count: blocks.length,
    records: blocks.reduce((sum, { header }) => sum + header.records, 0),
    firstReceivedUs: earliest(received.map(({ firstReceivedUs }) => firstReceivedUs ?? 0)),
    lastReceivedUs: latest(received.map(({ lastReceivedUs }) => lastReceivedUs ?? 0)),
    policies: [...new Set(policies)].sort(),
    root: merkleRoot(blocks.map(({ bytes }) => hashLeaf(bytes))),
  };
}

/** Not by spreading: a disposal may have more blocks than a call has room for. */
function earliest(times: readonly number[]): number | null {
  return times.reduce<number | null>((found, time) => (found === null || time < found ? time : found), null);
}

function latest(times: readonly number[]): number | null {
  return times.reduce<number | null>((found, time) => (found === null || time > found ? time : found), null);
}

/** The content of the statement. */
export function disposalContent(disposal: Disposal): LogStatement['content'] {
  const { ranges, count, records, firstReceivedUs, lastReceivedUs, policies, root, dueUs, rule } = disposal;
  return {
    blocks: formatBlockRanges(ranges),
    count,
    records,
    firstReceived: firstReceivedUs === null ? null : formatTime(firstReceivedUs),
    lastReceived: lastReceivedUs === null ? null : formatTime(lastReceivedUs),
    policies,
    root: encodeBase64(root),
    due: formatTime(dueUs),
    rule: { id: rule.id, requirement: rule.requirement },
  };
}

const members = ['blocks', 'count', 'due', 'firstReceived', 'lastReceived', 'policies', 'records', 'root', 'rule'];

/** What a statement of this kind says; null when it does not say it as a disposal does. */
export function readDisposal({ kind, content }: LogStatement): Disposal | null {
  if (kind !== disposalKind || Object.keys(content).sort().join() !== members.join()) return null;
  const { blocks, count, records, policies, root, due } = content;
  const ranges = typeof blocks === 'string' ? parseBlockRanges(blocks) : null;
  const rootBytes = typeof root === 'string' ? decodeBase64(root) : null;
  const dueUs = timeOf(due);
  const first = timeOrNull(content['firstReceived']);
  const last = timeOrNull(content['lastReceived']);
  const rule = ruleOf(content['rule']);
  if (ranges === null || rootBytes?.length !== 32 || dueUs === null || rule === null) return null;
  if (first === undefined || last === undefined || !isCount(count) || !isCount(records) || !isWords(policies))
    return null;
  return {
    ranges,
    count,
    records,
    firstReceivedUs: first,
    lastReceivedUs: last,
    policies,
    root: rootBytes,
    dueUs,
    rule,
  };
}

/** Whether the statement says of its blocks what their entries do. */
export function saysOfBlocks(disposal: Disposal, blocks: DisposedBlocks): boolean {
  return (
    disposal.count === blocks.count &&
    disposal.records === blocks.records &&
    disposal.firstReceivedUs === blocks.firstReceivedUs &&
    disposal.lastReceivedUs === blocks.lastReceivedUs &&
    disposal.policies.join() === blocks.policies.join() &&
    encodeBase64(disposal.root) === encodeBase64(blocks.root)
  );
}

/** The ranges of ascending numbers. */
export function blockRangesOf(numbers: readonly number[]): BlockRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last?.to === number - 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  return ranges;
}

export function formatBlockRanges(ranges: readonly BlockRange[]): string {
  return ranges.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

const rangeForm = /^(0|[1-9]\d{0,15})(?:-([1-9]\d{0,15}))?$/;

/** Null for anything but the one spelling. */
export function parseBlockRanges(text: string): BlockRange[] | null {
  const ranges: BlockRange[] = [];
  let next = 0;
  for (const part of text.split(',')) {
    const match = rangeForm.exec(part);
    const from = Number(match?.[1] ?? Number.NaN);
    const to = match?.[2] === undefined ? from : Number(match[2]);
    if (!isTreeSize(from) || !isTreeSize(to) || from < next || (match?.[2] !== undefined && to <= from)) return null;
    ranges.push({ from, to });
    next = to + 2;
  }
  return ranges;
}

export function numbersOf(ranges: readonly BlockRange[]): number[] {
  return ranges.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

export function isInRanges(ranges: readonly BlockRange[], number: number): boolean {
  let [low, high] = [0, ranges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle]?.to ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return (ranges[low]?.from ?? Number.POSITIVE_INFINITY) <= number;
}

type Member = StatementValue | undefined;

function isCount(value: Member): value is number {
  return typeof value === 'number' && isTreeSize(value);
}

function isWords(value: Member): value is readonly string[] {
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string' && isHeaderWord(each))) return false;
  return value.every((each: string, index) => index === 0 || (value[index - 1] as string) < each);
}

function timeOf(value: Member): number | null {
  return typeof value === 'string' ? parseTime(value) : null;
}

/** Undefined for what is neither a time nor null. */
function timeOrNull(value: Member): number | null | undefined {
  return value === null ? null : (timeOf(value) ?? undefined);
}

function ruleOf(value: Member): DisposalRule | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { id, requirement, ...rest } = value as Record<string, StatementValue>;
  if (typeof id !== 'string' || typeof requirement !== 'string' || Object.keys(rest).length > 0) return null;
  return { id, requirement };
}
