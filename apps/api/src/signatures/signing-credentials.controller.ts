import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  passkeyEnrolment,
  passkeyOptions,
  problem,
  signingCredentialsAnswer,
  type PasskeyEnrolment,
  type PasskeyOptions,
  type SigningCredentialsAnswer,
} from '@akashi/contracts';
import type { SessionUser } from '@akashi/database';
import { readId } from '../access/read-id.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, CurrentSession } from '../request-context/request-parameters.ts';
import { NeedsStepUp, SignedIn } from '../request-context/route-rules.ts';
import { SigningCredentialsService } from './signing-credentials.service.ts';

/** A person's authenticators for signing log review records, apart from those that sign them in. */
@ApiTags('profile')
@Controller('v1/profile/signing-credentials')
export class SigningCredentialsController {
  readonly #credentials: SigningCredentialsService;

  constructor(@Inject(SigningCredentialsService) credentials: SigningCredentialsService) {
    this.#credentials = credentials;
  }

  @Get()
  @SignedIn()
  @Audited('credential.list')
  @Answers(signingCredentialsAnswer)
  list(@Context() context: RequestContext): Promise<SigningCredentialsAnswer> {
    return this.#credentials.list(context);
  }

  @Post('options')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('credential.signing-enrol')
  @Answers(passkeyOptions, { description: 'For navigator.credentials.create; answered within ten minutes' })
  options(@Context() context: RequestContext): Promise<PasskeyOptions> {
    return this.#credentials.options(context);
  }

  @Post()
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('credential.signing-add')
  @Answers(signingCredentialsAnswer, { status: 201, description: 'It signs once its enrolment is sealed' })
  enrol(
    @Context() context: RequestContext,
    @CurrentSession() session: SessionUser,
    @Body({ schema: passkeyEnrolment }) body: PasskeyEnrolment,
  ): Promise<SigningCredentialsAnswer> {
    return this.#credentials.enrol(context, session, body);
  }

  @Delete(':id')
  @SignedIn()
  @NeedsStepUp()
  @AuditedInside('credential.signing-end')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It signs nothing any more; what it signed stays proven' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  end(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#credentials.end(context, readId(id));
  }
}
