/**
 * A statement: an entry of the tenant's log that is no block. It says something that is to be as provable as the records
 * are, such as which blocks were disposed of and under which rule. Exactly one byte string stands for one statement.
 * A kind that a reader does not know is a statement all the same. Works in Node and browsers.
 */
import { encodeUtf8 } from './bytes.ts';
import { canonicalJson, NotCanonicalError, parseCanonicalJson } from './canonical-json.ts';
import { formatTime, HeaderLines, MalformedLine } from './header-values.ts';

/** What JSON of a statement holds: every number is a whole one that each language reads in the same way. */
export type StatementValue =
  null | boolean | number | string | readonly StatementValue[] | { readonly [name: string]: StatementValue };

export interface LogStatement {
  readonly tenantId: string;
  /** Its number in the tenant's log, which blocks and statements share. */
  readonly entry: number;
  /** What it is about: `[a-z0-9][a-z0-9-]{0,31}`. */
  readonly kind: string;
  /** Microseconds since 1970. Never earlier than the entry before it. */
  readonly createdUs: number;
  readonly content: { readonly [name: string]: StatementValue };
}

export type ParsedStatement = { ok: true; statement: LogStatement } | { ok: false; code: 'malformed'; line: number };

/** A log entry carries a 16-bit length. */
export const maxStatementBytes = 0xffff;
/** Objects and arrays within each other, the content itself among them: no reader has to fear for its stack. */
export const maxStatementDepth = 8;

const formatLine = 'akashi statement v1';
const keys = ['tenant', 'entry', 'kind', 'created', 'content'];

/** Whether the text begins as a statement does, of whatever version. */
export function isStatementText(text: string): boolean {
  return text.startsWith('akashi statement v');
}

/** The text of a statement. Throws a RangeError for values that no statement can carry. */
export function formatStatement(statement: LogStatement): string {
  const { tenantId, entry, kind, createdUs, content } = statement;
  const values = [tenantId, String(entry), kind, formatTime(createdUs), contentText(content)];
  const text = `${formatLine}\n${keys.map((key, index) => `${key}: ${values[index] ?? ''}\n`).join('')}`;
  const parsed = parseStatement(text);
  if (!parsed.ok) throw new RangeError(`statement: line ${parsed.line} has a value that no statement can carry`);
  return text;
}

function contentText(content: LogStatement['content']): string {
  try {
    return canonicalJson(content);
  } catch (cause) {
    throw new RangeError('statement: the content is no JSON', { cause });
  }
}

/** Reads the text of a statement; `line` (from 1) is where it stopped being one. */
export function parseStatement(text: string): ParsedStatement {
  const lines = text.split('\n');
  if (encodeUtf8(text).length > maxStatementBytes || lines[0] !== formatLine)
    return { ok: false, code: 'malformed', line: 1 };
  try {
    const read = new HeaderLines(lines, keys);
    const statement = {
      tenantId: read.name('tenant'),
      entry: read.count('entry'),
      kind: read.word('kind'),
      createdUs: read.time('created'),
      content: readContent(read),
    };
    return { ok: true, statement };
  } catch (error) {
    if (error instanceof MalformedLine) return { ok: false, code: 'malformed', line: error.line };
    throw error;
  }
}

function readContent(read: HeaderLines): LogStatement['content'] {
  try {
    const text = read.text('content');
    if (isNestedDeeper(text)) return read.refuse('content');
    const value = parseCanonicalJson(encodeUtf8(text));
    return isPlainObject(value) && isStatementValue(value) ? value : read.refuse('content');
  } catch (error) {
    if (error instanceof NotCanonicalError) return read.refuse('content');
    throw error;
  }
}

/** Told from the text, before anything walks down into it. */
function isNestedDeeper(text: string): boolean {
  let depth = 0;
  let isInText = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') isInText = !isInText;
    else if (isInText && character === '\\') index++;
    else if (isInText) continue;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > maxStatementDepth) return true;
  }
  return false;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isStatementValue(value: unknown): value is LogStatement['content'] {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(isStatementValue);
}
