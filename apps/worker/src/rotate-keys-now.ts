import 'reflect-metadata';
import { runMain, StartupError } from '@akashi/server-kit';
import { rotateInboxKey } from './keys/rotate-inbox-key.ts';
import { rotateKey } from './keys/rotate-keys.ts';
import { chosenTenants, readRotation, withWorker } from './operator-command.ts';

// Puts new keys in use for the chosen organisations now; one JSON line each. --purpose data|signing|inbox, --reason TEXT.
runMain(() => {
  const { purpose, reason } = readRotation();
  if (reason === '') throw new StartupError('Say why with --reason: it becomes part of the log of the organisation.');
  return withWorker('rotate-keys', async (worker) => {
    for (const tenant of await chosenTenants(worker)) {
      const done =
        purpose === 'inbox'
          ? await rotateInboxKey(worker.keyParts, tenant)
          : { entry: await rotateKey(worker.keyParts, tenant, { purpose, reason, who: 'operator' }) };
      process.stdout.write(`${JSON.stringify({ tenant, purpose, ...done })}\n`);
    }
  });
});
