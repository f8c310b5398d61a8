import type { MissingNeed, RuleAnswer, RuleCheckAnswer, RuleDetail } from '@akashi/contracts';
import type { RulePeriod, StoredRule, StoredRuleVersion } from '@akashi/database';
import type { Rule } from '@akashi/detection';

type ShownHead = Omit<NonNullable<RuleCheckAnswer['rule']>, 'format'>;

/** Documents were checked when they were saved. */
export function documentOf({ document }: Pick<StoredRule, 'document'>): Rule {
  return document as Rule;
}

export function showHead({ title, description, kind, severity, requirements, author, references }: Rule): ShownHead {
  return {
    title,
    description: description ?? null,
    kind,
    severity,
    requirements: [...requirements],
    author: author ?? null,
    references: [...(references ?? [])],
  };
}

export function showRule(stored: StoredRule, cannotMatch: readonly MissingNeed[]): RuleAnswer {
  const { id, format, starter, enabled, version, inForceFrom, reason, disabledCode } = stored;
  return {
    id,
    ...showHead(documentOf(stored)),
    format,
    starter,
    enabled,
    version,
    inForceFrom,
    reason,
    switchedOff: disabledCode === null ? null : { code: disabledCode },
    createdBy: stored.createdBy,
    createdAt: stored.createdAt.toISOString(),
    changedBy: stored.changedBy,
    changedAt: stored.changedAt.toISOString(),
    cannotMatch: [...cannotMatch],
  };
}

export function showVersion({ version, format, source, madeBy, madeAt }: StoredRuleVersion): RuleDetail['versions'][0] {
  return { version, format, source, madeBy, madeAt: madeAt.toISOString() };
}

export function showPeriod(period: RulePeriod): RuleDetail['periods'][0] {
  const { version, begunBy, beginReason, endedBy, endReason, endCode, firstEntry, lastEntry } = period;
  return {
    version,
    begunBy,
    begunAt: period.begunAt.toISOString(),
    beginReason,
    endedBy,
    endedAt: period.endedAt?.toISOString() ?? null,
    endReason,
    endCode,
    firstEntry,
    lastEntry,
  };
}
