import {
  checkEventProof,
  checkWithheldProof,
  parseBlockHeader,
  parseCheckpoint,
  type CheckpointPrimitives,
  type EventProof,
  type ProofBytes,
  type ProofStepCode,
  type WithheldProof,
} from '@akashi/integrity/proof';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { EventRecord } from '../api-client/event.ts';

export type VerifyStepCode = 'event-as-shown' | 'line-as-sealed' | 'event-place' | 'hash-in-block' | ProofStepCode;

export interface VerifiedEvent {
  ok: boolean;
  /** `ok` is null for what cannot be verified without the line. */
  steps: readonly { code: VerifyStepCode; ok: boolean | null }[];
  /** The hash that stands for a line that is hidden from the reader. */
  leafHash: string | null;
  checkpoint: string;
  /** Facts of the proof, for words; null where the proof could not be read. */
  block: number | null;
  records: number | null;
  root: string | null;
  logSize: number | null;
}

/**
 * Recomputes the proof here, from the text on the screen up to the signature: nothing the server says about the result
 * is used. Only the key is taken on trust; who pins it elsewhere can check with `akashi-verify`.
 */
export function verifyEvent(event: EventRecord, proof: EventProof, verifierKey: string): VerifiedEvent {
  const checked = checkEventProof(proof, verifierKey, primitives);
  const isShown = isPlaceOf(event, proof.header, proof.event.leaf) && isTheRecord(event.record, proof.event.record);
  return {
    ok: isShown && checked.ok,
    steps: [{ code: 'event-as-shown', ok: isShown }, ...checked.steps],
    leafHash: null,
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
    leafHash: proof.leafHash,
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
  return parsed.ok && `${parsed.header.block}-${leaf}` === event.id;
}

/** Bytes that are no UTF-8 are shown with replacement characters, so the sealed bytes are read the same way. */
function isTheRecord(shown: string, sealed: ProofBytes): boolean {
  if ('text' in sealed) return sealed.text === shown;
  const bytes = Uint8Array.from(atob(sealed.base64), (character) => character.charCodeAt(0));
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) === shown;
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
