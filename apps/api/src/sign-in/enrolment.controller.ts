import { Body, Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  enrolled,
  invitationAcceptance,
  invitationLookup,
  invitationView,
  passkeyEnrolment,
  passkeyOptions,
  session,
  totpConfirmation,
  totpEnrolment,
  totpEnrolmentRequest,
  type Enrolled,
  type InvitationAcceptance,
  type InvitationLookup,
  type InvitationView,
  type PasskeyEnrolment,
  type PasskeyOptions,
  type Session,
  type TotpConfirmation,
  type TotpEnrolment,
  type TotpEnrolmentRequest,
} from '@akashi/contracts';
import type { SessionUser } from '@akashi/database';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { CurrentSession } from '../request-context/request-parameters.ts';
import { AtStage, OpenToAll } from '../request-context/route-rules.ts';
import { setSessionCookie } from '../request-context/session-cookie.ts';
import { FactorEnrolmentService } from './factor-enrolment.service.ts';
import { FirstPasswordService } from './first-password.service.ts';
import { PasskeyCeremony } from './passkey-ceremony.ts';
import { factsOf, type RequestFacts } from '../request-context/request-facts.ts';
import { SessionSteps } from './session-steps.ts';

/** From the link in the mail to the first full session. */
@ApiTags('session')
@Controller('v1')
export class EnrolmentController {
  readonly #passwords: FirstPasswordService;
  readonly #enrolment: FactorEnrolmentService;
  readonly #passkeys: PasskeyCeremony;
  readonly #steps: SessionSteps;
  readonly #secure: boolean;

  constructor(
    @Inject(apiParts) parts: ApiParts,
    @Inject(FirstPasswordService) passwords: FirstPasswordService,
    @Inject(FactorEnrolmentService) enrolment: FactorEnrolmentService,
    @Inject(PasskeyCeremony) passkeys: PasskeyCeremony,
    @Inject(SessionSteps) steps: SessionSteps,
  ) {
    this.#passwords = passwords;
    this.#enrolment = enrolment;
    this.#passkeys = passkeys;
    this.#steps = steps;
    this.#secure = parts.secureCookies;
  }

  @Post('invitation/look')
  @AuditedInside('member.invitation-view')
  @OpenToAll()
  @Answers(invitationView)
  look(
    @Body({ schema: invitationLookup }) body: InvitationLookup,
    @Req() request: FastifyRequest,
  ): Promise<InvitationView> {
    return this.#passwords.look(body.token, factsOf(request));
  }

  @Post('invitation/accept')
  @AuditedInside('member.invitation-accept', 'credential.password-reset')
  @OpenToAll()
  @Answers(session, { status: 201, description: 'The password is set; the second factor is due' })
  async accept(
    @Body({ schema: invitationAcceptance }) body: InvitationAcceptance,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Session> {
    const opened = await this.#passwords.accept(body, factsOf(request));
    setSessionCookie(reply, opened.token, this.#secure);
    return opened.session;
  }

  @Post('session/enrolment/totp')
  @AuditedInside('credential.factor-enrol')
  @AtStage('enrolment')
  @Answers(totpEnrolment, { status: 201 })
  beginTotp(
    @Body({ schema: totpEnrolmentRequest }) body: TotpEnrolmentRequest,
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
  ): Promise<TotpEnrolment> {
    return this.#enrolment.beginTotp(found, body.name, factsOf(request));
  }

  @Post('session/enrolment/totp/confirm')
  @AuditedInside('credential.factor-add', 'session.start')
  @AtStage('enrolment')
  @Answers(enrolled)
  async confirmTotp(
    @Body({ schema: totpConfirmation }) body: TotpConfirmation,
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Enrolled> {
    const facts = factsOf(request);
    const recoveryCodes = await this.#enrolment.confirmTotp(found, body, facts);
    return this.#rise({ found, method: 'totp', recoveryCodes }, facts, reply);
  }

  @Post('session/enrolment/passkey-options')
  @Audited('sign-in.challenge')
  @AtStage('enrolment')
  @Answers(passkeyOptions)
  passkeyOptions(@CurrentSession() found: SessionUser): Promise<PasskeyOptions> {
    return this.#passkeys.registrationOptions(found);
  }

  @Post('session/enrolment/passkey')
  @AuditedInside('credential.factor-add', 'session.start')
  @AtStage('enrolment')
  @Answers(enrolled)
  async addPasskey(
    @Body({ schema: passkeyEnrolment }) body: PasskeyEnrolment,
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Enrolled> {
    const facts = factsOf(request);
    const recoveryCodes = await this.#enrolment.addPasskey(found, body, facts);
    return this.#rise({ found, method: 'passkey', recoveryCodes }, facts, reply);
  }

  async #rise(
    proof: { found: SessionUser; method: string; recoveryCodes: string[] },
    facts: RequestFacts,
    reply: FastifyReply,
  ): Promise<Enrolled> {
    const opened = await this.#steps.passSecondFactor(proof.found, proof.method, facts);
    setSessionCookie(reply, opened.token, this.#secure);
    return { session: opened.session, recoveryCodes: proof.recoveryCodes };
  }
}
