/** Evidence that was sealed before format 2, by the code of that time. It has to be proven for ever. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { run } from './run.ts';

const home = fileURLToPath(new URL('../fixtures/home-of-format-1', import.meta.url));
const tenant = '4beede40-ec84-482b-875b-189ef74458f0';
const folder = join(home, 'archive', tenant);
const dataKeys = join(home, 'keys', 'tenants', tenant, 'data');

test.each([false, true])('an archive of format 1 is proven (with the data key: %s)', async (opened) => {
  const dataKey = opened ? ['--data-key', join(dataKeys, readdirSync(dataKeys)[0] ?? '')] : [];
  let output = '';
  const write = { out: (text: string) => void (output += text), err: (text: string) => void (output += text) };
  const code = await run([folder, '--key', join(folder, 'verifier-key.txt'), '--json', ...dataKey], write);
  expect(JSON.parse(output)).toMatchObject({
    ok: true,
    size: 7,
    blocks: 7,
    records: 329,
    recordsOpened: opened,
    problems: [],
    warnings: [{ code: 'not-yet-sealed', object: 'blocks/2026/11/30/000000000007.akb' }],
  });
  expect(code).toBe(0);
});
