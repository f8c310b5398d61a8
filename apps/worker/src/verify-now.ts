import 'reflect-metadata';
import { runMain } from '@akashi/server-kit';
import { chosenTenants, withWorker } from './operator-command.ts';

// Proves archive, ledger and index of the chosen organisations now; one JSON line each; exit 1 when anything is altered.
runMain(() =>
  withWorker('verify-now', async (worker) => {
    for (const tenant of await chosenTenants(worker)) {
      const result = await worker.verification.run(tenant, 'whole');
      if (result === null) {
        process.stdout.write(`${JSON.stringify({ tenant, outcome: 'nothing-sealed', findings: [] })}\n`);
        continue;
      }
      const { outcome, treeSize, blocks, records, findings } = result;
      process.stdout.write(`${JSON.stringify({ tenant, outcome, treeSize, blocks, records, findings })}\n`);
      if (outcome !== 'proven') process.exitCode = 1;
    }
  }),
);
