import { Inject, Injectable } from '@nestjs/common';
import type {
  AccessGroupAnswer,
  AccessGroupsAnswer,
  AccessGroupValues,
  GroupMembersAnswer,
  NewGroupMember,
} from '@akashi/contracts';
import type { AccessGroup, TenantDatabase } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { accessGroupTarget, findAccessGroup } from './access-group.ts';
import { ApprovalsService } from './approvals.service.ts';
import { reachesFurther } from './group-reach.ts';

/** Groups of people and who is in them. */
@Injectable()
export class AccessGroupsService {
  readonly #database: Pick<ApiParts['database'], 'forTenant'>;
  readonly #clock: ApiParts['clock'];
  readonly #audit: Pick<AuditTrail, 'record'>;
  readonly #approvals: Pick<ApprovalsService, 'ask'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) audit: Pick<AuditTrail, 'record'>,
    @Inject(ApprovalsService) approvals: Pick<ApprovalsService, 'ask'>,
  ) {
    this.#database = parts.database;
    this.#clock = parts.clock;
    this.#audit = audit;
    this.#approvals = approvals;
  }

  async list(context: RequestContext): Promise<AccessGroupsAnswer> {
    const groups = await this.#tenant(context).accessGroups.list();
    return { items: groups.map(showGroup) };
  }

  async get(context: RequestContext, id: string): Promise<AccessGroupAnswer> {
    return showGroup(await findAccessGroup(this.#tenant(context), id));
  }

  async create(context: RequestContext, values: AccessGroupValues): Promise<AccessGroupAnswer> {
    await this.#checkValues(context, values);
    const target = { kind: 'access-group', name: values.name };
    await this.#audit.record(context, {
      action: 'access-group.create',
      outcome: 'success',
      target,
      after: { ...values },
    });
    const id = await this.#tenant(context).accessGroups.create(values);
    if (id === null) throw new AppError('name-taken');
    return showGroup(await findAccessGroup(this.#tenant(context), id));
  }

  async change(context: RequestContext, id: string, values: AccessGroupValues): Promise<AccessGroupAnswer> {
    const before = await findAccessGroup(this.#tenant(context), id);
    await this.#checkValues(context, values, id);
    const { name, description, ownerId } = before;
    await this.#audit.record(context, {
      action: 'access-group.change',
      outcome: 'success',
      target: accessGroupTarget(before),
      before: { name, description, ownerId },
      after: { ...values },
    });
    const outcome = await this.#tenant(context).accessGroups.change(id, values);
    if (outcome !== 'changed') throw new AppError(outcome);
    return showGroup(await findAccessGroup(this.#tenant(context), id));
  }

  /** Ends its memberships and grants with it. */
  async remove(context: RequestContext, id: string): Promise<void> {
    const group = await findAccessGroup(this.#tenant(context), id);
    const details = { members: group.members, grants: group.grants };
    const target = accessGroupTarget(group);
    await this.#audit.record(context, { action: 'access-group.remove', outcome: 'success', target, details });
    if (!(await this.#tenant(context).accessGroups.remove(id, context.actor.id))) throw new AppError('not-found');
  }

  async members(context: RequestContext, id: string): Promise<GroupMembersAnswer> {
    await findAccessGroup(this.#tenant(context), id);
    const members = await this.#tenant(context).accessGroups.members(id);
    return { items: members.map((member) => ({ ...member, addedAt: member.addedAt.toISOString() })) };
  }

  /**
   * Nobody lets themselves in, or anybody into what they do not see themselves: such a person is in once the approver
   * confirms it.
   */
  async addMember(context: RequestContext, groupId: string, { userId, approvedBy }: NewGroupMember): Promise<void> {
    const tenant = this.#tenant(context);
    const group = await findAccessGroup(tenant, groupId);
    const person = (await tenant.accessGrants.people()).find(({ id }) => id === userId);
    if (person === undefined) throw new AppError('not-found');
    const target = accessGroupTarget(group);
    const grants = { accessGrants: tenant.accessGrants, now: this.#clock.now() };
    const needsApproval = userId === context.actor.id || (await reachesFurther(grants, context, groupId));
    if (needsApproval || approvedBy !== undefined) {
      if (approvedBy === undefined) throw new AppError('approval-required');
      await this.#approvals.ask(context, {
        subject: { kind: 'membership', groupId, subjectId: userId, content: {} },
        approverId: approvedBy,
        target,
        action: 'access-group.member-add',
      });
      return;
    }
    await this.#audit.record(context, {
      action: 'access-group.member-add',
      outcome: 'success',
      target,
      details: { member_id: userId, member: person.email },
    });
    const outcome = await tenant.accessGroups.addMember({ groupId, userId, by: context.actor.id });
    if (outcome === null) throw new AppError('not-found');
  }

  async removeMember(context: RequestContext, groupId: string, userId: string): Promise<void> {
    const tenant = this.#tenant(context);
    const group = await findAccessGroup(tenant, groupId);
    const member = (await tenant.accessGroups.members(groupId)).find((each) => each.userId === userId);
    if (member === undefined) throw new AppError('not-found');
    await this.#audit.record(context, {
      action: 'access-group.member-remove',
      outcome: 'success',
      target: accessGroupTarget(group),
      details: { member_id: userId, member: member.email },
    });
    await tenant.accessGroups.removeMember({ groupId, userId, by: context.actor.id });
  }

  async #checkValues(context: RequestContext, { name, ownerId }: AccessGroupValues, ownId?: string): Promise<void> {
    const tenant = this.#tenant(context);
    const groups = await tenant.accessGroups.list();
    if (groups.some((group) => group.name === name && group.id !== ownId)) throw new AppError('name-taken');
    if (ownerId === null) return;
    const people = await tenant.accessGrants.people();
    if (!people.some(({ id }) => id === ownerId)) {
      throw new AppError('request-invalid', { detail: 'ownerId: is nobody of this organisation' });
    }
  }

  #tenant(context: RequestContext): TenantDatabase {
    return this.#database.forTenant(context.tenantId);
  }
}

function showGroup(group: AccessGroup): AccessGroupAnswer {
  return { ...group, createdAt: group.createdAt.toISOString() };
}
