import type { LoggerService } from '@nestjs/common';
import { createMasker } from '@akashi/masking';
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { createClock, type Clock } from './clock.ts';

export type Logger = PinoLogger;

/** Fields that could carry a secret if somebody logged a request whole. */
const secretPaths = ['authorization', 'cookie', 'password', 'token', 'key', 'secret'].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

const masker = createMasker({ version: 'log', keep: 'first6last4' });

/** Every line of every logger passes here: a library's error may quote what somebody sent, card numbers included. */
function masked(destination: DestinationStream): DestinationStream {
  return { write: (line) => destination.write(masker.maskText(line)) };
}

export interface LoggerOptions {
  readonly name: string;
  readonly level?: string;
  /** The process's: its log agrees with what it keeps. */
  readonly clock?: Pick<Clock, 'now'>;
}

/** JSON lines on standard output. Messages are sentences; values go into fields, and never log content or secrets. */
export function createLogger(options: LoggerOptions, destination?: NodeJS.WritableStream): Logger {
  const { now } = options.clock ?? createClock();
  const settings = {
    name: options.name,
    level: options.level ?? 'info',
    redact: { paths: secretPaths, censor: '[removed]' },
    timestamp: () => `,"time":"${now().toISOString()}"`,
  };
  return pino(settings, masked(destination ?? pino.destination({ fd: 1, sync: true })));
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
