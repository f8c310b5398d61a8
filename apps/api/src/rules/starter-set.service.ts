import { Inject, Injectable } from '@nestjs/common';
import type { StarterSetAnswer, StarterSetChoice, StarterSetTaken } from '@akashi/contracts';
import type { Rules } from '@akashi/database';
import { starterRules } from '@akashi/detection';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { contentOf } from './read-rule.ts';
import { missingNeeds } from './rule-needs.ts';
import { SeenLatelyService } from './seen-lately.ts';
import { showHead } from './show-rule.ts';

/** Rules that the product brings for a card environment: an organisation takes them and changes its own copies. */
@Injectable()
export class StarterSetService {
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

  async list(context: RequestContext): Promise<StarterSetAnswer> {
    const [taken, seen] = await Promise.all([this.#taken(context), this.#seen.of(context.tenantId)]);
    const items = starterRules.map(({ id: name, rule }) => ({
      name,
      ...showHead(rule),
      ruleId: taken.get(name) ?? null,
      cannotMatch: missingNeeds(rule, seen),
    }));
    return { items };
  }

  /** Those that the organisation does not have yet. */
  async take(context: RequestContext, { names, enabled, reason }: StarterSetChoice): Promise<StarterSetTaken> {
    const unknown = names?.find((name) => !starterRules.some(({ id }) => id === name));
    if (unknown !== undefined) throw new AppError('request-invalid', { detail: `names: there is no rule ${unknown}` });
    const taken = await this.#taken(context);
    const wanted = starterRules.filter(({ id }) => (names === undefined || names.includes(id)) && !taken.has(id));
    for (const { id: name, rule } of wanted) {
      const content = contentOf({ ok: true, rule, format: 'json', source: JSON.stringify(rule, null, 2) });
      const act = { by: context.actor.name, at: this.#parts.clock.now(), reason };
      await this.#own(context).create({ ...content, starter: name, enabled }, act, () =>
        this.#trail.record(context, {
          action: 'rule.create',
          outcome: 'success',
          target: { kind: 'rule', name: rule.title[context.language] },
          after: { enabled, reason, starter: name },
        }),
      );
    }
    return { added: wanted.length, ...(await this.list(context)) };
  }

  async #taken(context: RequestContext): Promise<ReadonlyMap<string, string>> {
    const own = await this.#own(context).list();
    return new Map(own.flatMap(({ id, starter }) => (starter === null ? [] : [[starter, id] as const])));
  }

  #own({ tenantId }: RequestContext): Rules {
    return this.#parts.database.forTenant(tenantId).rules;
  }
}
