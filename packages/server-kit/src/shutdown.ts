import type { Logger } from './logger.ts';

const defaultDeadlineMs = 15_000;

/**
 * Closes once on SIGTERM or SIGINT and ends the process with 0; with 1 when closing fails or outlasts the deadline.
 * Answers a function that takes the listeners away again.
 */
export function shutdownOnSignal(
  close: () => Promise<void>,
  { logger, deadlineMs = defaultDeadlineMs }: { logger: Logger; deadlineMs?: number },
): () => void {
  let closing = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (closing) return;
    closing = true;
    logger.info({ signal }, 'Stopping.');
    setTimeout(() => {
      logger.error('Stopping took too long.');
      process.exit(1);
    }, deadlineMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'Stopping failed.');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return () => {
    process.off('SIGTERM', stop);
    process.off('SIGINT', stop);
  };
}
