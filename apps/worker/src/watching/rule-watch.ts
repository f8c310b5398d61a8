import type { AuditSender } from '@akashi/client';
import type { Database, TenantId } from '@akashi/database';
import { judgeRule, type RuleCost, type RuleVerdict } from '@akashi/detection';
import type { Logger } from '@akashi/server-kit';
import { faultCode } from '../fault-code.ts';
import type { IncidentDesk } from '../incidents/incident-desk.ts';
import type { RuleCosts } from '../pipeline/match-rules.ts';

export interface RuleWatchParts {
  readonly database: Pick<Database, 'forTenant'>;
  readonly trail: Pick<AuditSender, 'record'>;
  readonly desk: Pick<IncidentDesk, 'notice'>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
}

type Version = Pick<RuleCost, 'ruleId' | 'version'>;
type Sum = Omit<RuleCost, keyof Version>;
type Fault = Exclude<RuleVerdict, 'fine' | 'undecided'> | 'unreadable';

/** A rule that is fine is judged anew after so many events: what it matches may change. */
const judgedAnewAfter = 200_000;

const nothing: Sum = { asked: 0, matches: 0, millis: 0 };

/** Switches off a rule that holds up everybody's lines, that matches most of them, or that cannot be read, and says so. */
export class RuleWatch {
  readonly #parts: RuleWatchParts;
  readonly #sums = new Map<string, Sum>();
  /** Versions that are being switched off, so that the next lines do not begin it again. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(parts: RuleWatchParts) {
    this.#parts = parts;
  }

  /** Adds up until there is enough to judge. */
  take(tenantId: TenantId, { asked, unreadable }: RuleCosts): void {
    for (const version of unreadable) this.#begin(tenantId, version, 'unreadable');
    for (const { ruleId, version, ...cost } of asked) {
      const key = `${tenantId} ${ruleId} ${version}`;
      const sum = plus(this.#sums.get(key) ?? nothing, cost);
      const verdict = judgeRule(sum);
      const mayGoOn = verdict === 'undecided' || verdict === 'fine';
      if (mayGoOn && sum.asked < judgedAnewAfter) this.#sums.set(key, sum);
      else this.#sums.delete(key);
      if (!mayGoOn) this.#begin(tenantId, { ruleId, version }, verdict);
    }
  }

  /** Resolves when what was begun is written. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  #begin(tenantId: TenantId, version: Version, fault: Fault): void {
    const key = `${tenantId} ${version.ruleId} ${version.version}`;
    if (this.#underWay.has(key)) return;
    const work = this.#switchOff(tenantId, version, fault).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, work);
  }

  async #switchOff(tenantId: TenantId, { ruleId, version }: Version, fault: Fault): Promise<void> {
    const { database, trail, desk, logger, now } = this.#parts;
    const code = `rule-${fault}`;
    try {
      const { rules } = database.forTenant(tenantId);
      const rule = await rules.find(ruleId);
      // Lines that were matched with a former version tell nothing of the one that is on.
      if (rule === null || rule.version !== version) return;
      const act = { by: 'Akashi', at: now(), reason: null };
      const switched = await rules.switch({ id: ruleId, enabled: false, code }, act, () =>
        trail.record({
          tenantId,
          actor: { kind: 'system', id: 'rule-watch', name: 'Akashi' },
          origin: { address: 'worker' },
          event: {
            action: 'rule.disable',
            outcome: 'success',
            target: { kind: 'rule', id: ruleId },
            details: { reason: code, version },
          },
        }),
      );
      if (switched.outcome === 'done')
        await desk.notice(tenantId, { kind: 'rule-disabled', where: `rule ${ruleId}`, cause: code });
    } catch (error) {
      // It is judged again by the lines that come.
      logger.warn({ tenantId, code: faultCode(error), err: error }, 'A rule could not be switched off.');
    }
  }
}

function plus(left: Sum, right: Sum): Sum {
  return {
    asked: left.asked + right.asked,
    matches: left.matches + right.matches,
    millis: left.millis + right.millis,
  };
}
