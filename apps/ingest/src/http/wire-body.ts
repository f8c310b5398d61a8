import type { IncomingMessage } from 'node:http';
import { AppError } from '@akashi/server-kit';
import { tooLarge } from './decode-body.ts';
import { httpLimits } from './http-limits.ts';

/** The bytes of a request as they come in. */
export interface WireBody {
  /** The next bytes; undefined when the body is over. Throws what the sender is answered. */
  next(): Promise<Buffer | undefined>;
  /** Whoever waits for bytes, or asks for more, is answered with the error. */
  fail(error: AppError): void;
  /** Nobody asks any more: what is left can be read by whoever ends the request. */
  close(): void;
}

/**
 * Reads a request's body without ever holding more than one socket's worth of it: what is not asked for stays with the
 * sender. A sender that keeps the body waiting is given up (`too-slow`); the time in which nobody asked does not count
 * against it.
 */
export function openWireBody(request: IncomingMessage, nowMs: () => number = () => performance.now()): WireBody {
  let arrivedBytes = 0;
  let waitedMs = 0;
  let failure: AppError | undefined;
  let wake: (() => void) | undefined;
  const call = (): void => wake?.();
  const events = ['readable', 'end', 'close', 'error'] as const;
  for (const event of events) request.on(event, call);

  /** How much longer the sender may be silent. */
  const patienceMs = (): number =>
    httpLimits.patienceMs + (arrivedBytes * 1000) / httpLimits.leastBytesPerSecond - waitedMs;

  async function untilSomething(): Promise<void> {
    const sinceMs = nowMs();
    const timer = setTimeout(
      () => {
        failure ??= tooSlow();
        call();
      },
      Math.max(0, patienceMs()),
    );
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
    wake = undefined;
    clearTimeout(timer);
    waitedMs += nowMs() - sinceMs;
  }

  return {
    async next() {
      for (;;) {
        if (failure !== undefined) throw failure;
        const chunk = request.read() as Buffer | null;
        if (chunk !== null) {
          arrivedBytes += chunk.length;
          if (arrivedBytes > httpLimits.bodyBytes) throw tooLarge('body-bytes', httpLimits.bodyBytes);
          return chunk;
        }
        if (request.readableEnded || (request.complete && request.readableLength === 0)) return undefined;
        if (request.destroyed) throw brokenOff();
        await untilSomething();
      }
    },
    fail(error) {
      failure ??= error;
      call();
    },
    close() {
      // A stream that somebody listens to for `readable` does not flow.
      for (const event of events) request.off(event, call);
      request.on('error', () => undefined);
    },
  };
}

function tooSlow(): AppError {
  const limit = httpLimits.leastBytesPerSecond;
  return new AppError('too-slow', {
    detail: `The body came more slowly than ${limit} bytes a second; nothing of it is kept.`,
    params: { limit },
  });
}

function brokenOff(): AppError {
  return new AppError('body-invalid', { detail: 'The connection ended within the body.', reason: 'incomplete' });
}
