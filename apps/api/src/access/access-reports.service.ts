import { Inject, Injectable } from '@nestjs/common';
import type {
  AccessPreview,
  AccessPreviewRequest,
  AccessThrough,
  LogGroupReaders,
  MemberAccess,
} from '@akashi/contracts';
import type { PersonInGroups, StoredGrant, SupportAccess, TenantDatabase } from '@akashi/database';
import {
  ownEvidenceGroups,
  compileGrants,
  intersectScopes,
  isPermitted,
  matchesLogGroup,
  openedLogGroups,
  permissionsOf,
  reachOfLogGroup,
  reachOfStream,
  reachesLogGroup,
  scopeOfLogGroups,
  type AccessScope,
} from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { isMissingStream } from '../missing-stream.ts';
import { readSelection } from '../selection/read-selection.ts';
import { scopeOfSupport } from '../request-context/enter-support.ts';
import { readGrant } from '../request-context/person-scope.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type NamedGrant = StoredGrant & { groupName: string };

interface FoundPerson {
  readonly person: PersonInGroups;
  readonly permissions: readonly string[];
  readonly through: AccessThrough[];
  readonly scope: AccessScope;
}

/** Who sees what, by the same rules that decide it when they look. */
@Injectable()
export class AccessReportsService {
  readonly #parts: Pick<ApiParts, 'database' | 'search' | 'clock'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'search' | 'clock'>) {
    this.#parts = parts;
  }

  /** Everybody who can see events of the log group now, whether or not there are any. */
  async readers(context: RequestContext, logGroup: string): Promise<LogGroupReaders> {
    const tenant = this.#tenant(context);
    const now = this.#parts.clock.now();
    const moment = { timeZone: context.timeZone, now };
    const [people, grants, keys, support] = await Promise.all([
      tenant.accessGrants.people(),
      tenant.accessGrants.allInForce(),
      tenant.accessKeys.list(),
      tenant.supportAccess.current(),
    ]);
    const operators = support.flatMap((access) => {
      const reach = reachOfLogGroup(scopeOfSupport(access), logGroup);
      return reach === 'none' ? [] : [{ ...operatorOf(access), reach, through: [throughSupport(access)] }];
    });
    return {
      logGroup,
      at: now.toISOString(),
      people: people
        .flatMap(({ groupIds, ...person }) => {
          const own = grantsOf({ ...person, groupIds }, grants);
          const reach = reachOfLogGroup(scopeOf(moment, { ...person, groupIds }, own), logGroup);
          if (reach === 'none') return [];
          const through = throughOf(person.role, own);
          return [{ ...person, reach, through: through.filter((each) => covers(each.logGroups, logGroup)) }];
        })
        .concat(operators),
      keys: keys
        .filter(
          (key) => key.kind === 'api' && key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now),
        )
        .flatMap(({ id, name, logGroups, responsible, expiresAt }) => {
          const person = people.find((candidate) => candidate.id === responsible?.id);
          if (person === undefined) return [];
          const sight = scopeOf(moment, person, grantsOf(person, grants));
          const reach = reachOfLogGroup(intersectScopes(scopeOfLogGroups(logGroups), sight), logGroup);
          if (reach === 'none') return [];
          const until = expiresAt?.toISOString() ?? null;
          return [{ id, name, reach, logGroups, expiresAt: until, responsible: person.displayName }];
        }),
    };
  }

  async member(context: RequestContext, id: string): Promise<MemberAccess> {
    const tenant = this.#tenant(context);
    const { person, permissions, through, scope } = await this.#findPerson(context, id);
    const [logGroups, sources, groups] = await Promise.all([
      tenant.logGroups.list(),
      tenant.sources.list(),
      tenant.accessGroups.list(),
    ]);
    const { groupIds, ...member } = person;
    return {
      member,
      at: this.#parts.clock.now().toISOString(),
      permissions: [...permissions],
      groups: groups
        .filter((group) => groupIds.includes(group.id))
        .map((group) => ({ id: group.id, name: group.name })),
      through,
      logGroups: logGroups.flatMap(({ name }) => {
        const reach = reachOfLogGroup(scope, name);
        if (reach === 'none') return [];
        const streams = sources.flatMap(({ sourceId, logGroup, logStream }) => {
          if (logGroup !== name || logStream === null) return [];
          const seen = reachOfStream(scope, { logGroup, logStream, sourceId });
          return seen === 'none' ? [] : [{ name: logStream, sourceId, reach: seen }];
        });
        return [{ name, reach, streams, hiddenFields: hiddenThroughout(scope, name) }];
      }),
    };
  }

  /**
   * What the person's search would count of the events that whoever asks sees too, and of the fields that both see: a
   * count is an answer, so that nobody asks about another person's logs what they could not ask about their own.
   */
  async preview(
    context: RequestContext,
    id: string,
    asked: { request: AccessPreviewRequest; signal: AbortSignal },
  ): Promise<AccessPreview> {
    const found = await this.#findPerson(context, id);
    const scope = intersectScopes(context.scope, found.scope);
    const { warnings: _warnings, ...selection } = readSelection({ ...context, scope }, asked.request);
    const search = this.#parts.search.forTenant(context.tenantId);
    const look = { ...selection, signal: asked.signal };
    const counted = await Promise.all([
      search.search({ ...look, limit: 1 }),
      search.facets({ ...look, fields: ['log.group'], size: 200 }),
      search.fieldStats(look),
    ]).catch((error: unknown) => {
      if (isMissingStream(error)) return undefined;
      throw error;
    });
    if (counted === undefined) return { total: { value: 0, relation: 'eq' }, logGroups: [], fields: [] };
    const [page, [logGroups], statistics] = counted;
    if (!page.ok) throw new AppError('cursor-invalid');
    return {
      total: page.total,
      logGroups: (logGroups?.values ?? []).map(({ value, count }) => ({ name: String(value), count })),
      fields: statistics.fields.map(({ field, count }) => ({ name: field, count })),
    };
  }

  async #findPerson(context: RequestContext, id: string): Promise<FoundPerson> {
    const { accessGrants, supportAccess } = this.#tenant(context);
    const [people, all, support] = await Promise.all([
      accessGrants.people(),
      accessGrants.allInForce(),
      supportAccess.current(),
    ]);
    const access = support.find((candidate) => candidate.id === id);
    if (access !== undefined) {
      const person = { ...operatorOf(access), groupIds: [] };
      return {
        person,
        permissions: ['logs.search'],
        through: [throughSupport(access)],
        scope: scopeOfSupport(access),
      };
    }
    const person = people.find((candidate) => candidate.id === id);
    if (person === undefined) throw new AppError('not-found');
    const grants = grantsOf(person, all);
    return {
      person,
      permissions: permissionsOf(person.role),
      through: throughOf(person.role, grants),
      scope: scopeOf({ timeZone: context.timeZone, now: this.#parts.clock.now() }, person, grants),
    };
  }

  #tenant(context: RequestContext): TenantDatabase {
    return this.#parts.database.forTenant(context.tenantId);
  }
}

