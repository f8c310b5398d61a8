import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from './logger.ts';
import type { AppError } from './app-error.ts';
import { describeError, preferredLanguage, problemDocument } from './problem.ts';

/** What an adapter throws as the product's error, or undefined for what it does not know. */
export type TranslateFault = (thrown: unknown) => AppError | undefined;

/** Every error leaves as `application/problem+json`; what was not expected leaves as a code and a request id only. */
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: Logger;
  readonly #translate: TranslateFault;

  constructor(logger: Logger, translate: TranslateFault = () => undefined) {
    this.#logger = logger;
    this.#translate = translate;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    sendProblem(this.#translate(thrown) ?? thrown, {
      request: http.getRequest(),
      reply: http.getResponse(),
      logger: this.#logger,
    });
  }
}

// As a call and not as a decorator, so that Node runs this source as it is.
Catch()(ProblemFilter);

/** For handlers outside Nest's routing. */
export function sendProblem(
  thrown: unknown,
  { request, reply, logger }: { request: FastifyRequest; reply: FastifyReply; logger: Logger },
): void {
  const error = describeError(thrown);
  const { cause } = error;
  logger[error.kind.level](
    {
      requestId: request.id,
      code: error.code,
      // None where the address itself cannot be read.
      route: (request.routeOptions as { url?: string } | undefined)?.url,
      // Only a fault's stack: a refusal's cause may quote what the caller sent.
      stack: error.status >= 500 && cause instanceof Error ? cause.stack : undefined,
    },
    'A request ended with an error.',
  );
  if (reply.sent) return;
  if (error.details.retryAfterSeconds !== undefined) setWaitHeaders(reply, error, error.details.retryAfterSeconds);
  const language = preferredLanguage(request.headers['accept-language']);
  void reply
    .status(error.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(problemDocument(error, { requestId: String(request.id), language })));
}

/** `Retry-After`, and for those who are too fast the fields of the RateLimit draft (draft-ietf-httpapi-ratelimit-headers-06). */
function setWaitHeaders(reply: FastifyReply, error: AppError, seconds: number): void {
  const wait = Math.max(1, Math.ceil(seconds));
  void reply.header('retry-after', wait);
  if (error.status !== 429) return;
  const limit = error.details.params?.['limit'];
  if (typeof limit === 'number') void reply.header('ratelimit-limit', limit);
  void reply.header('ratelimit-remaining', 0).header('ratelimit-reset', wait);
}
