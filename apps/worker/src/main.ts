import 'reflect-metadata';
import { bootstrapHttpApp, createLogger, createMetrics, runMain, shutdownOnSignal } from '@akashi/server-kit';
import { readWorkerEnv } from './env.ts';
import { openWorker } from './open-worker.ts';
import { WorkerModule } from './worker.module.ts';

runMain(async () => {
  const env = readWorkerEnv();
  const logger = createLogger({ name: 'worker', level: env.logLevel });
  const metrics = createMetrics('worker');
  const worker = openWorker({ env, logger, metrics });
  const http = await bootstrapHttpApp(WorkerModule, {
    ...env.http,
    logger,
    metrics,
    readiness: () => worker.readiness,
  });
  worker.start();
  shutdownOnSignal(
    async () => {
      await worker.close();
      await http.close();
    },
    { logger, deadlineMs: 30_000 },
  );
  logger.info({ port: http.port }, 'The worker is running.');
});
