import { Body, Controller, Get, Header, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import { ApiDefaultResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import {
  problem,
  providerButtons,
  providersQuery,
  providerStart,
  providerStartRequest,
  type ProviderButtons,
  type ProvidersQuery,
  type ProviderStart,
  type ProviderStartRequest,
} from '@akashi/contracts';
import { describeError } from '@akashi/server-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditedInside, NotAudited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { OpenToAll } from '../request-context/route-rules.ts';
import { setSessionCookie } from '../request-context/session-cookie.ts';
import { translateFault } from '../translate-fault.ts';
import { callbackUrlOf } from './callback-url.ts';
import { attemptMs, ProviderSignInService, type ReopenedAttempt } from './provider-sign-in.service.ts';
import { factsOf } from '../request-context/request-facts.ts';

/** The one cookie that comes along from another site: it carries a sealed attempt, and opens nothing by itself. */
const cookieName = (secure: boolean): string => (secure ? '__Host-akashi_provider' : 'akashi_provider');

@ApiTags('session')
@Controller('v1/session')
export class ProviderSignInController {
  readonly #providers: ProviderSignInService;
  readonly #secure: boolean;
  readonly #webUrl: string;

  constructor(@Inject(apiParts) parts: ApiParts, @Inject(ProviderSignInService) providers: ProviderSignInService) {
    this.#providers = providers;
    this.#secure = parts.secureCookies;
    this.#webUrl = parts.webUrl;
  }

  @Get('providers')
  @OpenToAll()
  @NotAudited('shows what the sign-in page of an organisation shows to everybody')
  @Answers(providerButtons)
  buttons(@Query({ schema: providersQuery }) query: ProvidersQuery): Promise<ProviderButtons> {
    return this.#providers.buttons(query.organisation);
  }

  @Post('provider')
  @OpenToAll()
  @NotAudited('nothing has happened before the browser is back from the provider')
  @Answers(providerStart)
  async start(
    @Body({ schema: providerStartRequest }) body: ProviderStartRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProviderStart> {
    const { url, kept } = await this.#providers.start(body, factsOf(request));
    void reply.setCookie(cookieName(this.#secure), kept, {
      httpOnly: true,
      sameSite: 'lax',
      path: '/',
      secure: this.#secure,
      maxAge: attemptMs / 1000,
    });
    return { url };
  }

  /**
   * Where the provider sends the browser. Answered with a page that goes on by itself: after a redirect from another site
   * a browser would not send the new session's strict cookie, from our own page it does.
   */
  @Get('provider/callback')
  @OpenToAll()
  @AuditedInside('sign-in.provider')
  @HttpCode(200)
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'")
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  @ApiOkResponse({ description: 'A page that leads on to the sign-in', content: { 'text/html': {} } })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  async callback(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const kept = request.cookies[cookieName(this.#secure)];
    void reply.clearCookie(cookieName(this.#secure), { path: '/', secure: this.#secure });
    const attempt = await this.#providers.reopen(kept);
    try {
      const answer = new URL(request.url, callbackUrlOf(this.#webUrl));
      const opened = await this.#providers.finish(answer, attempt, factsOf(request));
      setSessionCookie(reply, opened.token, this.#secure);
      return pageTo(this.#signInAddress(attempt));
    } catch (error) {
      const { code } = translateFault(error) ?? describeError(error);
      if (code === 'internal') throw error;
      return pageTo(this.#signInAddress(attempt, code));
    }
  }

  /** The sign-in page as the person left it: of the same organisation, on the way to the same page. */
  #signInAddress(attempt: ReopenedAttempt | null, problemCode?: string): string {
    const url = new URL(`${this.#webUrl}/sign-in`);
    if (problemCode !== undefined) url.searchParams.set('problem', problemCode);
    if (attempt !== null) url.searchParams.set('organisation', attempt.slug);
    if (attempt?.returnPath !== undefined) url.searchParams.set('return', attempt.returnPath);
    return url.href;
  }
}

function pageTo(url: string): string {
  const shown = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${shown}"><title>Akashi</title></head><body><p><a href="${shown}">Akashi</a></p></body></html>\n`;
}
