import { createHash } from 'node:crypto';
import { Controller, Get, HttpCode, Inject, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  certificateQuery,
  installationKeys,
  keyDestructionCertificate,
  type CertificateQuery,
  type InstallationKeysAnswer,
  type KeyDestructionCertificate,
} from '@akashi/contracts';
import type { FastifyReply } from 'fastify';
import { readId } from '../access/read-id.ts';
import { describeTarget } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { sendAsFile } from '../openapi/answers-file.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { InstallationKeysService } from './installation-keys.service.ts';

/** How the installation keeps its keys, and what became of those of closed organisations. */
@ApiTags('platform')
@Controller('v1/platform')
export class InstallationKeysController {
  readonly #keys: InstallationKeysService;

  constructor(@Inject(InstallationKeysService) keys: InstallationKeysService) {
    this.#keys = keys;
  }

  @Get('keys')
  @Needs('platform.read')
  @Audited('installation-keys.view')
  @Answers(installationKeys)
  read(): Promise<InstallationKeysAnswer> {
    return this.#keys.read();
  }

  @Post('keys/recovery-export/confirm')
  @Needs('platform.manage')
  @NeedsStepUp()
  @AuditedInside('recovery-export.confirm')
  @HttpCode(200)
  @Problems('conflict')
  @Answers(installationKeys, { description: 'The last export lies on another disk, and its passphrase apart from it' })
  confirm(@Context() context: RequestContext): Promise<InstallationKeysAnswer> {
    return this.#keys.confirm(context);
  }

  @Get('tenants/:id/key-destruction')
  @Needs('platform.read')
  @Audited('content-keys.certificate', describeTarget('tenant'))
  @Problems('evidence-altered')
  @ApiProduces('application/json', 'application/pdf')
  @Answers(keyDestructionCertificate, {
    description: 'Of a closed organisation, with the proof that its log says so; or to read',
  })
  async certificate(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Query({ schema: certificateQuery }) { format, language }: CertificateQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<KeyDestructionCertificate | StreamableFile> {
    const certificate = await this.#keys.certificate(readId(id), language);
    if (format === 'json') return certificate;
    const bytes = await this.#keys.pdf(context, certificate, language);
    const name = `keys-destroyed-${certificate.destruction.createdAt.slice(0, 10)}.${language}.pdf`;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const type = 'application/pdf';
    sendAsFile(reply, { type, bytes: bytes.length, sha256, name: { plain: name, full: name } });
    return new StreamableFile(bytes, { type });
  }
}
