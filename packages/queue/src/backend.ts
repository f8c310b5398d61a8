import {
  createPostgresBackend,
  Queue as BullQueue,
  Worker as BullWorker,
  type Processor,
  type QueueOptions as BullQueueOptions,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';

/** The two makers of BullMQ objects, the same whatever stands behind. */
export interface Backend {
  queue(name: string, options: Omit<BullQueueOptions, 'connection'>): BullQueue;
  worker(name: string, processor: Processor, options: Omit<WorkerOptions, 'connection'>): BullWorker;
  close(): Promise<void>;
}

const connectTimeoutMs = 5_000;

export function postgresBackend(databaseUrl: string, schema: string, migrate = false): Backend {
  const connection = {
    connectionString: databaseUrl,
    schema,
    migrate,
    max: 4,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: 30_000,
    keepAlive: true,
    application_name: 'akashi-queue',
  };
  return {
    queue: (name, options) =>
      new BullQueue(name, { ...options, connection }, createPostgresBackend) as unknown as BullQueue,
    worker: (name, processor, options) =>
      new BullWorker(name, processor, { ...options, connection }, createPostgresBackend) as unknown as BullWorker,
    close: () => Promise.resolve(),
  };
}

export function redisBackend(redisUrl: string, onError: (error: Error) => void): Backend {
  const connections: Redis[] = [];
  const connect = (settings: { maxRetriesPerRequest: number | null; enableOfflineQueue: boolean }): Redis => {
    const redis = new Redis(redisUrl, {
      ...settings,
      connectTimeout: connectTimeoutMs,
      retryStrategy: (times) => Math.min(2_000, 50 * 2 ** Math.min(times, 6)),
    });
    redis.on('error', onError);
    connections.push(redis);
    return redis;
  };
  return {
    queue: (name, options) =>
      new BullQueue(name, { ...options, connection: connect({ maxRetriesPerRequest: 1, enableOfflineQueue: true }) }),
    worker: (name, processor, options) =>
      new BullWorker(name, processor, {
        ...options,
        connection: connect({ maxRetriesPerRequest: null, enableOfflineQueue: true }),
      }),
    close: async () => {
      for (const connection of connections) connection.disconnect();
      await Promise.resolve();
    },
  };
}
