import { preferredLanguage } from '@akashi/server-kit';
import type { FastifyRequest } from 'fastify';

/** Who knocks, before anybody is known. */
export interface RequestFacts {
  readonly address: string;
  readonly userAgent: string | undefined;
  readonly requestId: string;
  readonly language: 'ja' | 'en';
}

export function factsOf(request: FastifyRequest): RequestFacts {
  return {
    address: request.ip,
    userAgent: request.headers['user-agent'],
    requestId: String(request.id),
    language: preferredLanguage(request.headers['accept-language']),
  };
}
