import { createHash } from 'node:crypto';
import { Controller, Get, Inject, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  certificateQuery,
  deletionsAnswer,
  deletionsQuery,
  disposalCertificate,
  type CertificateQuery,
  type DeletionsAnswer,
  type DeletionsQuery,
  type DisposalCertificate,
} from '@akashi/contracts';
import type { FastifyReply } from 'fastify';
import { readId } from '../access/read-id.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, type AuditedCall } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { sendAsFile } from '../openapi/answers-file.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs } from '../request-context/route-rules.ts';
import { DeletionsService } from './deletions.service.ts';

const describeDisposal = ({ params, query }: AuditedCall) => ({
  target: { kind: 'disposal', id: params['id'] ?? '' },
  details: { format: query['format'] === 'pdf' ? 'pdf' : 'json' },
});

/** What was disposed of at the end of its retention, each with a certificate that its statement stands in the log. */
@ApiTags('retention')
@ApiBearerAuth()
@Controller('v1/deletions')
export class DeletionsController {
  readonly #deletions: DeletionsService;

  constructor(@Inject(DeletionsService) deletions: DeletionsService) {
    this.#deletions = deletions;
  }

  @Get()
  @Needs('retention.read')
  @Audited('disposal.list', describeList)
  @Problems('cursor-invalid')
  @Answers(deletionsAnswer)
  list(
    @Context() context: RequestContext,
    @Query({ schema: deletionsQuery }) query: DeletionsQuery,
  ): Promise<DeletionsAnswer> {
    return this.#deletions.list(context, query);
  }

  @Get(':id/certificate')
  @Needs('retention.read')
  @Audited('disposal.certificate', describeDisposal)
  @Problems('evidence-altered')
  @ApiProduces('application/json', 'application/pdf')
  @Answers(disposalCertificate, {
    description: 'With the proof that its statement is under a signed checkpoint; or to read',
  })
  async certificate(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Query({ schema: certificateQuery }) { format, language }: CertificateQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DisposalCertificate | StreamableFile> {
    const certificate = await this.#deletions.certificate(context, readId(id));
    if (format === 'json') return certificate;
    const bytes = await this.#deletions.pdf(context, certificate, language);
    const name = `disposal-${certificate.disposal.createdAt.slice(0, 10)}-${certificate.proof.entry}.${language}.pdf`;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const type = 'application/pdf';
    sendAsFile(reply, { type, bytes: bytes.length, sha256, name: { plain: name, full: name } });
    return new StreamableFile(bytes, { type });
  }
}
