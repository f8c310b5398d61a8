import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  identityProvider,
  identityProviderChange,
  identityProvidersAnswer,
  newIdentityProvider,
  problem,
  type IdentityProviderAnswer,
  type IdentityProviderChange,
  type IdentityProvidersAnswer,
  type NewIdentityProvider,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { IdentityProvidersService } from './identity-providers.service.ts';

@ApiTags('identity providers')
@Controller('v1/identity-providers')
export class IdentityProvidersController {
  readonly #providers: IdentityProvidersService;

  constructor(@Inject(IdentityProvidersService) providers: IdentityProvidersService) {
    this.#providers = providers;
  }

  @Get()
  @Needs('settings.read')
  @Audited('identity-provider.list')
  @Answers(identityProvidersAnswer)
  list(@Context() context: RequestContext): Promise<IdentityProvidersAnswer> {
    return this.#providers.list(context);
  }

  @Post()
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('identity-provider.create', 'identity-provider.change', 'approval.request')
  @Problems('approval-required')
  @Answers(identityProvider, { status: 201 })
  create(
    @Context() context: RequestContext,
    @Body({ schema: newIdentityProvider }) body: NewIdentityProvider,
  ): Promise<IdentityProviderAnswer> {
    return this.#providers.create(context, body);
  }

  @Put(':id')
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('identity-provider.change', 'approval.request', 'approval.withdraw')
  @Problems('approval-required')
  @Answers(identityProvider)
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: identityProviderChange }) body: IdentityProviderChange,
  ): Promise<IdentityProviderAnswer> {
    return this.#providers.change(context, readId(id), body);
  }

  @Delete(':id')
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('identity-provider.remove')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Nobody signs in through it any more' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  remove(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#providers.remove(context, readId(id));
  }
}
