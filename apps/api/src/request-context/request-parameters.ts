import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { SessionUser } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import type { FastifyReply } from 'fastify';
import type { AuthenticatedRequest } from './authentication.guard.ts';
import type { RequestContext } from './request-context.ts';

/** The RequestContext of an authenticated route. */
export const Context = createParamDecorator((_data: unknown, execution: ExecutionContext): RequestContext => {
  const context = execution.switchToHttp().getRequest<AuthenticatedRequest>().akashiContext;
  if (context === undefined) throw new AppError('unauthenticated');
  return context;
});

/** The session of a person; an API key has none. */
export const CurrentSession = createParamDecorator((_data: unknown, execution: ExecutionContext): SessionUser => {
  const session = execution.switchToHttp().getRequest<AuthenticatedRequest>().akashiSession;
  if (session === undefined) throw new AppError('unauthenticated');
  return session;
});

/** Aborts when the caller goes away before the answer. */
export const UntilGone = createParamDecorator((_data: unknown, execution: ExecutionContext): AbortSignal => {
  const { raw } = execution.switchToHttp().getResponse<FastifyReply>();
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableEnded) controller.abort();
  });
  return controller.signal;
});
