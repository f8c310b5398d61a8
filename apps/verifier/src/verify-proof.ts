/** Checks one record's proof, a `.tlog-proof` file (C2SP tlog-proof), with the verifier key alone. */
import { statSync } from 'node:fs';
import {
  checkEventProof,
  decodeBlockHeader,
  eventProofOfTlog,
  formatTime,
  parseCheckpoint,
  sha256,
  verifyEd25519,
  type EventProof,
  type ProofBytes,
  type ProofStepCode,
} from '@akashi/integrity';
import type { Language } from './messages.ts';
import { readText } from './outside-proofs.ts';
import { UsageError } from './usage-error.ts';

export function isProofFile(place: string): boolean {
  return place.endsWith('.tlog-proof') && statSync(place, { throwIfNoEntry: false })?.isFile() === true;
}

const stepWords: Record<ProofStepCode, Record<Language, string>> = {
  'record-in-block': {
    en: 'The record is not the one that was sealed at this place of the block.',
    ja: '記録が、ブロックのこの位置に封印されたものと一致しません。',
  },
  'block-header': {
    en: 'The block header is malformed, or of another log than that of the key you gave.',
    ja: 'ブロックのヘッダーが正しくないか、指定された鍵とは別のログのものです。',
  },
  'block-in-log': {
    en: 'The block is not in the log that the checkpoint commits to.',
    ja: 'ブロックが、チェックポイントの示すログに含まれていません。',
  },
  'checkpoint-signature': {
    en: 'The checkpoint is not signed by the key that you gave.',
    ja: 'チェックポイントに、指定された鍵の署名がありません。',
  },
};

interface ProofFacts {
  block: number;
  leaf: number;
  size: number;
  receivedAt: string;
  record: string;
}

function factsOf({ event, header, checkpoint }: EventProof): ProofFacts | null {
  const decoded = decodeBlockHeader(Buffer.from(header));
  const parsed = parseCheckpoint(checkpoint);
  if (!decoded.ok || !parsed.ok) return null;
  const { leaf, receivedAtUs, record } = event;
  return {
    block: decoded.header.block,
    leaf,
    size: parsed.checkpoint.size,
    receivedAt: formatTime(receivedAtUs),
    record: textOf(record),
  };
}

function textOf(record: ProofBytes): string {
  return 'text' in record ? record.text : Buffer.from(record.base64, 'base64').toString('latin1');
}

/** Terminals must not act on what a record holds. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

export function verifyProof(
  file: string,
  { verifierKey, json, language }: { verifierKey: string; json: boolean; language: Language },
): { text: string; exitCode: 0 | 1 } {
  const proof = eventProofOfTlog(readText(file, 'the proof'));
  if (proof === null) throw new UsageError(`${file} is not the proof of a record (C2SP tlog-proof).`);
  const { ok, steps } = checkEventProof(proof, verifierKey, { sha256, verifyEd25519 });
  const failed = steps.filter((step) => !step.ok).map(({ code }) => code);
  // Nothing is said of a record that is not proven to be one.
  const facts = ok ? factsOf(proof) : null;
  const exitCode = ok ? 0 : 1;
  if (json) return { text: `${JSON.stringify({ ok, failed, ...facts })}\n`, exitCode };
  if (facts === null) {
    const lead = language === 'ja' ? `証明できません: ${file}` : `NOT PROVEN: ${file}`;
    return { text: [lead, ...failed.map((code) => `  ${stepWords[code][language]}`), ''].join('\n'), exitCode };
  }
  const { block, leaf, size, receivedAt, record } = facts;
  const lead =
    language === 'ja'
      ? `証明済み: この記録は ${receivedAt} に受信され、ログのブロック ${block}、リーフ番号 ${leaf} に封印されています (サイズ ${size} のチェックポイント)。記録の内容が事実であることは証明しません。`
      : `PROVEN: this record was received at ${receivedAt} and is sealed as leaf ${leaf} of block ${block} of the log (checkpoint of size ${size}). That what it says is true, no proof shows.`;
  return { text: `${lead}\n  ${printable(record)}\n`, exitCode };
}
