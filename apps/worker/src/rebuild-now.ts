import 'reflect-metadata';
import { runMain } from '@akashi/server-kit';
import { chosenTenants, withWorker } from './operator-command.ts';
import { rebuildIndex } from './rebuild/rebuild-index.ts';

// Makes the index of the chosen organisations again from the archive; one JSON line each.
runMain(() =>
  withWorker('rebuild-now', async (worker) => {
    for (const tenant of await chosenTenants(worker)) {
      const startedAt = performance.now();
      const result = await rebuildIndex(worker.parts, tenant, true);
      const seconds = (performance.now() - startedAt) / 1000;
      process.stdout.write(`${JSON.stringify({ tenant, ...result, seconds })}\n`);
    }
  }),
);
