/** What may be given as --data-key. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatInstallationKey, installationKeyOf, sealKey } from '@akashi/integrity';
import { expect, test } from 'vitest';
import { folder, prepareArchives, temporary, verify } from './altered-archive.fixtures.ts';
import { dataKey, dataKeyId, tenantId, verifierKey } from './archive.fixtures.ts';
import { run } from './run.ts';

prepareArchives();

async function refusal(...extra: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const write = { out: () => {}, err: (text: string) => void (said += text) };
  return { code: await run([folder, '--key', verifierKey, ...extra], write), said };
}

test('a key file of the installation stands for all data keys beside it, and needs the installation key', async () => {
  const installationKey = installationKeyOf(Buffer.alloc(32, 5));
  const store = join(temporary, 'keys', 'tenants', tenantId, 'data');
  mkdirSync(store, { recursive: true });
  const older = 'data-0000-00000001';
  for (const [id, secret] of [
    [older, Buffer.alloc(32, 9)],
    [dataKeyId, dataKey],
  ] as const) {
    const place = { purpose: 'data', owner: tenantId, id };
    writeFileSync(join(store, `${id}.key`), sealKey(place, secret, { installationKey, nonce: Buffer.alloc(12, 1) }));
  }
  const given = ['--data-key', join(store, `${older}.key`)];
  const path = join(temporary, 'keys', 'installation.key');
  expect(await refusal(...given)).toEqual({
    code: 2,
    said: expect.stringContaining('Give an export of the data keys'),
  });

  writeFileSync(path, formatInstallationKey(installationKey), { mode: 0o644 });
  expect(await refusal(...given)).toEqual({ code: 2, said: expect.stringContaining('chmod 600') });

  chmodSync(path, 0o600);
  const { code, report } = await verify(...given);
  expect({ code, problems: report.problems }).toEqual({ code: 0, problems: [] });

  writeFileSync(path, formatInstallationKey(installationKeyOf(Buffer.alloc(32, 6))));
  expect((await refusal(...given)).code).toBe(2);
});

test('an export holds a line for each key, and comments', async () => {
  const path = join(temporary, 'export.txt');
  const line = (id: string, key: Buffer): string => `akashi-data-key ${id} ${key.toString('base64')}\n`;
  writeFileSync(path, `# data keys\n\n${line('another', Buffer.alloc(32, 3))}${line(dataKeyId, dataKey)}`);
  expect((await verify('--data-key', path)).code).toBe(0);
  writeFileSync(path, `${line(dataKeyId, dataKey)}akashi-inbox-key x y\n`);
  expect((await refusal('--data-key', path)).code).toBe(2);
  expect((await refusal('--data-key', join(temporary, 'nowhere'))).code).toBe(2);
});
