import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { partEnvironment, type StoreUrls } from './app-services.ts';
import { InstallationError, repositoryRoot, type Installation } from './installation.ts';

const program = join(repositoryRoot, 'apps', 'api', 'dist', 'invite-operator-now.js');
const firstOperator = 'operator@localhost';

export interface ProgramEnd {
  readonly code: number;
  /** What it wrote on standard output: the link, or nothing. */
  readonly link: string;
}

/** Runs the API's own command with this installation's environment; its refusals are shown on the terminal. */
export function runInvitationProgram(
  installation: Installation,
  stores: StoreUrls,
  args: readonly string[],
): Promise<ProgramEnd> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: repositoryRoot,
      env: { ...process.env, ...partEnvironment('api', installation, stores) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    child.once('error', () => resolve({ code: 127, link: '' }));
    child.once('close', (code) => resolve({ code: code ?? 1, link: text.trim() }));
  });
}

/**
 * The link by which the first operator comes in, new at every start until it was taken up; undefined from then on.
 * `OPERATOR_EMAIL` says who it is.
 */
export async function inviteFirstOperator(installation: Installation, stores: StoreUrls): Promise<string | undefined> {
  const email = process.env['OPERATOR_EMAIL'] || firstOperator;
  const { code, link } = await runInvitationProgram(installation, stores, [email, '--only-first']);
  if (code !== 0) throw new InstallationError(`the first operator could not be invited as ${email}.`);
  if (link !== '') return link;
  rmSync(join(installation.home, 'operator-invitation.txt'), { force: true });
  return undefined;
}
