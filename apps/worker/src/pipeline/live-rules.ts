import type { Database, TenantId } from '@akashi/database';
import type { RulesToMatch } from './match-rules.ts';

const freshForMs = 5_000;
const keptTenants = 10_000;

interface Kept {
  readonly rules: Promise<RulesToMatch | undefined>;
  readonly readAt: number;
}

export interface LiveRulesParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly timeZoneOf: (tenantId: TenantId) => Promise<string>;
  readonly now: () => number;
}

/**
 * What events are matched with, read again when the copy is older than a few seconds. An old copy does no harm: a segment says what it
 * was matched with, and what came since begins with a later block.
 */
export class LiveRulesDirectory {
  readonly #parts: LiveRulesParts;
  readonly #kept = new Map<TenantId, Kept>();

  constructor(parts: LiveRulesParts) {
    this.#parts = parts;
  }

  /** Undefined where there never was a rule. */
  of(tenantId: TenantId): Promise<RulesToMatch | undefined> {
    const known = this.#kept.get(tenantId);
    const nowMs = this.#parts.now();
    if (known !== undefined && Math.abs(nowMs - known.readAt) <= freshForMs) return known.rules;
    return this.newest(tenantId);
  }

  /** The same as of now. */
  newest(tenantId: TenantId): Promise<RulesToMatch | undefined> {
    if (this.#kept.size >= keptTenants) this.#kept.clear();
    const rules = readRules(this.#parts, tenantId);
    rules.catch(() => this.#kept.delete(tenantId));
    this.#kept.set(tenantId, { rules, readAt: this.#parts.now() });
    return rules;
  }
}

async function readRules(
  { database, timeZoneOf }: LiveRulesParts,
  tenantId: TenantId,
): Promise<RulesToMatch | undefined> {
  const { revision, rules } = await database.forTenant(tenantId).rules.live();
  if (revision === 0) return undefined;
  const matched = rules.map(({ ruleId, version, document }) => ({ ruleId, version, rule: document }));
  return { revision, text: JSON.stringify(matched), timeZone: await timeZoneOf(tenantId) };
}
