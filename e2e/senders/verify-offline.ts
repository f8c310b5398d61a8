import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot, type DemoFile } from '../installation/installation.ts';
import { mayUnshare, runProgram } from './program.ts';

export interface OfflineVerification {
  readonly code: number | null;
  readonly ok: boolean;
  readonly size: number;
  readonly records: number;
  /** Whether the records themselves were read, with the data key. */
  readonly recordsOpened: boolean;
  readonly problemCount: number;
  readonly problems: readonly unknown[];
  /** Records of the daily log review, with what was found of their signatures. */
  readonly reviews?: readonly {
    readonly day: string;
    readonly revision: number;
    readonly signatures: readonly { readonly action: string; readonly holds: boolean }[];
  }[];
}

/** Proves one organisation's archive with `akashi-verify`, in a world without a network where the machine allows one. */
export async function verifyOffline(demo: DemoFile, home: string): Promise<OfflineVerification> {
  const tenant = demo.tenants[0];
  if (tenant === undefined) throw new Error('no organisation');
  const keyFolder = join(home, 'keys', 'tenants', tenant.id, 'data');
  const dataKey = join(keyFolder, readdirSync(keyFolder)[0] ?? '');
  const verifier = join(repositoryRoot, 'apps', 'verifier', 'bin', 'akashi-verify.mjs');
  const offline = [['--net'], ['--map-root-user', '--net']].find((flags) => mayUnshare(...flags));
  const withoutNetwork = offline === undefined ? [] : ['unshare', ...offline];
  const invocation = [
    ...withoutNetwork,
    process.execPath,
    verifier,
    join(demo.archive, tenant.id),
    '--key',
    tenant.verifierKey,
    '--data-key',
    dataKey,
    '--json',
  ];
  const { code, stdout, stderr } = await runProgram({
    command: invocation[0] ?? '',
    args: invocation.slice(1),
    env: { DATABASE_URL: '', OPENSEARCH_URL: '' },
  });
  if (stdout === '') throw new Error(`akashi-verify ended with ${code}: ${stderr}`);
  return { ...(JSON.parse(stdout) as OfflineVerification), code };
}
