import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openKey, parseInstallationKey, readKeyEnvelope } from '@akashi/integrity';
import { formatKeyFile, openKeyring } from '@akashi/keyring';
import type { DrillCase, DrillResult } from './drill-case.ts';
import type { DrillInstallation } from './drill-installation.ts';
import { Evidence } from './evidence.ts';

type Problems = string[];

/** Where a rotation is killed: with its key made, with the statement half written, said, and with the key in use. */
const rotationPoints = [
  'rotate-after-prepare',
  'seal-before-checkpoint',
  'rotate-after-statement',
  'rotate-after-promote',
];
const wrapPoints = ['keys-before-wrap', 'keys-after-wrap', 'keys-before-wrap:2', 'keys-after-wrap:2'];
/** Those that an earlier release kept in clear, one line each. */
const clearPurposes = ['data', 'inbox', 'secret'] as const;

function rotate(evidence: Evidence, purpose: string, crashpoint = ''): ReturnType<Evidence['operator']> {
  const args = ['--purpose', purpose, '--reason', 'drill'];
  return evidence.operator('rotate-keys-now.js', { args, env: { AKASHI_CRASHPOINT: crashpoint } });
}

async function isProven(evidence: Evidence): Promise<boolean> {
  const { verifier, checker } = await evidence.verifyOffline(evidence.folder);
  return verifier === 0 && checker === 0;
}

/** Killed at each point, looked at by both checkers, and done again. */
async function killRotations(evidence: Evidence, purpose: 'data' | 'signing', problems: Problems): Promise<void> {
  for (const point of rotationPoints) {
    const killed = await rotate(evidence, purpose, point);
    if (!killed.wasKilled) problems.push(`a rotation of the ${purpose} key was not killed at ${point}`);
    if (!(await isProven(evidence))) problems.push(`what ${point} left of the ${purpose} key is not proven`);
    const done = await rotate(evidence, purpose);
    if (done.code !== 0) problems.push(`the ${purpose} key was not rotated after ${point}: ${done.stderr.slice(-200)}`);
    if (!(await isProven(evidence))) problems.push(`the log is not proven after ${point} and a rotation`);
  }
}

/** The inbox key goes on while whoever writes with it is killed. */
async function killInbox(installation: DrillInstallation, evidence: Evidence, problems: Problems): Promise<void> {
  for (const part of ['ingest', 'worker', 'ingest', 'worker'] as const) {
    const rotation = rotate(evidence, 'inbox');
    installation.kill(part);
    const { code, stderr } = await rotation;
    await installation.waitUntilReady('ingest');
    await installation.waitUntilReady('worker');
    if (code === 0) continue;
    const again = await rotate(evidence, 'inbox');
    if (again.code !== 0) problems.push(`the inbox key was not rotated: ${stderr.slice(-200)}`);
  }
}

/** Every key is said by one statement, and none is prepared and forgotten. */
async function countKeys(installation: DrillInstallation, evidence: Evidence, problems: Problems): Promise<number> {
  const { id } = installation.tenant;
  const keyring = openKeyring({ dir: join(installation.running.home, 'keys') });
  await keyring.unlock();
  const keys = { data: keyring.forTenant(id).dataKeyIds(), signing: keyring.forTenant(id).verifierKeys() };
  for (const purpose of ['data', 'signing'] as const) {
    const said = await evidence.withLedger(async (client) => {
      const { rows } = await client.query<{ count: number }>(
        `SELECT count(*)::int AS count FROM block WHERE tenant_id = $1 AND header LIKE $2`,
        [id, `akashi statement v%kind: ${purpose}-key%`],
      );
      return rows[0]?.count ?? -1;
    });
    if (keys[purpose].length !== said + 1)
      problems.push(`${keys[purpose].length} ${purpose} keys for ${said} statements`);
    if (keyring.rotationOf(id).prepared(purpose) !== undefined) problems.push(`a ${purpose} key was left prepared`);
  }
  return keys.data.length + keys.signing.length;
}

