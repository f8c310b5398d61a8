import { createHash } from 'node:crypto';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiBearerAuth, ApiDefaultResponse, ApiNoContentResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  bulkResult,
  calendarAnswer,
  calendarQuery,
  delegation,
  itemLook,
  itemResult,
  logReview,
  recordQuery,
  reviewRecordAnswer,
  reviewSigning,
  signingOptions,
  signingOptionsRequest,
  problem,
  type BulkResult,
  type CalendarAnswer,
  type CalendarQuery,
  type ItemLook,
  type ItemResult,
  type LogReviewAnswer,
  type ReviewDelegation,
  type ReviewRecordAnswer,
  type ReviewRecordQuery,
  type ReviewSigning,
  type SigningOptions,
  type SigningOptionsRequest,
} from '@akashi/contracts';
import type { FastifyReply } from 'fastify';
import { readId } from '../access/read-id.ts';
import { describeCalendar, describeReview } from '../audit-trail/describe-reviews.ts';
import type { SessionUser } from '@akashi/database';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { sendAsFile } from '../openapi/answers-file.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context, CurrentSession } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { ReviewDaysService } from './review-days.service.ts';
import { ReviewRecordsService } from './review-records.service.ts';
import { ReviewResultsService } from './review-results.service.ts';
import { ReviewSigningService } from './review-signing.service.ts';

/** The daily log review (PCI DSS 10.4.1): what is to be looked at, and what people say of it. */
@ApiTags('log reviews')
@ApiBearerAuth()
@Controller('v1/log-reviews')
export class LogReviewsController {
  readonly #days: ReviewDaysService;
  readonly #results: ReviewResultsService;
  readonly #signing: ReviewSigningService;
  readonly #records: ReviewRecordsService;

  constructor(
    @Inject(ReviewDaysService) days: ReviewDaysService,
    @Inject(ReviewResultsService) results: ReviewResultsService,
    @Inject(ReviewSigningService) signing: ReviewSigningService,
    @Inject(ReviewRecordsService) records: ReviewRecordsService,
  ) {
    this.#days = days;
    this.#results = results;
    this.#signing = signing;
    this.#records = records;
  }

  @Get()
  @Needs('reviews.read')
  @Audited('log-review.list', describeCalendar)
  @Problems('time-range-invalid')
  @Answers(calendarAnswer)
  calendar(
    @Context() context: RequestContext,
    @Query({ schema: calendarQuery }) query: CalendarQuery,
  ): Promise<CalendarAnswer> {
    return this.#days.calendar(context, query);
  }

  @Get(':day')
  @Needs('reviews.read')
  @Audited('log-review.view', describeReview)
  @Answers(logReview)
  get(@Context() context: RequestContext, @Param('day') day: string): Promise<LogReviewAnswer> {
    return this.#days.get(context, day);
  }

  @Post(':day/items/:item')
  @Needs('reviews.perform')
  @AuditedInside('log-review.decide', 'log-review.undo')
  @Problems('decided-before', 'review-moved-on', 'review-not-ready', 'conflict', 'search-unavailable')
  @Answers(logReview, { description: 'The day with the result; an exception is a finding now' })
  decide(
    @Context() context: RequestContext,
    @Param() place: { day: string; item: string },
    @Body({ schema: itemResult }) result: ItemResult,
  ): Promise<LogReviewAnswer> {
    return this.#results.decide(context, placeOf(place), result);
  }

  @Post(':day/items/:item/look')
  @Needs('reviews.read')
  @AuditedInside('log-review.look')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'It is on record that and for how long the item was looked at' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  look(
    @Context() context: RequestContext,
    @Param() place: { day: string; item: string },
    @Body({ schema: itemLook }) look: ItemLook,
  ): Promise<void> {
    return this.#results.look(context, placeOf(place), look);
  }

  @Post(':day/bulk')
  @Needs('reviews.perform')
  @AuditedInside('log-review.decide-bulk')
  @Problems('item-not-clear', 'review-moved-on', 'review-not-ready')
  @Answers(logReview, { description: 'All of the items have no finding, and are marked as decided together' })
  decideTogether(
    @Context() context: RequestContext,
    @Param('day') day: string,
    @Body({ schema: bulkResult }) items: BulkResult,
  ): Promise<LogReviewAnswer> {
    return this.#results.decideTogether(context, day, items);
  }

  @Post(':day/delegate')
  @Needs('reviews.perform')
  @AuditedInside('log-review.delegate')
  @Problems('conflict', 'review-moved-on')
  @Answers(logReview)
  delegate(
    @Context() context: RequestContext,
    @Param('day') day: string,
    @Body({ schema: delegation }) to: ReviewDelegation,
  ): Promise<LogReviewAnswer> {
    return this.#results.delegate(context, day, to);
  }

