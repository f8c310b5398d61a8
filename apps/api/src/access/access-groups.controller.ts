import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiDefaultResponse, ApiNoContentResponse, ApiTags } from '@nestjs/swagger';
import {
  accessGrant,
  accessGrantsAnswer,
  accessGroup,
  accessGroupsAnswer,
  accessGroupValues,
  groupMembersAnswer,
  newGrant,
  newGroupMember,
  problem,
  type AccessGrantAnswer,
  type AccessGrantsAnswer,
  type AccessGroupAnswer,
  type AccessGroupsAnswer,
  type AccessGroupValues,
  type GroupMembersAnswer,
  type NewGrant,
  type NewGroupMember,
} from '@akashi/contracts';
import { Audited, AuditedInside, type AuditedCall } from '../audit-trail/route-audit.ts';
import { Answers } from '../openapi/answer.interceptor.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { Context } from '../request-context/request-parameters.ts';
import { Needs, NeedsStepUp } from '../request-context/route-rules.ts';
import { AccessGrantsService } from './access-grants.service.ts';
import { AccessGroupsService } from './access-groups.service.ts';
import { readId } from './read-id.ts';

const describeGroup = ({ params }: AuditedCall) => ({ target: { kind: 'access-group', id: params['id'] ?? '' } });

@ApiTags('access groups')
@Controller('v1/access-groups')
export class AccessGroupsController {
  readonly #groups: AccessGroupsService;
  readonly #grants: AccessGrantsService;

  constructor(
    @Inject(AccessGroupsService) groups: AccessGroupsService,
    @Inject(AccessGrantsService) grants: AccessGrantsService,
  ) {
    this.#groups = groups;
    this.#grants = grants;
  }

  @Get()
  @Needs('access.read')
  @Audited('access-group.list')
  @Answers(accessGroupsAnswer)
  list(@Context() context: RequestContext): Promise<AccessGroupsAnswer> {
    return this.#groups.list(context);
  }

  @Post()
  @Needs('access.manage')
  @AuditedInside('access-group.create')
  @Answers(accessGroup, { status: 201, description: 'The new group, which sees nothing yet' })
  create(
    @Context() context: RequestContext,
    @Body({ schema: accessGroupValues }) values: AccessGroupValues,
  ): Promise<AccessGroupAnswer> {
    return this.#groups.create(context, values);
  }

  @Get(':id')
  @Needs('access.read')
  @Audited('access-group.view', describeGroup)
  @Answers(accessGroup)
  get(@Context() context: RequestContext, @Param('id') id: string): Promise<AccessGroupAnswer> {
    return this.#groups.get(context, readId(id));
  }

  @Put(':id')
  @Needs('access.manage')
  @AuditedInside('access-group.change')
  @Answers(accessGroup)
  change(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: accessGroupValues }) values: AccessGroupValues,
  ): Promise<AccessGroupAnswer> {
    return this.#groups.change(context, readId(id), values);
  }

  @Delete(':id')
  @Needs('access.manage')
  @AuditedInside('access-group.remove')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'Ended, with its memberships and grants' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  remove(@Context() context: RequestContext, @Param('id') id: string): Promise<void> {
    return this.#groups.remove(context, readId(id));
  }

  @Get(':id/members')
  @Needs('access.read')
  @Audited('access-group.view', describeGroup)
  @Answers(groupMembersAnswer)
  members(@Context() context: RequestContext, @Param('id') id: string): Promise<GroupMembersAnswer> {
    return this.#groups.members(context, readId(id));
  }

  @Post(':id/members')
  @Needs('access.manage')
  @AuditedInside('access-group.member-add', 'approval.request')
  @NeedsStepUp()
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The person is in the group; with an approver, once that one confirms it' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  addMember(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: newGroupMember }) member: NewGroupMember,
  ): Promise<void> {
    return this.#groups.addMember(context, readId(id), member);
  }

  @Delete(':id/members/:userId')
  @Needs('access.manage')
  @AuditedInside('access-group.member-remove')
  @HttpCode(204)
  @ApiNoContentResponse({ description: 'The person is not in the group any more' })
  @ApiDefaultResponse({ description: 'Any refusal or fault', standardSchema: problem })
  removeMember(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Param('userId') userId: string,
  ): Promise<void> {
    return this.#groups.removeMember(context, readId(id), readId(userId));
  }

  @Get(':id/grants')
  @Needs('access.read')
  @Audited('grant.list', describeGroup)
  @Answers(accessGrantsAnswer)
  grants(@Context() context: RequestContext, @Param('id') id: string): Promise<AccessGrantsAnswer> {
    return this.#grants.list(context, readId(id));
  }

  @Post(':id/grants')
  @Needs('access.manage')
  @AuditedInside('grant.create', 'approval.request')
  @NeedsStepUp()
  @Answers(accessGrant, { status: 201, description: 'Asked for; in force once the approver confirms it' })
  grant(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Body({ schema: newGrant }) grant: NewGrant,
  ): Promise<AccessGrantAnswer> {
    return this.#grants.create(context, readId(id), grant);
  }

  @Post(':id/grants/:grantId/revoke')
  @Needs('access.manage')
  @AuditedInside('grant.revoke', 'approval.withdraw')
  @Answers(accessGrant, { description: 'Revoked, at once' })
  revoke(
    @Context() context: RequestContext,
    @Param('id') id: string,
    @Param('grantId') grantId: string,
  ): Promise<AccessGrantAnswer> {
    return this.#grants.revoke(context, readId(id), readId(grantId));
  }
}
