import { Inject, Injectable } from '@nestjs/common';
import type {
  NewRule,
  RuleAnswer,
  RuleChange,
  RuleCheckAnswer,
  RuleDetail,
  RuleRemoval,
  RulesAnswer,
  WrittenRule,
} from '@akashi/contracts';
import type { RuleAct, RuleContent, RuleOutcome, Rules, StoredRule } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { readForSaving, readRule } from './read-rule.ts';
import { missingNeeds } from './rule-needs.ts';
import { SeenLatelyService } from './seen-lately.ts';
import { documentOf, showHead, showPeriod, showRule, showVersion } from './show-rule.ts';

/** The public Sigma rules as a whole are fewer. */
const mostRules = 4_000;

/** Detection rules of one organisation. What changes them is on record before it is done. */
@Injectable()
export class RulesService {
  readonly #parts: Pick<ApiParts, 'database' | 'clock'>;
  readonly #trail: Pick<AuditTrail, 'record'>;
  readonly #seen: Pick<SeenLatelyService, 'of'>;

  constructor(
    @Inject(apiParts) parts: Pick<ApiParts, 'database' | 'clock'>,
    @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>,
    @Inject(SeenLatelyService) seen: Pick<SeenLatelyService, 'of'>,
  ) {
    this.#parts = parts;
    this.#trail = trail;
    this.#seen = seen;
  }

  async list(context: RequestContext): Promise<RulesAnswer> {
    const [stored, seen] = await Promise.all([this.#own(context).list(), this.#seen.of(context.tenantId)]);
    return { items: stored.map((each) => showRule(each, missingNeeds(documentOf(each), seen))) };
  }

  async get(context: RequestContext, id: string): Promise<RuleDetail> {
    const own = this.#own(context);
    const [stored, versions, periods] = await Promise.all([own.find(id), own.versions(id), own.periods(id)]);
    if (stored === null) throw new AppError('not-found');
    const shown = await this.#show(context, stored);
    return { ...shown, versions: versions.map(showVersion), periods: periods.map(showPeriod) };
  }

  /** What would become of a rule. Nothing is kept. */
  async check(context: RequestContext, written: WrittenRule): Promise<RuleCheckAnswer> {
    const read = readRule(written, context.language);
    if (!read.ok) return { problems: [...read.problems], rule: null, cannotMatch: [] };
    const cannotMatch = missingNeeds(read.rule, await this.#seen.of(context.tenantId));
    return { problems: [], rule: { ...showHead(read.rule), format: read.format }, cannotMatch };
  }

  async create(context: RequestContext, { rule, enabled, reason }: NewRule): Promise<RuleAnswer> {
    const content = readForSaving(rule, context.language);
    const own = this.#own(context);
    if ((await own.list()).length >= mostRules)
      throw new AppError('conflict', { reason: 'too-many', params: { most: mostRules } });
    const made = await own.create({ ...content, enabled }, this.#act(context, reason), () =>
      this.#trail.record(context, {
        action: 'rule.create',
        outcome: 'success',
        target: { kind: 'rule', name: content.title[context.language] },
        after: { enabled, reason, ...described(content) },
      }),
    );
    return this.#show(context, made);
  }

  /** Its content first, then whether it is on. */
  async change(context: RequestContext, id: string, change: RuleChange): Promise<RuleAnswer> {
    const before = await this.#find(context, id);
    if (change.rule !== undefined) await this.#save(context, before, { ...change, rule: change.rule });
    if (change.enabled !== undefined) await this.#switch(context, before, { ...change, enabled: change.enabled });
    return this.#show(context, await this.#find(context, id));
  }

  /** Its alerts, versions and periods stay. */
  async remove(context: RequestContext, id: string, { reason }: RuleRemoval): Promise<void> {
    const before = await this.#find(context, id);
    const isRemoved = await this.#own(context).remove(id, this.#act(context, reason), () =>
      this.#trail.record(context, {
        action: 'rule.remove',
        outcome: 'success',
        target: targetOf(context, before),
        before: { enabled: before.enabled, version: before.version },
        after: { reason },
      }),
    );
    if (!isRemoved) throw new AppError('not-found');
    await this.#ceaseDisabled(context, id);
  }

  async #save(
    context: RequestContext,
    before: StoredRule,
    { rule, basedOn, reason }: RuleChange & { rule: WrittenRule },
  ): Promise<void> {
    const content = readForSaving(rule, context.language);
    const change = { id: before.id, basedOn: basedOn ?? before.version, ...content };
    const outcome = await this.#own(context).change(change, this.#act(context, reason), () =>
      this.#trail.record(context, {
        action: 'rule.change',
        outcome: 'success',
        target: targetOf(context, before),
        before: { version: before.version, ...described(before) },
        after: { version: change.basedOn + 1, ...described(content) },
      }),
    );
    refuseOutcome(outcome);
  }

  async #switch(
    context: RequestContext,
    before: StoredRule,
    { enabled, reason }: RuleChange & { enabled: boolean },
  ): Promise<void> {
    const outcome = await this.#own(context).switch({ id: before.id, enabled }, this.#act(context, reason), () =>
      this.#trail.record(context, {
        action: enabled ? 'rule.enable' : 'rule.disable',
        outcome: 'success',
        target: targetOf(context, before),
        before: { enabled: !enabled },
        after: { enabled, reason },
      }),
    );
    refuseOutcome(outcome);
    if (enabled) await this.#ceaseDisabled(context, before.id);
  }

  /** Somebody has dealt with what the product had switched off by itself. */
  async #ceaseDisabled({ tenantId }: RequestContext, id: string): Promise<void> {
    const at = this.#parts.clock.now();
    const { incidents } = this.#parts.database.forTenant(tenantId);
    await incidents.cease({ kind: 'rule-disabled', where: `rule ${id}`, at });
  }

  async #find(context: RequestContext, id: string): Promise<StoredRule> {
    const found = await this.#own(context).find(id);
    if (found === null) throw new AppError('not-found');
    return found;
  }

  async #show(context: RequestContext, stored: StoredRule): Promise<RuleAnswer> {
    return showRule(stored, missingNeeds(documentOf(stored), await this.#seen.of(context.tenantId)));
  }

  #act({ actor }: RequestContext, reason: string | undefined): RuleAct {
    return { by: actor.name, at: this.#parts.clock.now(), reason: reason ?? null };
  }

  #own({ tenantId }: RequestContext): Rules {
    return this.#parts.database.forTenant(tenantId).rules;
  }
}

/** `unchanged` is what was asked for. */
function refuseOutcome({ outcome }: RuleOutcome): void {
  if (outcome === 'not-found') throw new AppError('not-found');
  if (outcome === 'changed-before') throw new AppError('conflict', { reason: 'changed-meanwhile' });
}

function targetOf({ language }: RequestContext, { id, title }: StoredRule): { kind: string; id: string; name: string } {
  return { kind: 'rule', id, name: title[language] };
}

function described({ kind, severity, document }: RuleContent): Record<string, string> {
  return { kind, severity, rule: JSON.stringify(document) };
}
