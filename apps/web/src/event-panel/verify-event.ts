import {
  checkEventProof,
  checkWithheldProof,
  parseBlockHeader,
  parseCheckpoint,
  tlogProofOfEvent,
  type CheckpointPrimitives,
  type EventProof,
  type ProofBytes,
  type ProofStepCode,
  type WithheldProof,
} from '@akashi/integrity/proof';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { EventRecord } from '../api-client/event.ts';

export type VerifyStepCode =
  'event-as-shown' | 'fields-as-sealed' | 'line-as-sealed' | 'event-place' | 'hash-in-block' | ProofStepCode;

export interface VerifiedEvent {
  ok: boolean;
  /** `ok` is null for what cannot be verified without the line. */
  steps: readonly { code: VerifyStepCode; ok: boolean | null }[];
  /** Fields that are not those of the sealed record, as the server compared them just now. */
  differing: readonly string[];
  /** The hash that stands for a line that is hidden from the reader. */
  leafHash: string | null;
  checkpoint: string;
  /** The proof for any checker of transparency logs (C2SP tlog-proof); null when the line is hidden. */
  tlogProof: string | null;
  /** Facts of the proof, for words; null where the proof could not be read. */
  block: number | null;
  records: number | null;
  root: string | null;
  logSize: number | null;
}

export interface GivenProof {
  proof: EventProof;
  verifierKey: string;
  /** The server's own comparison of the fields with what the sealed record gives; null when it made none. */
  differing: readonly string[] | null;
}

/**
 * Recomputes the proof here, from the text and the times on the screen up to the signature. Two things are taken from
 * the server: the key (who pins it elsewhere can check with `akashi-verify`), and whether the fields are those that the
 * line gives, as reading lines takes all of the product's formats.
 */
export function verifyEvent(event: EventRecord, { proof, verifierKey, differing }: GivenProof): VerifiedEvent {
  const checked = checkEventProof(proof, verifierKey, primitives);
  const isShown =
    isPlaceOf(event, proof.header, proof.event.leaf) &&
    isTheRecord(event.record, proof.event.record) &&
    microsOf(event.receivedAt) === proof.event.receivedAtUs;
  const fieldsOk = differing === null ? null : differing.length === 0;
  return {
    ok: isShown && checked.ok && fieldsOk !== false,
    steps: [{ code: 'event-as-shown', ok: isShown }, { code: 'fields-as-sealed', ok: fieldsOk }, ...checked.steps],
    differing: differing ?? [],
    leafHash: null,
    tlogProof: tlogProofOfEvent(proof),
    ...factsOf(proof),
  };
}

/** The same from the hash of a line that is hidden from the reader; what only the line could tell stays unverified. */
export function verifyWithheldEvent(event: EventRecord, proof: WithheldProof, verifierKey: string): VerifiedEvent {
  const checked = checkWithheldProof(proof, verifierKey, primitives);
  const isHere = isPlaceOf(event, proof.header, proof.leaf);
  return {
    ok: isHere && checked.ok,
    steps: [
      { code: 'line-as-sealed', ok: null },
      { code: 'event-place', ok: isHere },
      ...checked.steps.map(
        ({ code, ok }) => ({ code: code === 'record-in-block' ? 'hash-in-block' : code, ok }) as const,
      ),
    ],
    differing: [],
    leafHash: proof.leafHash,
    tlogProof: null,
    ...factsOf(proof),
  };
}

const primitives: CheckpointPrimitives = {
  sha256,
  verifyEd25519: (signature, message, publicKey) => ed25519.verify(signature, message, publicKey),
};

function factsOf(
  proof: Pick<EventProof, 'header' | 'checkpoint'>,
): Pick<VerifiedEvent, 'block' | 'records' | 'root' | 'logSize' | 'checkpoint'> {
  const header = parseBlockHeader(proof.header);
  const checkpoint = parseCheckpoint(proof.checkpoint);
  return {
    block: header.ok ? header.header.block : null,
    records: header.ok ? header.header.records : null,
    root: header.ok ? base64(header.header.root) : null,
    logSize: checkpoint.ok ? checkpoint.checkpoint.size : null,
    checkpoint: proof.checkpoint,
  };
}

function isPlaceOf(event: EventRecord, header: string, leaf: number): boolean {
  const parsed = parseBlockHeader(header);
  if (!parsed.ok) return false;
  // An event that was shown before it was sealed had no place to compare.
  return event.block === null || (parsed.header.block === event.block && leaf === event.leaf);
}

/** Bytes that are no UTF-8 are shown with replacement characters, so the sealed bytes are read the same way. */
function isTheRecord(shown: string, sealed: ProofBytes): boolean {
  if ('text' in sealed) return sealed.text === shown;
  const bytes = Uint8Array.from(atob(sealed.base64), (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) === shown;
}

/** Microseconds of an RFC 3339 time; its digits beyond milliseconds are more than a clock's number holds. */
function microsOf(moment: string): number {
  const digits = /\.(\d{1,6})/.exec(moment)?.[1] ?? '';
  return Math.floor(Date.parse(moment.replace(/\.\d+/, '')) * 1000) + Number(digits.padEnd(6, '0'));
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
