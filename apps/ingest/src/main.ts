import { startServiceRun } from '@akashi/client';
import { createLogger, packageVersion, runMain, shutdownOnSignal, tellMovedClock } from '@akashi/server-kit';
import { readIngestEnv } from './env.ts';
import { startIngest } from './start-ingest.ts';

runMain(async () => {
  const env = readIngestEnv();
  const logger = createLogger({ name: 'ingest', level: env.logLevel, clock: env.clock });
  tellMovedClock(env.clock, (sentence) => logger.warn(sentence));
  const ingest = await startIngest(env, logger);
  const run = startServiceRun({
    sender: ingest.trail,
    service: 'ingest',
    version: packageVersion(import.meta.url),
    folder: env.runDir,
    port: ingest.ports.http,
    clock: env.clock,
    tenantId: () => ingest.platformTenant(),
  });
  shutdownOnSignal(
    async () => {
      await run.stop();
      await ingest.close();
    },
    { logger },
  );
  logger.info({ url: ingest.url, ...ingest.ports }, 'Taking logs in.');
});
