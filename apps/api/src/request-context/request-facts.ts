import { preferredLanguage } from '@akashi/server-kit';
import { maskedText } from '../kept-text/keep-texts.ts';
import type { FastifyRequest } from 'fastify';
import type { RequestContext } from './request-context.ts';

/** Who knocks, before anybody is known. */
export type RequestFacts = Pick<RequestContext, 'address' | 'userAgent' | 'requestId' | 'language'>;

export function factsOf(request: FastifyRequest): RequestFacts {
  const userAgent = request.headers['user-agent'];
  return {
    // A caller who has gone meanwhile has no address any more; what they began is on record all the same.
    address: (request.ip as string | undefined) ?? 'unknown',
    requestId: String(request.id),
    language: preferredLanguage(request.headers['accept-language']),
    ...(userAgent === undefined ? {} : { userAgent: maskedText(userAgent) }),
  };
}
