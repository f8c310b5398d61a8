import 'reflect-metadata';
import { runMain } from '@akashi/server-kit';
import { chosenTenants, isShareWanted, withWorker } from './operator-command.ts';

// Proves archive, ledger and index of the chosen organisations now; one JSON line each; exit 1 when anything is altered.
// With --share it does what a regular run does: what is new, and a part of the passes over the rest.
runMain(() =>
  withWorker('verify-now', async (worker) => {
    for (const tenant of await chosenTenants(worker)) {
      const startedAt = performance.now();
      const result = await worker.verification.run(tenant, isShareWanted() ? 'share' : 'whole');
      const seconds = (performance.now() - startedAt) / 1000;
      if (result === null) {
        process.stdout.write(`${JSON.stringify({ tenant, outcome: 'nothing-sealed', findings: [] })}\n`);
        continue;
      }
      const { outcome, treeSize, blocks, records, findings } = result;
      process.stdout.write(`${JSON.stringify({ tenant, outcome, treeSize, blocks, records, findings, seconds })}\n`);
      if (outcome !== 'proven') process.exitCode = 1;
    }
  }),
);
