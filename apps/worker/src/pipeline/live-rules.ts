import { createHash } from 'node:crypto';
import type { Database, TenantId } from '@akashi/database';
import type { RulesToMatch } from './match-rules.ts';

const freshForMs = 5_000;
const keptTenants = 10_000;

interface Kept {
  readonly rules: Promise<Stamped>;
  readonly readAt: number;
}

interface Stamped {
  readonly stamp: string;
  readonly rules: RulesToMatch | undefined;
}

export interface LiveRulesParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly timeZoneOf: (tenantId: TenantId) => Promise<string>;
  readonly now: () => number;
}

/**
 * What events are matched with, looked at again when the copy is older than a few seconds. An old copy does no harm: a segment says
 * what it was matched with, and what came since begins with a later block.
 */
export class LiveRulesDirectory {
  readonly #parts: LiveRulesParts;
  readonly #kept = new Map<TenantId, Kept>();

  constructor(parts: LiveRulesParts) {
    this.#parts = parts;
  }

  /** Undefined where there never was a rule. */
  async of(tenantId: TenantId): Promise<RulesToMatch | undefined> {
    const known = this.#kept.get(tenantId);
    const isFresh = known !== undefined && Math.abs(this.#parts.now() - known.readAt) <= freshForMs;
    return isFresh ? (await known.rules).rules : this.newest(tenantId);
  }

  /** The same as of now. */
  async newest(tenantId: TenantId): Promise<RulesToMatch | undefined> {
    const known = this.#kept.get(tenantId);
    if (known === undefined && this.#kept.size >= keptTenants) this.#kept.clear();
    const rules = readRules(this.#parts, tenantId, known?.rules);
    rules.catch(() => this.#kept.delete(tenantId));
    this.#kept.set(tenantId, { rules, readAt: this.#parts.now() });
    return (await rules).rules;
  }
}

async function readRules(
  { database, timeZoneOf }: LiveRulesParts,
  tenantId: TenantId,
  before: Promise<Stamped> | undefined,
): Promise<Stamped> {
  const store = database.forTenant(tenantId).rules;
  const timeZone = await timeZoneOf(tenantId);
  // Rules that are read after the stamp may be newer than it, and are read again.
  const stamp = `${await store.liveStamp()} ${timeZone}`;
  const known = await before?.catch(() => undefined);
  if (known?.stamp === stamp) return known;
  const { revision, rules } = await store.live();
  if (revision === 0) return { stamp, rules: undefined };
  const json = JSON.stringify(rules.map(({ ruleId, version, document }) => ({ ruleId, version, rule: document })));
  const text = new Uint8Array(new SharedArrayBuffer(Buffer.byteLength(json)));
  text.set(Buffer.from(json, 'utf8'));
  const name = createHash('sha256').update(`${timeZone}\n`).update(text).digest('hex');
  return { stamp, rules: { revision, name, text, timeZone } };
}