/** Without those that reach into the audit trail, where the role may not read it: they open nothing. */
function grantsOf({ role, groupIds }: PersonInGroups, grants: readonly NamedGrant[]): NamedGrant[] {
  return grants
    .filter((grant) => groupIds.includes(grant.groupId))
    .map((grant) => ({ ...grant, logGroups: openedLogGroups(role, grant) }))
    .filter((grant) => grant.logGroups.length > 0);
}

function scopeOf(
  { timeZone, now }: { timeZone: string; now: Date },
  { role, groupIds }: PersonInGroups,
  grants: readonly StoredGrant[],
): AccessScope {
  const readable = grants.map((grant) => readGrant(grant, timeZone)).filter((grant) => grant !== undefined);
  return compileGrants({ role, groupIds }, readable, now);
}

function throughOf(role: string, grants: readonly NamedGrant[]): AccessThrough[] {
  const byRole: AccessThrough = {
    kind: 'role',
    groupId: null,
    groupName: null,
    grantId: null,
    logGroups: [...ownEvidenceGroups],
    logStreams: [],
    sources: [],
    rowFilter: null,
    hiddenFields: [],
    validTo: null,
    approvedBy: null,
    reason: null,
  };
  return [
    ...(isPermitted(role, 'audit-trail.read') ? [byRole] : []),
    ...grants.map((grant) => ({
      kind: 'grant' as const,
      groupId: grant.groupId,
      groupName: grant.groupName,
      grantId: grant.id,
      logGroups: grant.logGroups,
      logStreams: grant.logStreams,
      sources: grant.sources,
      rowFilter: grant.rowFilter,
      hiddenFields: grant.hiddenFields,
      validTo: grant.validTo?.toISOString() ?? null,
      approvedBy: grant.approvedBy,
      reason: grant.reason,
    })),
  ];
}

/** Of the installation's people the organisation knows the address alone, and by which access they look. */
function operatorOf({ id, operator }: SupportAccess): Omit<PersonInGroups, 'groupIds'> {
  return { id, email: operator, displayName: operator, role: 'platform-operator' };
}

function throughSupport({ purpose, logGroups, endsAt, grantedByName }: SupportAccess): AccessThrough {
  return {
    kind: 'support',
    groupId: null,
    groupName: null,
    grantId: null,
    logGroups,
    logStreams: [],
    sources: [],
    rowFilter: null,
    hiddenFields: [],
    validTo: endsAt.toISOString(),
    approvedBy: grantedByName,
    reason: purpose,
  };
}

function covers(patterns: readonly string[], logGroup: string): boolean {
  return patterns.some((pattern) => matchesLogGroup(pattern, logGroup));
}

/** Hidden by every part of the scope that reaches the log group. */
function hiddenThroughout(scope: AccessScope, logGroup: string): string[] {
  const [first, ...others] = scope.parts.filter((part) => reachesLogGroup(part, logGroup));
  return (first?.hiddenFields ?? []).filter((field) => others.every((part) => part.hiddenFields.includes(field)));
}