  @Post(':day/signing-options')
  @Needs('reviews.perform')
  @AuditedInside('log-review.prepare')
  @HttpCode(200)
  @Problems('review-moved-on', 'review-not-ready', 'separation-of-duties')
  @Answers(signingOptions, { description: 'What will be signed, and what a signing credential is to be asked' })
  prepare(
    @Context() context: RequestContext,
    @Param('day') day: string,
    @Body({ schema: signingOptionsRequest }) asked: SigningOptionsRequest,
  ): Promise<SigningOptions> {
    return this.#signing.prepare(context, day, asked);
  }

  @Post(':day/submit')
  @Needs('reviews.perform')
  @NeedsStepUp()
  @AuditedInside('log-review.submit')
  @HttpCode(200)
  @Problems('review-moved-on', 'review-not-ready', 'signature-refused', 'conflict')
  @Answers(logReview, { description: 'Signed by its reviewer; sealed, and waiting for its approval' })
  submit(
    @Context() context: RequestContext,
    @CurrentSession() session: SessionUser,
    @Param('day') day: string,
    @Body({ schema: reviewSigning }) said: ReviewSigning,
  ): Promise<LogReviewAnswer> {
    return this.#signing.sign({ context, session }, { day, act: 'submit' }, said);
  }

  // Whoever reviewed is let in and hears the rule; who may approve is for the policy to say.
  @Post(':day/approve')
  @Needs('reviews.perform')
  @NeedsStepUp()
  @AuditedInside('log-review.approve')
  @HttpCode(200)
  @Problems('review-moved-on', 'separation-of-duties', 'signature-refused', 'conflict')
  @Answers(logReview, { description: 'Signed by another person; nothing of it changes any more' })
  approve(
    @Context() context: RequestContext,
    @CurrentSession() session: SessionUser,
    @Param('day') day: string,
    @Body({ schema: reviewSigning }) said: ReviewSigning,
  ): Promise<LogReviewAnswer> {
    return this.#signing.sign({ context, session }, { day, act: 'approve' }, said);
  }

  @Post(':day/return')
  @Needs('reviews.perform')
  @NeedsStepUp()
  @AuditedInside('log-review.return')
  @HttpCode(200)
  @Problems('review-moved-on', 'separation-of-duties', 'signature-refused', 'conflict')
  @Answers(logReview, { description: 'Back to its reviewers with the comment; the record stays' })
  return(
    @Context() context: RequestContext,
    @CurrentSession() session: SessionUser,
    @Param('day') day: string,
    @Body({ schema: reviewSigning }) said: ReviewSigning,
  ): Promise<LogReviewAnswer> {
    return this.#signing.sign({ context, session }, { day, act: 'return' }, said);
  }

  @Post(':day/addenda')
  @Needs('reviews.perform')
  @NeedsStepUp()
  @AuditedInside('log-review.addendum')
  @HttpCode(200)
  @Problems('review-moved-on', 'signature-refused', 'conflict')
  @Answers(logReview, { description: 'Beside the approved record, signed' })
  addAddendum(
    @Context() context: RequestContext,
    @CurrentSession() session: SessionUser,
    @Param('day') day: string,
    @Body({ schema: reviewSigning }) said: ReviewSigning,
  ): Promise<LogReviewAnswer> {
    return this.#signing.sign({ context, session }, { day, act: 'addenda' }, said);
  }

  @Get(':day/record')
  @Needs('reviews.read')
  @Audited('log-review.record', describeReview)
  @ApiProduces('application/json', 'application/pdf')
  @Answers(reviewRecordAnswer, {
    description: 'Records and signatures as they were signed, every revision; or to read',
  })
  async record(
    @Context() context: RequestContext,
    @Param('day') day: string,
    @Query({ schema: recordQuery }) { format, language }: ReviewRecordQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReviewRecordAnswer | StreamableFile> {
    if (format === 'json') return this.#records.get(context, day);
    const bytes = await this.#records.pdf(context, day, language ?? context.language);
    const name = `log-review-${day}.${language ?? context.language}.pdf`;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const type = 'application/pdf';
    sendAsFile(reply, { type, bytes: bytes.length, sha256, name: { plain: name, full: name } });
    return new StreamableFile(bytes, { type });
  }
}

function placeOf({ day, item }: { day: string; item: string }): { day: string; item: string } {
  return { day, item: readId(item) };
}
