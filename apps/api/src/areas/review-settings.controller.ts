import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { reviewSettings, type ReviewSettings } from '@akashi/contracts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { ReviewSettingsService } from './review-settings.service.ts';

/** How the organisation reviews its logs. */
@ApiTags('areas')
@ApiBearerAuth()
@Controller('v1/review-settings')
export class ReviewSettingsController {
  readonly #service: ReviewSettingsService;

  constructor(@Inject(ReviewSettingsService) service: ReviewSettingsService) {
    this.#service = service;
  }

  @Get()
  @Needs('reviews.read')
  @Audited('review-settings.view')
  @Answers(reviewSettings)
  get(@Context() context: RequestContext): Promise<ReviewSettings> {
    return this.#service.get(context);
  }

  @Put()
  @Needs('areas.manage')
  @NeedsStepUp()
  @AuditedInside('review-settings.change')
  @Answers(reviewSettings, { description: 'In force from the next review on' })
  put(
    @Context() context: RequestContext,
    @Body({ schema: reviewSettings }) wanted: ReviewSettings,
  ): Promise<ReviewSettings> {
    return this.#service.put(context, wanted);
  }
}
