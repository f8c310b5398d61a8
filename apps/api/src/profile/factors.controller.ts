import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post, Req } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  factor,
  factorChange,
  factorsAnswer,
  passkeyEnrolment,
  passkeyOptions,
  problem,
  recoveryCodes,
  totpConfirmation,
  totpEnrolment,
  totpEnrolmentRequest,
  type FactorAnswer,
  type FactorChange,
  type FactorsAnswer,
  type PasskeyEnrolment,
  type PasskeyOptions,
  type RecoveryCodes,
  type TotpConfirmation,
  type TotpEnrolment,
  type TotpEnrolmentRequest,
} from '@akashi/contracts';
import type { SessionUser } from '@akashi/database';
import type { FastifyRequest } from 'fastify';
import { readId } from '../access/read-id.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, CurrentSession } from '../request-context/request-parameters.ts';
import { NeedsStepUp, SignedIn } from '../request-context/route-rules.ts';
import { FactorEnrolmentService } from '../sign-in/factor-enrolment.service.ts';
import { PasskeyCeremony } from '../sign-in/passkey-ceremony.ts';
import { factsOf } from '../request-context/request-facts.ts';
import { ProfileService } from './profile.service.ts';

/** A person's second factors. Whoever changes them has just proven one (PCI DSS 8.3.3). */
@ApiTags('profile')
@Controller('v1/profile')
export class FactorsController {
  readonly #profile: ProfileService;
  readonly #enrolment: FactorEnrolmentService;
  readonly #passkeys: PasskeyCeremony;

  constructor(
    @Inject(ProfileService) profile: ProfileService,
    @Inject(FactorEnrolmentService) enrolment: FactorEnrolmentService,
    @Inject(PasskeyCeremony) passkeys: PasskeyCeremony,
  ) {
    this.#profile = profile;
    this.#enrolment = enrolment;
    this.#passkeys = passkeys;
  }

  @Get('factors')
  @SignedIn()
  @Audited('credential.list')
  @Answers(factorsAnswer)
  list(@Context() context: RequestContext): Promise<FactorsAnswer> {
    return this.#profile.factors(context);
  }

  @Post('factors/totp')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('credential.factor-enrol')
  @Answers(totpEnrolment, { status: 201 })
  beginTotp(
    @Body({ schema: totpEnrolmentRequest }) body: TotpEnrolmentRequest,
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
  ): Promise<TotpEnrolment> {
    return this.#enrolment.beginTotp(found, body.name, factsOf(request));
  }

  @Post('factors/totp/confirm')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('credential.factor-add')
  @Answers(factorsAnswer)
  async confirmTotp(
    @Context() context: RequestContext,
    @Body({ schema: totpConfirmation }) body: TotpConfirmation,
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
  ): Promise<FactorsAnswer> {
    await this.#enrolment.confirmTotp(found, body, factsOf(request));
    return this.#profile.factors(context);
  }

  @Post('factors/passkey-options')
  @SignedIn()
  @NeedsStepUp()
  @Audited('sign-in.challenge')
  @Answers(passkeyOptions)
  passkeyOptions(@CurrentSession() found: SessionUser): Promise<PasskeyOptions> {
    return this.#passkeys.registrationOptions(found);
  }

  @Post('factors/passkey')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('credential.factor-add')
  @Answers(factorsAnswer, { status: 201 })
  async addPasskey(
    @Context() context: RequestContext,
    @Body({ schema: passkeyEnrolment }) body: PasskeyEnrolment,
    @CurrentSession() found: SessionUser,
    @Req() request: FastifyRequest,
  ): Promise<FactorsAnswer> {
    await this.#enrolment.addPasskey(found, body, factsOf(request));
    return this.#profile.factors(context);
  }

  @Patch('factors/:id')
  @SignedIn()
  @AuditedInside('credential.factor-change')
  @Answers(factor, { description: 'Its name alone can be changed; no fresh second factor is asked for that' })
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: factorChange }) { name }: FactorChange,
  ): Promise<FactorAnswer> {
    return this.#profile.renameFactor(context, readId(id), name);
  }

  @Delete('factors/:id')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('credential.factor-remove')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The factor proves nothing any more' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  remove(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#profile.removeFactor(context, readId(id));
  }

  @Post('recovery-codes')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('credential.recovery-codes')
  @Answers(recoveryCodes, { status: 201, description: 'Ten codes, shown this once; earlier ones are worth nothing' })
  async renewRecoveryCodes(
    @Context() context: RequestContext,
    @CurrentSession() found: SessionUser,
  ): Promise<RecoveryCodes> {
    return { recoveryCodes: await this.#profile.renewRecoveryCodes(context, found) };
  }
}
