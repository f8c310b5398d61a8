import type { ReportRow } from '@akashi/report';

/** A frozen file that holds what no row is. Says the line's number, never its content. */
export class FrozenRowsError extends Error {
  override readonly name = 'FrozenRowsError';
  readonly code = 'frozen-rows-unreadable';

  constructor(line: number) {
    super(`line ${line} of the frozen rows is no row`);
  }
}

/** One line of the frozen NDJSON with its line feed. The keys have one order, so that the same row is the same bytes. */
export function ndjsonLine(row: ReportRow): string {
  const flags = row.flags.map(({ kind, details }) => ({ kind, details: details && inOrder(details, []) }));
  const followedBy = row.followedBy?.map((act) => inOrder(act, ['eventId', 'time', 'action', 'command']));
  const person = row.person && inOrder(row.person, ['id', 'name', 'certainty']);
  const approvals = row.approvals?.map((work) =>
    inOrder(work, ['number', 'target', 'purpose', 'approver', 'from', 'to']),
  );
  const clock =
    row.clock &&
    inOrder({ ...row.clock, limits: row.clock.limits && inOrder(row.clock.limits, []) }, ['group', 'state']);
  return `${JSON.stringify(inOrder({ ...row, person, flags, followedBy, approvals, clock }, rowKeys))}\n`;
}

const rowKeys = [
  'eventId',
  'time',
  'receivedAt',
  'person',
  'user',
  'authority',
  'action',
  'outcome',
  'origin',
  'object',
  'target',
  'host',
  'logGroup',
  'logStream',
  'classes',
  'command',
  'before',
  'after',
  'count',
  'approval',
  'approvals',
  'flags',
  'until',
  'followedBy',
  'clock',
  'recordSha256',
  'record',
];

/** Named keys come first, others after them by name. */
function inOrder(value: object, named: readonly string[]): Record<string, unknown> {
  const entries = new Map<string, unknown>(Object.entries(value));
  const others = [...entries.keys()].filter((key) => !named.includes(key)).toSorted();
  return Object.fromEntries([...named, ...others].map((key) => [key, entries.get(key)]));
}

/** Rows of a frozen NDJSON file, in its order. Chunks may end anywhere, also inside a character. */
export async function* readNdjson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ReportRow> {
  let pending: Uint8Array[] = [];
  let line = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      pending.push(chunk.subarray(start, end));
      line += 1;
      yield rowOfLine(pending, line);
      pending = [];
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
  }
  // A frozen file ends with a line feed; what follows its last one was cut off.
  if (pending.length > 0) throw new FrozenRowsError(line + 1);
}

const lineFeed = 0x0a;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function rowOfLine(parts: readonly Uint8Array[], line: number): ReportRow {
  const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts);
  try {
    const value: unknown = JSON.parse(utf8.decode(bytes));
    if (isRow(value)) return value;
  } catch {
    // Said below, without the text.
  }
  throw new FrozenRowsError(line);
}

/** Enough to tell a row from anything else: the file itself is proven by its sealed hash. */
function isRow(value: unknown): value is ReportRow {
  return (
    typeof value === 'object' &&
    value !== null &&
    'time' in value &&
    typeof value.time === 'string' &&
    'flags' in value &&
    Array.isArray(value.flags)
  );
}
