import { Body, Controller, Get, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  accessReview,
  accessReviewDecision,
  accessReviewDetail,
  accessReviewsAnswer,
  newAccessReview,
  type AccessReviewAnswer,
  type AccessReviewDecision,
  type AccessReviewDetail,
  type AccessReviewsAnswer,
  type NewAccessReview,
} from '@akashi/contracts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsOrOwns } from '../request-context/route-rules.ts';
import { AccessReviewsService } from './access-reviews.service.ts';
import { readId } from './read-id.ts';

@ApiTags('access reviews')
@Controller('v1/access-reviews')
export class AccessReviewsController {
  readonly #service: AccessReviewsService;

  constructor(@Inject(AccessReviewsService) service: AccessReviewsService) {
    this.#service = service;
  }

  @Get()
  @NeedsOrOwns('access.read')
  @Audited('access-review.list')
  @Answers(accessReviewsAnswer)
  list(@Context() context: RequestContext): Promise<AccessReviewsAnswer> {
    return this.#service.list(context);
  }

  @Post()
  @Needs('access.manage')
  @AuditedInside('access-review.start')
  @Answers(accessReviewDetail, { status: 201, description: 'Every account, membership, grant and key as it is now' })
  open(
    @Context() context: RequestContext,
    @Body({ schema: newAccessReview }) wanted: NewAccessReview,
  ): Promise<AccessReviewDetail> {
    return this.#service.open(context, wanted);
  }

  @Get(':id')
  @NeedsOrOwns('access.read')
  @Audited('access-review.view', ({ params }) => ({ target: { kind: 'access-review', id: params['id'] ?? '' } }))
  @Answers(accessReviewDetail)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<AccessReviewDetail> {
    return this.#service.get(context, readId(id));
  }

  @Post(':id/items/:itemId')
  @NeedsOrOwns('access.manage')
  @AuditedInside('access-review.decide')
  @Answers(accessReviewDetail, { description: 'Decided; what is removed has ended' })
  decide(
    @Context() context: RequestContext,
    @Param() place: { id: string; itemId: string },
    @Body({ schema: accessReviewDecision }) decision: AccessReviewDecision,
  ): Promise<AccessReviewDetail> {
    const read = { reviewId: readId(place.id), itemId: readId(place.itemId) };
    return this.#service.decide(context, read, decision);
  }

  @Post(':id/close')
  @Needs('access.manage')
  @AuditedInside('access-review.close')
  @Answers(accessReview, { description: 'Closed; everything was decided' })
  close(@Context() context: RequestContext, @Param('id') id: string): Promise<AccessReviewAnswer> {
    return this.#service.close(context, readId(id));
  }
}
