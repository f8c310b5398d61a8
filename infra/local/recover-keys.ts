import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { KeyringError, recoverKeys } from '@akashi/keyring';

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function fail(sentence: string): number {
  process.stderr.write(`akashi: ${sentence}\n`);
  return 1;
}

/** `npm run keys -- recover FILE`: puts missing keys back; the passphrase comes from standard input. */
export async function recoverFrom(home: string, file: string | undefined): Promise<number> {
  if (file === undefined || !existsSync(file)) return fail('name the export: npm run keys -- recover FILE');
  try {
    const { restored, kept } = await recoverKeys(
      { dir: join(home, 'keys') },
      readFileSync(file, 'utf8'),
      await askPassphrase(),
    );
    say(`${restored} files were put back, ${kept} were there already and stay as they are.`);
    return 0;
  } catch (error) {
    if (error instanceof KeyringError && error.forOperator) return fail(error.message);
    throw error;
  }
}

async function askPassphrase(): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question('Passphrase: ');
  } finally {
    terminal.close();
  }
}
