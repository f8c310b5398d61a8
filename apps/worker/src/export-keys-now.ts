import 'reflect-metadata';
import { tenantId } from '@akashi/database';
import { runMain, StartupError } from '@akashi/server-kit';
import { exportRecovery } from './keys/export-recovery.ts';
import { readExportFile, withWorker } from './operator-command.ts';

// Writes every key of the installation to --file, which lies elsewhere, and prints the passphrase that alone opens it.
runMain(() => {
  const file = readExportFile();
  return withWorker('export-keys', async (worker) => {
    const platform = (await worker.tenants.list()).find(({ kind }) => kind === 'platform');
    if (platform === undefined) throw new StartupError('Nothing was set up yet: start Akashi once.');
    const made = await exportRecovery({ ...worker.keyExport, platformTenant: tenantId(platform.id) }, file);
    process.stdout.write(
      [
        `${made.keys} keys and the installation key are in ${made.path}. Keep it on another disk.`,
        'The passphrase is shown this once. Write it down, and keep it apart from the file:',
        '',
        `  ${made.passphrase}`,
        '',
        '',
      ].join('\n'),
    );
  });
});
