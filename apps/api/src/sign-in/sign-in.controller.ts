import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  passkeyOptions,
  passwordChange,
  problem,
  secondFactorRequest,
  session,
  signInRequest,
  type FirstPasswordChange,
  type PasskeyOptions,
  type SecondFactorRequest,
  type Session,
  type SignInRequest,
} from '@akashi/contracts';
import type { SessionUser } from '@akashi/database';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { Audited, AuditedInside, NotAudited } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { CurrentSession } from '../request-context/request-parameters.ts';
import { AtStage, OpenToAll, SignedIn } from '../request-context/route-rules.ts';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '../request-context/session-cookie.ts';
import { FirstPasswordService } from './first-password.service.ts';
import { PasskeyCeremony } from './passkey-ceremony.ts';
import { factsOf } from '../request-context/request-facts.ts';
import { SecondFactorService } from './second-factor.service.ts';
import { SessionSteps, type OpenedSession } from './session-steps.ts';
import { SignInService } from './sign-in.service.ts';

@ApiTags('session')
@Controller('v1/session')
export class SignInController {
  readonly #signIn: SignInService;
  readonly #secondFactor: SecondFactorService;
  readonly #passkeys: PasskeyCeremony;
  readonly #passwords: FirstPasswordService;
  readonly #steps: SessionSteps;
  readonly #secure: boolean;
  readonly #clock: ApiParts['clock'];

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(SignInService) signIn: SignInService,
    @Inject(SecondFactorService) secondFactor: SecondFactorService,
    @Inject(PasskeyCeremony) passkeys: PasskeyCeremony,
    @Inject(FirstPasswordService) passwords: FirstPasswordService,
    @Inject(SessionSteps) steps: SessionSteps,
  ) {
    this.#signIn = signIn;
    this.#secondFactor = secondFactor;
    this.#passkeys = passkeys;
    this.#passwords = passwords;
    this.#steps = steps;
    this.#secure = parts.secureCookies;
    this.#clock = parts.clock;
  }

  @Post()
  @AuditedInside('sign-in.password', 'sign-in.locked')
  @OpenToAll()
  @Answers(session, { status: 201, description: 'The password was right; `stage` says what is due next' })
  async signIn(
    @Body({ schema: signInRequest }) body: SignInRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    return this.#set(reply, await this.#signIn.signIn(body, factsOf(request)));
  }

  @Post('second-factor')
  @AuditedInside('sign-in.second-factor', 'sign-in.passkey', 'sign-in.recovery-code', 'sign-in.locked', 'session.start')
  @AtStage('second-factor')
  @Answers(session, { description: 'The session under a new token; full, unless a new password is due' })
  async proveSecondFactor(
    @Body({ schema: secondFactorRequest }) body: SecondFactorRequest,
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const facts = factsOf(request);
    const method = await this.#secondFactor.prove(found, body, facts);
    return this.#set(reply, await this.#steps.passSecondFactor(found, method, facts));
  }

  @Post('second-factor/passkey-options')
  @Audited('sign-in.challenge')
  @AtStage('second-factor')
  @Answers(passkeyOptions)
  passkeyOptions(@CurrentSession() found: SessionUser): Promise<PasskeyOptions> {
    return this.#passkeys.proofOptions(found);
  }

  @Post('password')
  @AuditedInside('credential.password-change', 'session.start')
  @AtStage('password-change')
  @Answers(session, { description: 'The full session under a new token' })
  async changePassword(
    @Body({ schema: passwordChange }) body: FirstPasswordChange,
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const facts = factsOf(request);
    await this.#passwords.change(found, body.newPassword, facts);
    return this.#set(reply, await this.#steps.passPasswordChange(found, facts));
  }

  @Post('step-up')
  @AuditedInside('session.step-up', 'sign-in.locked')
  @SignedIn()
  @Answers(session)
  async stepUp(
    @Body({ schema: secondFactorRequest }) body: SecondFactorRequest,
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
  ): Promise<Session> {
    const facts = factsOf(request);
    await this.#secondFactor.stepUp(found, body, facts);
    return this.#steps.describe({ ...found, steppedUpAt: this.#clock.now() }, facts.language);
  }

  @Post('step-up/passkey-options')
  @Audited('sign-in.challenge')
  @SignedIn()
  @Answers(passkeyOptions)
  stepUpPasskeyOptions(@CurrentSession() found: SessionUser): Promise<PasskeyOptions> {
    return this.#passkeys.proofOptions(found);
  }

  @Get()
  @NotAudited('shows a person their own session, at every page')
  @AtStage('any')
  @Answers(session)
  current(@CurrentSession() found: SessionUser, @Req() request: FastifyRequest): Promise<Session> {
    return this.#steps.describe(found, factsOf(request).language);
  }

  @Post('keep-alive')
  @Audited('session.extend')
  @AtStage('any')
  @Answers(session, { description: 'The idle time begins again, as with every request that a person makes' })
  keepAlive(@CurrentSession() found: SessionUser, @Req() request: FastifyRequest): Promise<Session> {
    return this.#steps.describe(found, factsOf(request).language);
  }

  @Delete()
  @AuditedInside('session.end')
  @AtStage('any')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Signed out' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  async signOut(
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = readSessionCookie(request, this.#secure);
    if (token !== undefined) await this.#signIn.signOut(found, token, factsOf(request));
    clearSessionCookie(reply, this.#secure);
  }

  #set(reply: FastifyReply, opened: OpenedSession): Session {
    setSessionCookie(reply, opened.token, this.#secure);
    return opened.session;
  }
}
