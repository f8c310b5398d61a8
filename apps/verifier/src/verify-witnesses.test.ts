/** What witnesses have cosigned, against an operator who holds every key of the installation and every disk. */
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  appendToLog,
  emptyLogEdge,
  formatVerifierKey,
  hashLeaf,
  inclusionProof,
  parseCheckpoint,
  signCheckpoint,
} from '@akashi/integrity';
import {
  encodeInstallationEntry,
  formatBlindingSecret,
  formatSlotProof,
  installationLogDescription,
  slotOf,
  slotPaths,
  slotRoot,
} from '@akashi/integrity/installation-log';
import { cosign, cosignerKey, formatCosignerKey, withCosignatures } from '@akashi/integrity/witness';
import { beforeAll, describe, expect, test } from 'vitest';
import { at, folder, original, prepareArchives, temporary, verify } from './altered-archive.fixtures.ts';
import { tenantId, verifierKey, writeArchive, type ArchivePlan } from './archive.fixtures.ts';
import { run } from './run.ts';

prepareArchives();

const blocks = 24;
const witnessed = 18;
const origin = 'akashi.installation/0123456789abcdef';
const installation = generateKeyPairSync('ed25519');
const witnesses = (['ed25519', 'ml-dsa-44'] as const).map((algorithm) => ({
  name: `witness.example/${algorithm}`,
  ...(algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ml-dsa-44')),
}));
const secret = Buffer.alloc(32, 9);
let kept = '';
let policyFile = '';
let proof = '';

function proofOf(size: number, cosigners: readonly (typeof witnesses)[number][], of = secret): string {
  const parsed = parseCheckpoint(readFileSync(join(original.folder, 'log', 'checkpoints', String(size))));
  if (!parsed.ok) throw new Error(parsed.code);
  const head = { ...parsed.checkpoint };
  const slots = [slotOf(of, tenantId, head), slotOf(of, 'another', head)];
  const entry = { entry: 0, createdUs: 1_795_000_000_000_000, slots: 2, root: slotRoot(slots) };
  const entryBytes = encodeInstallationEntry(entry);
  const { root } = appendToLog(emptyLogEdge, [entryBytes]);
  const installed = { origin, size: 1, root };
  const note = signCheckpoint(installed, installation.privateKey);
  const checkpoint = withCosignatures(
    note,
    cosigners.map((own) => cosign(installed, own, 1_795_000_100)),
  );
  const logPath = inclusionProof([hashLeaf(entryBytes)], 0);
  return formatSlotProof({ entry, entryBytes, head, slotPath: slotPaths(slots)[0] ?? [], logPath, checkpoint });
}

function rewrite(plan: Partial<ArchivePlan>): void {
  rmSync(folder, { recursive: true });
  writeArchive(folder, { blocks, handedOut: [witnessed], ...plan });
}

async function told(...extra: string[]): Promise<{ code: number; text: string }> {
  let text = '';
  const write = { out: (part: string) => void (text += part), err: (part: string) => void (text += part) };
  return { code: await run([folder, '--key', verifierKey, ...extra], write), text };
}

const codes = async (...extra: string[]): Promise<{ code: number; problems: string[]; warnings: string[] }> => {
  const { code, report } = await verify(...extra);
  return {
    code,
    problems: [...new Set(report.problems.map((problem) => problem.code))],
    warnings: report.warnings.map((each) => each.code),
  };
};

beforeAll(() => {
  kept = mkdtempSync(join(temporary, 'witnessed-'));
  policyFile = join(kept, 'policy.txt');
  proof = proofOf(witnessed, witnesses);
  writeFileSync(join(kept, '000000000001.tlog-proof'), proof);
  writeFileSync(join(kept, 'blinding-secret'), formatBlindingSecret(secret));
  const lines = witnesses.map(
    ({ name, publicKey }, index) => `witness w${index} ${formatCosignerKey(cosignerKey(name, publicKey))}`,
  );
  const log = `log ${formatVerifierKey(origin, createPublicKey(installation.privateKey))}`;
  writeFileSync(policyFile, [log, ...lines, 'group both all w0 w1', 'quorum both', ''].join('\n'));
});

const asked = (): string[] => ['--policy', policyFile, '--slot-proofs', kept];
const put = (name: string, text: string): void => {
  mkdirSync(at('witness'), { recursive: true });
  writeFileSync(at(`witness/${name}`), text);
};

describe('a slot proof that was kept', () => {
  test('proves what came before it, by whom, in words that say what it does not', async () => {
    const { code, text } = await told(...asked());
    expect(text).toContain(
      `The first ${witnessed} blocks are those that witness.example/ed25519, witness.example/ml-dsa-44`,
    );
    expect(text).toContain(`anything of the ${blocks - witnessed} blocks after them, no witness proves`);
    expect(code).toBe(0);
    expect((await told(...asked(), '--lang', 'ja')).text).toContain('スロット証明 1 件が有効です');
  });

  test('alone finds a history that was written anew, and an end that was cut off', async () => {
    rewrite({ records: (block) => (block % 4 === 3 ? [] : [`block ${block}, written anew`]) });
    expect(await codes()).toEqual({ code: 0, problems: [], warnings: [] });
    expect(await codes(...asked())).toMatchObject({ code: 1, problems: ['witnessed-rewritten'] });
    rewrite({ blocks: witnessed - 1, handedOut: [] });
    expect(await codes()).toMatchObject({ code: 0 });
    expect(await codes(...asked())).toMatchObject({ code: 1, problems: ['witnessed-beyond-log'] });
  });
});

describe('slot proofs in the archive', () => {
  test('are taken with the secret beside them', async () => {
    put('000000000001.tlog-proof', proof);
    put('blinding-secret', formatBlindingSecret(secret));
    writeFileSync(at('format-witnesses.md'), installationLogDescription);
    expect(await codes()).toEqual({ code: 0, problems: [], warnings: [] });
    const { report } = await verify('--policy', policyFile);
    expect(report).toMatchObject({ witnesses: { proofs: 1, newest: { size: witnessed } } });
  });

  test('prove nothing without enough witnesses, or for another organisation', async () => {
    put('blinding-secret', formatBlindingSecret(secret));
    put('000000000001.tlog-proof', proofOf(witnessed, witnesses.slice(0, 1)));
    expect(await codes('--policy', policyFile)).toEqual({
      code: 0,
      problems: [],
      warnings: ['witness-quorum-missing'],
    });
    expect((await told('--policy', policyFile)).text).toContain('No state of the log is shown to be cosigned');
    put('000000000001.tlog-proof', proofOf(witnessed, witnesses, Buffer.alloc(32, 8)));
    expect(await codes('--policy', policyFile)).toMatchObject({ code: 1, problems: ['slot-proof-false'] });
  });

  test('ask for a policy that names the log', async () => {
    const file = join(kept, 'bad.txt');
    writeFileSync(file, 'quorum none\n');
    expect(await told('--policy', file)).toMatchObject({ code: 2 });
    writeFileSync(file, 'quorum nobody\n');
    expect((await told('--policy', file)).text).toContain('line 1 is not a policy');
  });
});
