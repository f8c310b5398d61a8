import 'reflect-metadata';
import { startServiceRun } from '@akashi/client';
import {
  bootstrapHttpApp,
  createLogger,
  createMetrics,
  packageVersion,
  runMain,
  shutdownOnSignal,
  tellMovedClock,
} from '@akashi/server-kit';
import { readWorkerEnv } from './env.ts';
import { openWorker, openWorkerKeyring } from './open-worker.ts';
import { WorkerModule } from './worker.module.ts';

runMain(async () => {
  const env = readWorkerEnv();
  const logger = createLogger({ name: 'worker', level: env.logLevel, clock: env.clock });
  tellMovedClock(env.clock, (sentence) => logger.warn(sentence));
  const metrics = createMetrics('worker');
  const keyring = await openWorkerKeyring(env);
  const worker = openWorker({ env, logger, metrics, keyring });
  const http = await bootstrapHttpApp(WorkerModule, {
    ...env.http,
    logger,
    metrics,
    readiness: () => worker.readiness,
  });
  worker.start();
  const { database } = worker.parts;
  const run = startServiceRun({
    sender: worker.trail,
    service: 'worker',
    version: packageVersion(import.meta.url),
    folder: env.home.run,
    port: http.port,
    clock: env.clock,
    tenantId: async () => (await database.platform.listTenants()).find(({ kind }) => kind === 'platform')?.id ?? null,
  });
  shutdownOnSignal(
    async () => {
      await run.stop();
      await worker.close();
      await http.close();
    },
    { logger, deadlineMs: 30_000 },
  );
  logger.info({ port: http.port }, 'The worker is running.');
});
