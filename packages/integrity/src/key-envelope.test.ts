import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  formatInstallationKey,
  installationKeyOf,
  openKey,
  parseInstallationKey,
  readKeyEnvelope,
  sealKey,
} from './key-envelope.ts';

const installationKey = installationKeyOf(Buffer.alloc(32, 7));
const nonce = Buffer.alloc(12, 1);
const place = { purpose: 'data', owner: '0199d0c0-0000-7000-8000-000000000001', id: 'data-0001-0a0b0c0d' };

it('a key opens as it was sealed, and no file with one changed character does', () => {
  const bytes = fc.uint8Array({ maxLength: 200 });
  const nonces = fc.uint8Array({ minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(bytes, nonces, fc.nat(), (secret, drawn, position) => {
      const text = sealKey(place, secret, { installationKey, nonce: drawn });
      expect(openKey(text, place, installationKey)).toEqual({ ok: true, secret: Buffer.from(secret) });
      const at = position % (text.length - 1);
      const changed = `${text.slice(0, at)}${text[at] === 'B' ? 'C' : 'B'}${text.slice(at + 1)}`;
      expect(openKey(changed, place, installationKey).ok).toBe(false);
    }),
  );
});

it('a key opens in its own place alone', () => {
  const text = sealKey(place, Buffer.from('secret'), { installationKey, nonce });
  const owner = place.owner.replace('1', '2');
  expect(openKey(text, { ...place, owner }, installationKey)).toEqual({ ok: false, code: 'altered' });
  expect(openKey(text, { ...place, id: 'data-0002-0a0b0c0d' }, installationKey)).toMatchObject({ code: 'other-place' });
  expect(openKey(text, { ...place, purpose: 'inbox' }, installationKey)).toMatchObject({ code: 'other-place' });
});

it('a wrong installation key is told from an altered file', () => {
  const text = sealKey(place, Buffer.from('secret'), { installationKey, nonce });
  const wrong = installationKeyOf(Buffer.alloc(32, 8));
  expect(openKey(text, place, wrong)).toEqual({ ok: false, code: 'other-installation-key' });
  expect(openKey('akashi-data-key x y', place, wrong)).toEqual({ ok: false, code: 'no-envelope' });
  expect(readKeyEnvelope(text)).toMatchObject({ purpose: 'data', installationKeyId: installationKey.id });
});

it('an installation key is read as a line or as Base64 alone', () => {
  const line = formatInstallationKey(installationKey);
  expect(parseInstallationKey(line)).toEqual(installationKey);
  expect(parseInstallationKey(` ${installationKey.key.toString('base64')}\n`)).toEqual(installationKey);
  const otherId = line.replace(installationKey.id, '00000000');
  for (const bad of ['', 'x', otherId, `${line} more`, Buffer.alloc(31).toString('base64')]) {
    expect(parseInstallationKey(bad)).toBeNull();
  }
  expect(() => installationKeyOf(Buffer.alloc(16))).toThrow(RangeError);
});
