import {
  checkEventProof,
  parseBlockHeader,
  parseCheckpoint,
  type EventProof,
  type ProofBytes,
  type ProofStepCode,
} from '@akashi/integrity/proof';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { EventRecord } from '../api-client/event.ts';

export type VerifyStepCode = 'event-as-shown' | ProofStepCode;

export interface VerifiedEvent {
  ok: boolean;
  steps: readonly { code: VerifyStepCode; ok: boolean }[];
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
  const checked = checkEventProof(proof, verifierKey, {
    sha256,
    verifyEd25519: (signature, message, publicKey) => ed25519.verify(signature, message, publicKey),
  });
  const header = parseBlockHeader(proof.header);
  const checkpoint = parseCheckpoint(proof.checkpoint);
  const isShown =
    header.ok &&
    `${header.header.block}-${proof.event.leaf}` === event.id &&
    isTheRecord(event.record, proof.event.record);
  return {
    ok: isShown && checked.ok,
    steps: [{ code: 'event-as-shown', ok: isShown }, ...checked.steps],
    block: header.ok ? header.header.block : null,
    records: header.ok ? header.header.records : null,
    root: header.ok ? base64(header.header.root) : null,
    logSize: checkpoint.ok ? checkpoint.checkpoint.size : null,
  };
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
