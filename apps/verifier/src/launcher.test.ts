/** The committed launcher, with a build of its own beside it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../bin/akashi-verify.mjs', import.meta.url));
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'akashi-launcher-'));
  mkdirSync(join(folder, 'dist'));
  cpSync(launcher, join(folder, 'bin', 'akashi-verify.mjs'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function launch(build: string): { status: number | null; stderr: string } {
  writeFileSync(join(folder, 'dist', 'main.js'), build);
  return spawnSync(process.execPath, [join(folder, 'bin', 'akashi-verify.mjs')], { encoding: 'utf8' });
}

test('gives the exit code of the check', () => {
  expect(launch('process.exitCode = 1;')).toMatchObject({ status: 1, stderr: '' });
});

test.each(["import 'nowhere';", 'throw new Error("broken");', 'not a program'])(
  'a build that does not start is not an alteration: %s',
  (build) => {
    const { status, stderr } = launch(build);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^akashi-verify could not start: /);
  },
);

test('says what to do when there is no build', () => {
  rmSync(join(folder, 'dist', 'main.js'));
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'bin', 'akashi-verify.mjs')], {
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain('npm run build');
});
