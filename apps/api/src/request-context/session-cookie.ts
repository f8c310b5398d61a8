import type { FastifyReply, FastifyRequest } from 'fastify';
import '@fastify/cookie';

/** Over HTTPS the name itself makes browsers bind the cookie to this host and to encryption. */
const cookieName = (secure: boolean): string => (secure ? '__Host-akashi_session' : 'akashi_session');

const attributes = { httpOnly: true, sameSite: 'strict', path: '/' } as const;

export function readSessionCookie(request: FastifyRequest, secure: boolean): string | undefined {
  return request.cookies[cookieName(secure)];
}

/** Without an end of its own: the server decides how long the session lives. */
export function setSessionCookie(reply: FastifyReply, token: string, secure: boolean): void {
  void reply.setCookie(cookieName(secure), token, { ...attributes, secure });
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  void reply.clearCookie(cookieName(secure), { ...attributes, secure });
}
