import type { LoggerService } from '@nestjs/common';
import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Fields that could carry a secret if somebody logged a request whole. */
const secretPaths = ['authorization', 'cookie', 'password', 'token', 'key', 'secret'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** JSON lines on standard output. Messages are sentences; values go into fields, and never log content or secrets. */
export function createLogger(options: { name: string; level?: string }, destination?: NodeJS.WritableStream): Logger {
  const settings = {
    name: options.name,
    level: options.level ?? 'info',
    redact: { paths: secretPaths, censor: '[removed]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}

/** Nest's own messages through pino. Start-up chatter is debug. */
export class NestLogger implements LoggerService {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  log(message: unknown, context?: string): void {
    this.#logger.debug({ context }, String(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    this.#logger.error({ context: typeof context === 'string' ? context : undefined }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.#logger.warn({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.#logger.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.#logger.trace({ context }, String(message));
  }

  fatal(message: unknown, context?: string): void {
    this.#logger.fatal({ context }, String(message));
  }
}
