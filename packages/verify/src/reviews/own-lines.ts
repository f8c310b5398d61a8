/** The lines of `akashi/reviews` and `akashi/reports` in an opened block: what the product says of reviews and reports. */
import { readBlockOrigins, readBlockRecords } from '@akashi/integrity';

export interface OwnLine {
  block: number;
  leaf: number;
  group: 'reviews' | 'reports';
  text: string;
}

const groups: Readonly<Record<string, OwnLine['group']>> = { 'akashi/reviews': 'reviews', 'akashi/reports': 'reports' };

/** What each origin of a block names as its log group, in their order. */
export function logGroupsOf(payload: Uint8Array): unknown[] {
  return readBlockOrigins(payload).map(
    (origin) => (JSON.parse(origin.toString('utf8')) as { logGroup?: unknown }).logGroup,
  );
}

/** In the order of the block. Most blocks hold none, and their records are not walked.. */
export function ownLinesOf(block: number, payload: Uint8Array, logGroups = logGroupsOf(payload)): OwnLine[] {
  const byOrigin = new Map<number, OwnLine['group']>();
  for (const [index, logGroup] of logGroups.entries()) {
    const group = groups[String(logGroup)];
    if (group !== undefined) byOrigin.set(index, group);
  }
  if (byOrigin.size === 0) return [];
  const lines: OwnLine[] = [];
  for (const { leaf, originIndex, record, isRemoved } of readBlockRecords(payload)) {
    const group = isRemoved ? undefined : byOrigin.get(originIndex);
    if (group !== undefined) lines.push({ block, leaf, group, text: record.toString('utf8') });
  }
  return lines;
}

/** A member of a JSON value, whatever the value is. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** The value of a line of JSON; undefined for any other line. */
export function readLine(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
