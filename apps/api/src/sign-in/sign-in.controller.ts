import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import { problem, session, signInRequest, type Session, type SignInRequest } from '@akashi/contracts';
import type { SessionUser } from '@akashi/database';
import { preferredLanguage } from '@akashi/server-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, CurrentSession } from '../request-context/request-parameters.ts';
import { AtStage, OpenToAll } from '../request-context/route-rules.ts';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '../request-context/session-cookie.ts';
import { describeSession, SignInService } from './sign-in.service.ts';

@ApiTags('session')
@Controller('v1/session')
export class SignInController {
  readonly #signIn: SignInService;
  readonly #secure: boolean;

  constructor(@Inject(SignInService) signIn: SignInService, @Inject(apiParts) parts: ApiParts) {
    this.#signIn = signIn;
    this.#secure = parts.secureCookies;
  }

  @Post()
  @OpenToAll()
  @Answers(session, { status: 201, description: 'Signed in; the session is in a cookie' })
  async signIn(
    @Body({ schema: signInRequest }) body: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const signedIn = await this.#signIn.signIn(body, preferredLanguage(request.headers['accept-language']));
    setSessionCookie(reply, signedIn.token, this.#secure);
    return signedIn.session;
  }

  @Get()
  @AtStage('any')
  @Answers(session)
  current(@Context() context: RequestContext, @CurrentSession() found: SessionUser): Session {
    return describeSession(found, context.language);
  }

  @Delete()
  @AtStage('any')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Signed out' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  async signOut(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    const token = readSessionCookie(request, this.#secure);
    if (token !== undefined) await this.#signIn.signOut(token);
    clearSessionCookie(reply, this.#secure);
  }
}
