import { preferredLanguage } from '@akashi/server-kit';
import { maskedText } from '../kept-text/keep-texts.ts';
import type { FastifyRequest } from 'fastify';
import type { RequestContext } from './request-context.ts';

/** Who knocks, before anybody is known. */
export type RequestFacts = Pick<RequestContext, 'address' | 'userAgent' | 'requestId' | 'language'>;

export function factsOf(request: FastifyRequest): RequestFacts {
  const userAgent = request.headers['user-agent'];
  return {
    address: request.ip,
    requestId: String(request.id),
    language: preferredLanguage(request.headers['accept-language']),
    ...(userAgent === undefined ? {} : { userAgent: maskedText(userAgent) }),
  };
}
