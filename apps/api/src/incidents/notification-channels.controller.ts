import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  createdNotificationChannel,
  newNotificationChannel,
  notificationChannel,
  notificationChannelChange,
  notificationChannelsAnswer,
  notificationTry,
  problem,
  type CreatedNotificationChannel,
  type NewNotificationChannel,
  type NotificationChannelAnswer,
  type NotificationChannelChange,
  type NotificationChannelsAnswer,
  type NotificationTry,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { describeList } from '../audit-trail/describe-calls.ts';
import { Audited, AuditedInside } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import { Problems } from '../openapi/route-problems.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { NotificationChannelsService } from './notification-channels.service.ts';

/** Who is told of incidents. */
@ApiTags('notification channels')
@Controller('v1/notification-channels')
export class NotificationChannelsController {
  readonly #service: NotificationChannelsService;

  constructor(@Inject(NotificationChannelsService) service: NotificationChannelsService) {
    this.#service = service;
  }

  @Get()
  @Needs('notifications.read')
  @Audited('notification-channel.list', describeList)
  @Answers(notificationChannelsAnswer)
  list(@Context() context: RequestContext): Promise<NotificationChannelsAnswer> {
    return this.#service.list(context);
  }

  @Post()
  @Needs('notifications.manage')
  @NeedsStepUp()
  @AuditedInside('notification-channel.create')
  @Problems('address-refused', 'conflict')
  @Answers(createdNotificationChannel, { status: 201, description: 'Told from the next incident on' })
  create(
    @Context() context: RequestContext,
    @Body({ schema: newNotificationChannel }) wanted: NewNotificationChannel,
  ): Promise<CreatedNotificationChannel> {
    return this.#service.create(context, wanted);
  }

  @Patch(':id')
  @Needs('notifications.manage')
  @NeedsStepUp()
  @AuditedInside('notification-channel.change')
  @Problems('conflict')
  @Answers(notificationChannel)
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: notificationChannelChange }) change: NotificationChannelChange,
  ): Promise<NotificationChannelAnswer> {
    return this.#service.change(context, readId(id), change);
  }

  @Delete(':id')
  @Needs('notifications.manage')
  @NeedsStepUp()
  @AuditedInside('notification-channel.remove')
  @HttpCode(204)
  @Problems('conflict')
  @ApiNoContentResponse({ description: 'It is told nothing any more' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  remove(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#service.remove(context, readId(id));
  }

  @Post(':id/try')
  @Needs('notifications.manage')
  @AuditedInside('notification-channel.try')
  @HttpCode(200)
  @Answers(notificationTry, { description: 'Whether a test message was taken' })
  try(@Context() context: RequestContext, @Param('id') id: string): Promise<NotificationTry> {
    return this.#service.try(context, readId(id));
  }
}
