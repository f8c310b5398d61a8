import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import {
  newTombstones,
  tombstoneCertificate,
  tombstonesAnswer,
  tombstonesQuery,
  type NewTombstones,
  type TombstoneCertificate,
  type TombstonesAnswer,
  type TombstonesQuery,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside, type AuditedCall } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { TombstonesService } from './tombstones.service.ts';

const describeTombstone = ({ params }: AuditedCall) => ({ target: { kind: 'tombstone', id: params['id'] ?? '' } });

/** Records that two people remove from the archive, each with a certificate that its statement stands in the log. */
@ApiTags('retention')
@ApiBearerAuth()
@Controller('v1/tombstones')
export class TombstonesController {
  readonly #tombstones: TombstonesService;

  constructor(@Inject(TombstonesService) tombstones: TombstonesService) {
    this.#tombstones = tombstones;
  }

  @Get()
  @Needs('retention.read')
  @Audited('tombstone.list', describeList)
  @Problems('cursor-invalid')
  @Answers(tombstonesAnswer)
  list(
    @Context() context: RequestContext,
    @Query({ schema: tombstonesQuery }) query: TombstonesQuery,
  ): Promise<TombstonesAnswer> {
    return this.#tombstones.list(context, query);
  }

  @Post()
  @Needs('records.remove')
  @NeedsStepUp()
  @AuditedInside('approval.request')
  @HttpCode(200)
  @Problems(
    'not-sealed-yet',
    'event-removed',
    'event-disposed',
    'records-held',
    'conflict',
    'search-unavailable',
    'evidence-altered',
    'key-missing',
    'archive-unavailable',
    'second-person-required',
    'second-person-missing',
  )
  @Answers(tombstonesAnswer, { description: 'Never: it is refused until another person confirms it' })
  ask(
    @Context() context: RequestContext,
    @Body({ schema: newTombstones }) wanted: NewTombstones,
  ): Promise<TombstonesAnswer> {
    return this.#tombstones.ask(context, wanted);
  }

  @Get(':id/certificate')
  @Needs('retention.read')
  @Audited('tombstone.certificate', describeTombstone)
  @Problems('not-sealed-yet', 'evidence-altered')
  @Answers(tombstoneCertificate, { description: 'With the proof that its statement is under a signed checkpoint' })
  certificate(@Context() context: RequestContext, @Param('id') id: string): Promise<TombstoneCertificate> {
    return this.#tombstones.certificate(context, readId(id));
  }
}
