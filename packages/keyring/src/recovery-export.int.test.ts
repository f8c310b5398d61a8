import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  keysWithoutExport,
  makeRecoveryExport,
  newPassphrase,
  openKeyring,
  recoverKeys,
  type RecoveryPlace,
} from './index.ts';

// Real: disk, scrypt.
const tenant = '0199d0c0-0000-7000-8000-000000000001';
const passphrase = 'abcd-efgh-2345';
let root: string;
let place: RecoveryPlace;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'akashi-recovery-'));
  place = { dir: join(root, 'keys'), environment: {} };
  await openKeyring(place).createTenantKeys(tenant);
});
afterEach(() => rmSync(root, { recursive: true }));

const secretsOf = (dir: string) => {
  const keys = openKeyring({ dir, environment: {} }).forTenant(tenant);
  return [keys.dataKey(), keys.verifierKey(), keys.receiptsKey(), keys.documentsKey()];
};

it('brings every key back on an empty disk, and is of no use without its passphrase', async () => {
  const { text } = await makeRecoveryExport(place, passphrase);
  const before = secretsOf(place.dir);
  const lost = { ...place, dir: join(root, 'new', 'keys') };
  await expect(recoverKeys(lost, text, 'abcd-efgh-2346')).rejects.toMatchObject({ code: 'recovery-unreadable' });
  expect(await recoverKeys(lost, text, ` ${passphrase}\n`)).toEqual({ restored: expect.any(Number), kept: 0 });
  expect(secretsOf(lost.dir)).toEqual(before);
  // What it needs to go on is made anew: nothing that a batch waits under was in it.
  await openKeyring(lost).unlock();
  for (const name of readdirSync(place.dir)) {
    if (!name.endsWith('.key')) continue;
    expect(text).not.toContain(readFileSync(join(place.dir, name), 'utf8').trim().split(' ').at(-1));
  }
});

it('touches nothing that is there, and nothing under another installation key', async () => {
  const { text } = await makeRecoveryExport(place, passphrase);
  const rotation = openKeyring(place).rotationOf(tenant);
  await rotation.promote('data', await rotation.prepare('data'));
  const before = secretsOf(place.dir);
  expect(await recoverKeys(place, text, passphrase)).toMatchObject({ restored: 0 });
  expect(secretsOf(place.dir)).toEqual(before);
  const other = { ...place, dir: join(root, 'other', 'keys') };
  await openKeyring(other).createTenantKeys(tenant);
  const kept = secretsOf(other.dir);
  await expect(recoverKeys(other, text, passphrase)).rejects.toMatchObject({ code: 'installation-key-wrong' });
  expect(secretsOf(other.dir)).toEqual(kept);
});

it('that was altered anywhere is refused', async () => {
  const { text } = await makeRecoveryExport(place, passphrase);
  for (const at of [3, Math.floor(text.length / 2), text.length - 9]) {
    const altered = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
    const empty = { ...place, dir: join(root, 'empty', 'keys') };
    await expect(recoverKeys(empty, altered, passphrase)).rejects.toMatchObject({ code: 'recovery-unreadable' });
  }
});

it('is asked for until each key is in one, and again after a rotation', async () => {
  const keys = await keysWithoutExport(place.dir);
  expect(keys).toBeGreaterThan(0);
  const made = await makeRecoveryExport(place, passphrase);
  expect([made.keys, await keysWithoutExport(place.dir)]).toEqual([keys, keys]);
  await made.note(new Date());
  expect(await keysWithoutExport(place.dir)).toBe(0);
  const rotation = openKeyring(place).rotationOf(tenant);
  await rotation.promote('signing', await rotation.prepare('signing'));
  await rotation.addInboxKey();
  expect(await keysWithoutExport(place.dir)).toBe(1);
});

it('has a passphrase that nobody guesses', () => {
  expect(newPassphrase()).toMatch(/^([a-z2-9]{4}-){7}[a-z2-9]{4}$/);
  expect(newPassphrase()).not.toBe(newPassphrase());
});
