import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  dataKeyExport,
  dataKeyExportRequest,
  encryptionKeysAnswer,
  type DataKeyExport,
  type DataKeyExportRequest,
  type EncryptionKeysAnswer,
} from '@akashi/contracts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { EncryptionKeysService } from './encryption-keys.service.ts';

/** The keys that an organisation's records lie under. */
@ApiTags('encryption-keys')
@Controller('v1/encryption-keys')
export class EncryptionKeysController {
  readonly #keys: EncryptionKeysService;

  constructor(@Inject(EncryptionKeysService) keys: EncryptionKeysService) {
    this.#keys = keys;
  }

  @Get()
  @Needs('settings.read')
  @Audited('encryption-key.list', describeList)
  @Answers(encryptionKeysAnswer)
  list(@Context() context: RequestContext): Promise<EncryptionKeysAnswer> {
    return this.#keys.list(context);
  }

  @Post('export')
  @Needs('settings.manage')
  @NeedsStepUp()
  @AuditedInside('data-key.export')
  @HttpCode(200)
  @Answers(dataKeyExport, { description: 'What an auditor opens the records with, offline' })
  export(
    @Context() context: RequestContext,
    @Body({ schema: dataKeyExportRequest }) wanted: DataKeyExportRequest,
  ): Promise<DataKeyExport> {
    return this.#keys.export(context, wanted);
  }
}
