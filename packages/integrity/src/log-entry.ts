/** The entries of a tenant's log: the header of a block, or a statement. Everything that reads entries reads them here. */
import { maxHeaderBytes, type BlockHeader } from './block-header.ts';
import { blockObjectKey, decodeBlockHeader } from './block-object.ts';
import { decodeUtf8 } from './bytes.ts';
import {
  formatStatement,
  isStatementText,
  maxStatementBytes,
  parseStatement,
  type LogStatement,
} from './log-statement.ts';

/** What every entry has, whatever it is. */
export interface EntryFacts {
  readonly tenantId: string;
  /** Its number, which is its index in the log. */
  readonly number: number;
  readonly createdUs: number;
  /** Key of its object below the tenant's folder; null for a statement and for a heartbeat without one. */
  readonly objectKey: string | null;
}

export type LogEntry = EntryFacts &
  (
    | { readonly kind: 'block'; readonly header: BlockHeader }
    | { readonly kind: 'statement'; readonly statement: LogStatement }
  );

export type DecodedLogEntry = ({ ok: true } & LogEntry) | { ok: false; code: 'malformed'; line: number };

/** Canonical bytes of a statement. Throws a RangeError for values that no statement can carry. */
export function encodeStatement(statement: LogStatement): Buffer {
  return Buffer.from(formatStatement(statement), 'utf8');
}

/** Reads an entry; refuses every spelling but the canonical one. */
export function decodeLogEntry(bytes: Uint8Array): DecodedLogEntry {
  const text = bytes.length > maxStatementBytes ? null : decodeUtf8(bytes);
  if (text === null) return { ok: false, code: 'malformed', line: 1 };
  if (isStatementText(text)) {
    const parsed = parseStatement(text);
    if (!parsed.ok) return parsed;
    const { statement } = parsed;
    const { tenantId, entry: number, createdUs } = statement;
    return { ok: true, kind: 'statement', tenantId, number, createdUs, objectKey: null, statement };
  }
  const decoded = bytes.length > maxHeaderBytes ? malformed : decodeBlockHeader(bytes);
  if (!decoded.ok) return decoded;
  const { header } = decoded;
  const { tenantId, block: number, createdUs } = header;
  return { ok: true, kind: 'block', tenantId, number, createdUs, objectKey: blockObjectKey(header), header };
}

const malformed = { ok: false, code: 'malformed', line: 1 } as const;
