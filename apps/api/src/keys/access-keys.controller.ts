import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  accessKey,
  accessKeysAnswer,
  accessKeyValues,
  accessKeyWithSecret,
  arrivalAnswer,
  keyRotation,
  newAccessKey,
  problem,
  senderConfigurationAnswer,
  type AccessKeyAnswer,
  type AccessKeysAnswer,
  type AccessKeyValues,
  type AccessKeyWithSecret,
  type ArrivalAnswer,
  type KeyRotationRequest,
  type NewAccessKeyRequest,
  type SenderConfigurationAnswer,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList, describeTarget } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { SenderGuideService } from '../sources/sender-guide.service.ts';
import { AccessKeysService } from './access-keys.service.ts';

@ApiTags('access keys')
@Controller('v1/access-keys')
export class AccessKeysController {
  readonly #keys: AccessKeysService;
  readonly #guide: SenderGuideService;

  constructor(
    @Inject(AccessKeysService) keys: AccessKeysService,
    @Inject(SenderGuideService) guide: SenderGuideService,
  ) {
    this.#keys = keys;
    this.#guide = guide;
  }

  @Get()
  @Needs('keys.manage')
  @Audited('key.list', describeList)
  @Answers(accessKeysAnswer)
  list(@Context() context: RequestContext): Promise<AccessKeysAnswer> {
    return this.#keys.list(context);
  }

  @Post()
  @Needs('keys.manage')
  @NeedsStepUp()
  @AuditedInside('key.create')
  @Answers(accessKeyWithSecret, { status: 201, description: 'The key with its secret, which is shown this once' })
  create(
    @Context() context: RequestContext,
    @Body({ schema: newAccessKey }) request: NewAccessKeyRequest,
  ): Promise<AccessKeyWithSecret> {
    return this.#keys.create(context, request);
  }

  @Get(':id')
  @Needs('keys.manage')
  @Audited('key.view', describeTarget('access-key'))
  @Answers(accessKey)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<AccessKeyAnswer> {
    return this.#keys.get(context, readId(id));
  }

  @Put(':id')
  @Needs('keys.manage')
  @NeedsStepUp()
  @AuditedInside('key.change')
  @Answers(accessKey)
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: accessKeyValues }) values: AccessKeyValues,
  ): Promise<AccessKeyAnswer> {
    return this.#keys.change(context, readId(id), values);
  }

  @Post(':id/rotate')
  @Needs('keys.manage')
  @NeedsStepUp()
  @AuditedInside('key.rotate')
  @Answers(accessKeyWithSecret, { description: 'The key with its new secret, which is shown this once' })
  rotate(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: keyRotation }) request: KeyRotationRequest,
  ): Promise<AccessKeyWithSecret> {
    return this.#keys.rotate(context, readId(id), request);
  }

  @Delete(':id')
  @Needs('keys.manage')
  @AuditedInside('key.revoke')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Revoked: refused everywhere within two seconds' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  async revoke(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    await this.#keys.revoke(context, readId(id));
  }

  @Get(':id/configuration')
  @Needs('keys.manage')
  @Audited('source.configuration', describeTarget('access-key'))
  @Answers(senderConfigurationAnswer)
  async configuration(@Context() context: RequestContext, @Param('id') id: string): Promise<SenderConfigurationAnswer> {
    const { logGroups } = await this.#keys.get(context, readId(id));
    return this.#guide.forKey(logGroups);
  }

  @Get(':id/arrival')
  @Needs('keys.manage')
  @Audited('source.arrival', describeTarget('access-key'))
  @Answers(arrivalAnswer)
  async arrival(@Context() context: RequestContext, @Param('id') id: string): Promise<ArrivalAnswer> {
    const key = await this.#keys.get(context, readId(id));
    return this.#guide.arrival(context, key.id);
  }
}
