import 'reflect-metadata';
import { createLogger, runMain, shutdownOnSignal, tellMovedClock } from '@akashi/server-kit';
import { readApiEnv } from './env.ts';
import { startApi } from './start-api.ts';

runMain(async () => {
  const env = readApiEnv();
  const logger = createLogger({ name: 'api', level: env.logLevel, clock: env.clock });
  tellMovedClock(env.clock, (sentence) => logger.warn(sentence));
  const api = await startApi({ env, logger });
  shutdownOnSignal(() => api.close(), { logger });
  logger.info({ port: api.port }, 'The API is running.');
});
