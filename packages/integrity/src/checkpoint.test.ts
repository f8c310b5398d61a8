import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { formatVerifierKey, parseVerifierKey, signCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { logOrigin } from './log-origin.ts';
import { hashLeaf } from './merkle-tree.ts';
import { parseCheckpoint } from './signed-note.ts';

/** Exhaustive loops on a machine that may be busy. */
vi.setConfig({ testTimeout: 30_000 });

/** An Ed25519 key from a fixed seed: PKCS #8 (RFC 8410) around 32 bytes. */
function keyFromSeed(byte: number) {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

const key = keyFromSeed(1);
const origin = logOrigin('7b0c3f3a-58a8-4b6a-9f3e-0d8f0a4a2f11');
const head = { origin, size: 42, root: hashLeaf(Buffer.from('root')) };
const verifierKey = formatVerifierKey(origin, key.publicKey);
const note = signCheckpoint(head, key.privateKey);

describe('verifier keys', () => {
  test('have the form of the Go checksum database key', () => {
    const published = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8';
    const parsed = parseVerifierKey(published);
    expect(parsed?.origin).toBe('sum.golang.org');
    expect(parsed && formatVerifierKey(parsed.origin, parsed.publicKey)).toBe(published);
  });

  test('any change of a character is refused', () => {
    for (let index = 0; index < verifierKey.length; index++) {
      const other = verifierKey[index] === 'A' ? 'B' : 'A';
      expect(parseVerifierKey(verifierKey.slice(0, index) + other + verifierKey.slice(index + 1))).toBeNull();
    }
  });
});

describe('checkpoints', () => {
  test('verify with the pinned key', () => {
    expect(verifyCheckpoint(note, verifierKey)).toMatchObject({
      ok: true,
      checkpoint: { origin, size: 42, root: new Uint8Array(head.root) },
    });
    expect(signCheckpoint(head, key.privateKey)).toBe(note);
    const empty = signCheckpoint({ ...head, size: 0 }, key.privateKey);
    expect(verifyCheckpoint(Buffer.from(empty), verifierKey).ok).toBe(true);
  });

  test('are refused for another key, another origin, and a signature that does not fit', () => {
    const other = keyFromSeed(2);
    expect(verifyCheckpoint(note, formatVerifierKey(origin, other.publicKey))).toMatchObject({ code: 'unknown-key' });
    const elsewhere = logOrigin('another-tenant');
    expect(verifyCheckpoint(note, formatVerifierKey(elsewhere, key.publicKey))).toMatchObject({ code: 'other-origin' });
    const larger = note.replace('\n42\n', '\n43\n');
    expect(verifyCheckpoint(larger, verifierKey)).toEqual({ ok: false, code: 'bad-signature' });
    expect(verifyCheckpoint(note, 'no key')).toEqual({ ok: false, code: 'malformed-key' });
  });

  test('ignore signatures of unknown keys, but not a false one in the name of the pinned key', () => {
    const stranger = '— witness.example/w AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n';
    expect(verifyCheckpoint(note + stranger, verifierKey).ok).toBe(true);
    const blank = note.lastIndexOf('\n\n') + 2;
    expect(verifyCheckpoint(note.slice(0, blank) + stranger + note.slice(blank), verifierKey).ok).toBe(true);
    const forged =
      signCheckpoint({ ...head, size: 7 }, key.privateKey)
        .split('\n')
        .at(-2) ?? '';
    expect(verifyCheckpoint(`${note}${forged}\n`, verifierKey)).toEqual({ ok: false, code: 'bad-signature' });
  });

  test('any flipped bit is found', () => {
    const bytes = Buffer.from(note);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const altered = Buffer.from(bytes);
      altered[bit >> 3] = (altered[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verifyCheckpoint(altered, verifierKey).ok, `bit ${bit}`).toBe(false);
    }
  });

  test('any cut is found', () => {
    for (let length = 0; length < note.length; length++) {
      expect(verifyCheckpoint(note.slice(0, length), verifierKey).ok).toBe(false);
      expect(verifyCheckpoint(note.slice(length + 1), verifierKey).ok).toBe(false);
    }
  });

  test('malformed notes are told from unsigned ones', () => {
    for (const text of ['', '\n\n', 'a\n1\n', note.replace('42', '042'), note.replace('\n', '\r\n'), `${note}\n`]) {
      expect(parseCheckpoint(text).ok).toBe(false);
    }
  });

  test.each(['', 'a+b', 'a\u0085b', 'a\u00A0b', 'a\u3000b', 'a\u2028b'])(
    'a key name with a space or plus is none: %j',
    (name) => {
      expect(parseCheckpoint(`${note}— ${name} AAAAAAAAAAA=\n`).ok).toBe(false);
      expect(parseCheckpoint(`${note}— 証人 AAAAAAAAAAA=\n`).ok).toBe(true);
    },
  );

  test('a head that cannot be written is refused', () => {
    expect(() => signCheckpoint({ ...head, size: -1 }, key.privateKey)).toThrow(RangeError);
    expect(() => signCheckpoint({ ...head, origin: 'a b' }, key.privateKey)).toThrow(RangeError);
    expect(() => signCheckpoint({ ...head, root: Buffer.alloc(31) }, key.privateKey)).toThrow(RangeError);
  });
});
