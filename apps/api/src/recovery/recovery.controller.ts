import { Body, Controller, HttpCode, Inject, Post, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  recoveryLookup,
  recoveryView,
  recoveryVoice,
  recoveryVoiceAnswer,
  type RecoveryLookup,
  type RecoveryView,
  type RecoveryVoice,
  type RecoveryVoiceAnswer,
} from '@akashi/contracts';
import type { FastifyRequest } from 'fastify';
import { AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import { factsOf } from '../request-context/request-facts.ts';
import { OpenToAll } from '../request-context/route-rules.ts';
import { RecoveryService } from './recovery.service.ts';

/** What an organisation's contacts are asked by mail: whether somebody may become its administrator. */
@ApiTags('recovery')
@Controller('v1/recovery')
export class RecoveryController {
  readonly #recoveries: RecoveryService;

  constructor(@Inject(RecoveryService) recoveries: RecoveryService) {
    this.#recoveries = recoveries;
  }

  @Post('look')
  @OpenToAll()
  @AuditedInside('recovery.view')
  @HttpCode(200)
  @Problems('invitation-gone', 'too-many-requests')
  @Answers(recoveryView)
  look(@Body({ schema: recoveryLookup }) body: RecoveryLookup, @Req() request: FastifyRequest): Promise<RecoveryView> {
    return this.#recoveries.look(body.token, factsOf(request));
  }

  @Post('answer')
  @OpenToAll()
  @AuditedInside('recovery.confirm', 'recovery.decline', 'member.invite', 'member.enable')
  @HttpCode(200)
  @Problems('invitation-gone', 'too-many-requests', 'mail-unavailable')
  @Answers(recoveryVoiceAnswer, { description: 'The answer counts; with enough of them the person gets a link' })
  answer(
    @Body({ schema: recoveryVoice }) body: RecoveryVoice,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryVoiceAnswer> {
    return this.#recoveries.answer(body, factsOf(request));
  }
}
