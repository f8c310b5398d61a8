import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Patch, Post } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  invitation,
  invitationsAnswer,
  member,
  memberChange,
  memberDisabled,
  memberDisabling,
  membersAnswer,
  newInvitation,
  problem,
  recoveriesAnswer,
  type InvitationAnswer,
  type InvitationsAnswer,
  type Member,
  type MemberChange,
  type MemberDisabled,
  type MemberDisabling,
  type MembersAnswer,
  type NewInvitationRequest,
  type RecoveriesAnswer,
} from '@akashi/contracts';
import { readId } from '../access/read-id.ts';
import { Audited, AuditedInside, type AuditedCall } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { RecoveryService } from '../recovery/recovery.service.ts';
import { InvitationsService } from './invitations.service.ts';
import { MembersService } from './members.service.ts';

const describeMemberCall = ({ params }: AuditedCall) => ({ target: { kind: 'user', id: params['id'] ?? '' } });

@ApiTags('members')
@Controller('v1/members')
export class MembersController {
  readonly #members: MembersService;
  readonly #invitations: InvitationsService;
  readonly #recoveries: Pick<RecoveryService, 'list'>;

  constructor(
    @Inject(MembersService) members: MembersService,
    @Inject(InvitationsService) invitations: InvitationsService,
    @Inject(RecoveryService) recoveries: Pick<RecoveryService, 'list'>,
  ) {
    this.#members = members;
    this.#invitations = invitations;
    this.#recoveries = recoveries;
  }

  @Get()
  @Needs('members.read')
  @Audited('member.list')
  @Answers(membersAnswer)
  list(@Context() context: RequestContext): Promise<MembersAnswer> {
    return this.#members.list(context);
  }

  @Get('invitations')
  @Needs('members.manage')
  @Audited('member.invitation-list')
  @Answers(invitationsAnswer)
  listInvitations(@Context() context: RequestContext): Promise<InvitationsAnswer> {
    return this.#invitations.list(context);
  }

  @Post('invitations')
  @Needs('members.manage')
  @NeedsStepUp()
  @AuditedInside('member.invite')
  @Answers(invitation, { status: 201, description: 'Invited by mail; the link works once, for 72 hours' })
  invite(
    @Context() context: RequestContext,
    @Body({ schema: newInvitation }) body: NewInvitationRequest,
  ): Promise<InvitationAnswer> {
    return this.#invitations.invite(context, body);
  }

  @Post('invitations/:id/resend')
  @Needs('members.manage')
  @NeedsStepUp()
  @AuditedInside('member.invite')
  @Answers(invitation, { description: 'A new link was sent; the old one is worth nothing' })
  resend(@Context() context: RequestContext, @Param('id') id: string): Promise<InvitationAnswer> {
    return this.#invitations.resend(context, readId(id));
  }

  @Delete('invitations/:id')
  @Needs('members.manage')
  @AuditedInside('member.invitation-revoke')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The link is worth nothing any more' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  revoke(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#invitations.revoke(context, readId(id));
  }

  @Get('recoveries')
  @Needs('members.read')
  @Audited('recovery.list')
  @Answers(recoveriesAnswer, { description: 'Every time that an administrator was asked for from outside' })
  listRecoveries(@Context() context: RequestContext): Promise<RecoveriesAnswer> {
    return this.#recoveries.list(context);
  }

  @Get(':id')
  @Needs('members.read')
  @Audited('member.view', describeMemberCall)
  @Answers(member)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<Member> {
    return this.#members.get(context, readId(id));
  }

  @Patch(':id')
  @Needs('members.manage')
  @NeedsStepUp()
  @AuditedInside('member.change')
  @Answers(member)
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: memberChange }) body: MemberChange,
  ): Promise<Member> {
    return this.#members.change(context, readId(id), body);
  }

  @Post(':id/disable')
  @Needs('members.manage')
  @AuditedInside('member.disable', 'key.revoke')
  @Answers(memberDisabled, { description: 'The account has ended, with its sessions and the keys that it made' })
  disable(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: memberDisabling }) body: MemberDisabling,
  ): Promise<MemberDisabled> {
    return this.#members.disable(context, readId(id), body.reason);
  }

  @Post(':id/enable')
  @Needs('members.manage')
  @NeedsStepUp()
  @AuditedInside('member.enable')
  @Answers(member)
  enable(@Context() context: RequestContext, @Param('id') id: string): Promise<Member> {
    return this.#members.enable(context, readId(id));
  }

  @Post(':id/reset')
  @Needs('members.manage')
  @NeedsStepUp()
  @AuditedInside('member.factor-reset')
  @Answers(invitation, { status: 201, description: 'A link was sent; old factors end when it is taken up' })
  reset(@Context() context: RequestContext, @Param('id') id: string): Promise<InvitationAnswer> {
    return this.#invitations.reset(context, readId(id));
  }
}
