import { createLogger, runMain, shutdownOnSignal } from '@akashi/server-kit';
import { readIngestEnv } from './env.ts';
import { startIngest } from './start-ingest.ts';

runMain(async () => {
  const env = readIngestEnv();
  const logger = createLogger({ name: 'ingest', level: env.logLevel });
  const ingest = await startIngest(env, logger);
  shutdownOnSignal(() => ingest.close(), { logger });
  logger.info({ url: ingest.url, ...ingest.ports }, 'Taking logs in.');
});
