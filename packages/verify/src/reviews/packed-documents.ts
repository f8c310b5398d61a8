/** Documents of reviews as they are sealed: packed (raw deflate, base64url) on one line or on several. */
import { inflateRawSync } from 'node:zlib';
import { NotCanonicalError, parseCanonicalJson, sha256 } from '@akashi/integrity';
import { memberOf, readLine, type OwnLine } from './own-lines.ts';

const kinds = ['record', 'addendum', 'signature', 'credential', 'credential-end'] as const;
export type DocumentKind = (typeof kinds)[number];

export interface SealedDocument {
  kind: DocumentKind;
  /** Of the line that it ends on. */
  block: number;
  leaf: number;
  /** Hexadecimal, of its canonical bytes. */
  sha256: string;
  value: unknown;
}

/** A document that its lines do not give. */
export interface BrokenDocument {
  block: number;
  leaf: number;
  fact: 'packing' | 'pieces' | 'sha256' | 'spelling';
}

interface Piece {
  line: OwnLine;
  kind: DocumentKind;
  sha256: string;
  piece: number;
  pieces: number;
  body: string;
}

/** A record has a few hundred kilobytes at most. */
const maxDocumentBytes = 256 * 1024 * 1024;

/** Lines that hold no document, such as that of a missed review, are left out. */
export function readDocuments(lines: readonly OwnLine[]): { documents: SealedDocument[]; broken: BrokenDocument[] } {
  const documents: SealedDocument[] = [];
  const broken: BrokenDocument[] = [];
  const waiting = new Map<string, Piece[]>();
  for (const line of lines) {
    const piece = pieceOf(line);
    if (piece === null) continue;
    if (piece === 'broken') {
      broken.push({ block: line.block, leaf: line.leaf, fact: 'packing' });
      continue;
    }
    const name = `${piece.kind} ${piece.sha256} ${piece.pieces}`;
    const found = [...(waiting.get(name) ?? []), piece];
    if (found.length < piece.pieces) {
      waiting.set(name, found);
      continue;
    }
    waiting.delete(name);
    const opened = open(found);
    if ('fact' in opened) broken.push(opened);
    else documents.push(opened);
  }
  for (const [first] of waiting.values()) {
    if (first !== undefined) broken.push({ block: first.line.block, leaf: first.line.leaf, fact: 'pieces' });
  }
  return { documents, broken };
}

function pieceOf(line: OwnLine): Piece | 'broken' | null {
  const review = memberOf(readLine(line.text), 'akashi', 'review');
  const document = memberOf(review, 'document');
  if (document === undefined) return null;
  const kind = kinds.find((each) => each === document);
  const [digest, piece, pieces, body] = ['sha256', 'piece', 'pieces', 'body'].map((name) => memberOf(review, name));
  if (kind === undefined || typeof digest !== 'string' || typeof body !== 'string') return 'broken';
  if (!Number.isSafeInteger(piece) || !Number.isSafeInteger(pieces) || Number(pieces) < 1) return 'broken';
  return { line, kind, sha256: digest, piece: Number(piece), pieces: Number(pieces), body };
}

function open(found: readonly Piece[]): SealedDocument | BrokenDocument {
  const pieces = found.toSorted((left, right) => left.piece - right.piece);
  const last = pieces.at(-1) as Piece;
  const { block, leaf } = last.line;
  if (pieces.some(({ piece }, index) => piece !== index + 1)) return { block, leaf, fact: 'pieces' };
  let bytes: Buffer;
  try {
    const packed = Buffer.from(pieces.map(({ body }) => body).join(''), 'base64url');
    bytes = inflateRawSync(packed, { maxOutputLength: maxDocumentBytes });
  } catch {
    return { block, leaf, fact: 'packing' };
  }
  if (sha256(bytes).toString('hex') !== last.sha256) return { block, leaf, fact: 'sha256' };
  try {
    return { kind: last.kind, block, leaf, sha256: last.sha256, value: parseCanonicalJson(bytes) };
  } catch (error) {
    if (error instanceof NotCanonicalError) return { block, leaf, fact: 'spelling' };
    throw error;
  }
}
