import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatVerifierKey, signCheckpoint } from '../checkpoint.ts';
import { inclusionProof, hashLeaf } from '../merkle-tree.ts';
import { sha256 } from '../sha256.ts';
import { appendToLog, emptyLogEdge } from '../tiled-log.ts';
import {
  blindedId,
  checkSlotProof,
  decodeInstallationEntry,
  encodeInstallationEntry,
  formatBlindingSecret,
  formatSlotProof,
  parseBlindingSecret,
  parseSlotProof,
  slotOf,
  slotPaths,
  slotRoot,
  verifySlot,
  type Slot,
} from './index.ts';

const slots = fc
  .uniqueArray(fc.uint8Array({ minLength: 32, maxLength: 32 }), {
    minLength: 1,
    maxLength: 40,
    selector: (id) => Buffer.from(id).toString('hex'),
  })
  .map((ids): Slot[] => ids.map((id) => ({ id, value: sha256(id) })));

describe('the tree of slots', () => {
  it('proves each slot, in whichever order they are given, and no other value', () => {
    fc.assert(
      fc.property(slots, (some) => {
        const root = slotRoot(some);
        expect(slotRoot([...some].reverse())).toEqual(root);
        const paths = slotPaths(some);
        some.forEach((slot, index) => {
          expect(verifySlot(slot, paths[index] ?? [], root)).toBe(true);
          expect(verifySlot({ ...slot, value: sha256(slot.value) }, paths[index] ?? [], root)).toBe(false);
        });
      }),
      { numRuns: 50 },
    );
  });

  it('shows a slot that was left out or changed', () => {
    fc.assert(
      fc.property(slots, fc.nat(), (some, pick) => {
        const left = pick % some.length;
        const without = some.filter((_slot, index) => index !== left);
        expect(slotRoot(without)).not.toEqual(slotRoot(some));
      }),
      { numRuns: 50 },
    );
  });

  it('has one place for an id', () => {
    const id = randomBytes(32);
    expect(() =>
      slotRoot([
        { id, value: sha256(id) },
        { id, value: id },
      ]),
    ).toThrow('two slots have one id');
    // Ids that part only at the last bit lie as deep as there are bits.
    const near = Buffer.from(id);
    near[31] = (near[31] ?? 0) ^ 1;
    const deep = [
      { id, value: id },
      { id: near, value: id },
    ];
    const [path = []] = slotPaths(deep);
    expect(path).toHaveLength(256);
    expect(verifySlot({ id, value: id }, path, slotRoot(deep))).toBe(true);
    expect(verifySlot({ id, value: id }, [...path, id], slotRoot(deep))).toBe(false);
  });
});

describe('slot proofs', () => {
  const key = generateKeyPairSync('ed25519');
  const origin = 'akashi.installation/0123456789abcdef';
  const logKey = formatVerifierKey(origin, key.publicKey);
  const tenantId = '0b6f0e5c-6df0-4b8e-9d0b-5f64b7b4d6a1';
  const secret = randomBytes(32);
  const head = { origin: `akashi.log/${tenantId}`, size: 12, root: sha256(Buffer.from('log')) };
  const others = Array.from({ length: 9 }, (): Slot => ({ id: randomBytes(32), value: randomBytes(32) }));
  const all = [slotOf(secret, tenantId, head), ...others];
  const [slotPath = []] = slotPaths(all);
  const entryOf = (entry: number) => ({ entry, createdUs: 1_700_000_000_000_000, slots: 10, root: slotRoot(all) });
  const entries = [0, 1, 2].map((entry) => encodeInstallationEntry(entryOf(entry)));
  const grown = appendToLog(emptyLogEdge, entries);
  const text = formatSlotProof({
    entry: entryOf(1),
    entryBytes: entries[1] ?? Buffer.alloc(0),
    head,
    slotPath,
    logPath: inclusionProof(entries.map(hashLeaf), 1),
    checkpoint: signCheckpoint({ origin, size: 3, root: grown.root }, key.privateKey),
  });
  const check = (changed: string, at: Partial<{ logKeys: string[]; secret: Uint8Array; tenantId: string }> = {}) => {
    const proof = parseSlotProof(changed);
    return proof === null ? null : checkSlotProof(proof, { logKeys: [logKey], secret, tenantId, ...at });
  };

  it('leads from the head to the witnessed log', () => {
    expect(check(text)).toMatchObject({ ok: true, checkpoint: { size: 3 } });
    expect(parseSlotProof(text)?.head).toEqual({ ...head, root: new Uint8Array(head.root) });
  });

  it('holds for no other organisation, secret or log', () => {
    expect(check(text, { tenantId: 'another' })).toEqual({ ok: false, code: 'slot-not-in-entry' });
    expect(check(text, { secret: randomBytes(32) })).toEqual({ ok: false, code: 'slot-not-in-entry' });
    expect(check(text, { logKeys: [] })).toEqual({ ok: false, code: 'other-log' });
    const stranger = formatVerifierKey(origin, generateKeyPairSync('ed25519').publicKey);
    expect(check(text, { logKeys: [stranger] })).toEqual({ ok: false, code: 'checkpoint-signature' });
  });

  it('is refused with any byte changed', () => {
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom('A', '0', '\n'), (at, character) => {
        fc.pre(text[at] !== character);
        const changed = `${text.slice(0, at)}${character}${text.slice(at + 1)}`;
        expect(check(changed)?.ok ?? false).toBe(false);
      }),
    );
  });

  it('spells entries and secrets in one way', () => {
    const bytes = encodeInstallationEntry(entryOf(1));
    expect(decodeInstallationEntry(bytes)).toEqual({ ...entryOf(1), root: new Uint8Array(slotRoot(all)) });
    expect(decodeInstallationEntry(Buffer.from(bytes.toString().replace('entry: 1', 'entry: 01')))).toBeNull();
    expect(parseBlindingSecret(formatBlindingSecret(secret))).toEqual(new Uint8Array(secret));
    expect(parseBlindingSecret('akashi-blinding-secret AAAA\n')).toBeNull();
    expect(blindedId(secret, tenantId)).not.toEqual(blindedId(secret, 'another'));
  });
});