interface ClearKey {
  readonly path: string;
  readonly secret: Buffer;
}

/** Puts keys into clear, as an earlier release had them; answers what they are. */
function unwrapKeys(keys: string): ClearKey[] {
  const installationKey = parseInstallationKey(readFileSync(join(keys, 'installation.key'), 'utf8'));
  if (installationKey === null) throw new Error('the installation key cannot be read');
  const clear: ClearKey[] = [];
  for (const tenant of readdirSync(join(keys, 'tenants'))) {
    for (const purpose of clearPurposes) {
      const folder = join(keys, 'tenants', tenant, purpose);
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.key'))) {
        const path = join(folder, name);
        const id = name.slice(0, -'.key'.length);
        const opened = openKey(readFileSync(path, 'utf8'), { purpose, owner: tenant, id }, installationKey);
        if (!opened.ok) throw new Error(`${path} cannot be opened: ${opened.code}`);
        writeFileSync(path, formatKeyFile(purpose, { id, key: opened.secret }));
        clear.push({ path, secret: opened.secret });
      }
    }
  }
  rmSync(join(keys, 'installation-key.check'));
  return clear;
}

/** A copy of the home's keys as an earlier release left them: a start that is killed again and again encrypts them all. */
async function killWraps(installation: DrillInstallation, evidence: Evidence, problems: Problems): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'akashi-keys-'));
  try {
    // With what the home holds of the proven logs: without it a check says that somebody took it away.
    for (const folder of ['keys', 'verification'])
      cpSync(join(installation.running.home, folder), join(home, folder), { recursive: true });
    const clear = unwrapKeys(join(home, 'keys'));
    const env = {
      ARCHIVE_URL: pathToFileURL(installation.archiveFolder).href,
      ...installation.archiveEnv,
      AKASHI_HOME: home,
    };
    for (const point of wrapPoints) {
      const killed = await evidence.operator('verify-now.js', { env: { ...env, AKASHI_CRASHPOINT: point } });
      if (!killed.wasKilled) problems.push(`a start was not killed at ${point}`);
    }
    const { code, stdout, stderr } = await evidence.operator('verify-now.js', { env });
    const { findings } =
      code === 0 ? (JSON.parse(stdout) as { findings: unknown[] }) : { findings: [stderr.slice(-200)] };
    if (findings.length > 0) problems.push(`the keys do not open the evidence: ${JSON.stringify(findings[0])}`);
    const inClear = clear.filter(({ path }) => readKeyEnvelope(readFileSync(path, 'utf8')) === null);
    if (inClear.length > 0) problems.push(`${inClear.length} keys lie in clear still`);
    const again = unwrapKeys(join(home, 'keys'));
    if (!again.every(({ path, secret }, index) => clear[index]?.path === path && clear[index].secret.equals(secret)))
      problems.push('a key is another one than before');
    return clear.length;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function rotateUnderKills(installation: DrillInstallation): Promise<DrillResult> {
  const evidence = new Evidence(installation);
  const problems: Problems = [];
  const account = await installation.underLoad('K5', async () => {
    await killRotations(evidence, 'data', problems);
    await killRotations(evidence, 'signing', problems);
    await killInbox(installation, evidence, problems);
  });
  const keys = await countKeys(installation, evidence, problems);
  const wrapped = await killWraps(installation, evidence, problems);
  if (!(await isProven(evidence))) problems.push('the archive is not proven at the end');
  const isSound = account.result === 'pass' && problems.length === 0;
  const detail = [account.detail, ...problems].filter((each) => each !== undefined).join('; ');
  return { ...account, result: isSound ? 'pass' : 'fail', keys, wrapped, ...(detail === '' ? {} : { detail }) };
}

/** Keys change, and are put under the installation key, whatever is killed meanwhile. */
export function keyCases(installation: DrillInstallation): DrillCase[] {
  const about = 'data, signing and inbox keys are rotated and encrypted, each killed at every step';
  return [{ name: 'K5', about, run: () => rotateUnderKills(installation) }];
}
