import { ruleKinds, ruleLimits as most, ruleSeverities } from '@akashi/detection';
import { z } from 'zod';
import { workingHours } from './areas.ts';
import { alert } from './alerts.ts';
import { cardData } from './kept-text.ts';
import { count, moment } from './values.ts';

const bothOr = (chars: number) => {
  const one = z.string().trim().min(1).max(chars);
  return z.union([one, z.strictObject({ ja: one, en: one })]);
};
const words = z.object({ ja: z.string(), en: z.string() });
const condition = z.string().max(4_096).meta({ description: 'In the query language of searches' });
const field = z.string().min(1).max(256);
const seconds = z.number().int().min(1).max(most.windowSeconds);
const reason = cardData('masked', z.string().trim().min(1).max(500));

export const ruleSeverity = z.enum(ruleSeverities);
export const ruleKind = z.enum(ruleKinds);

const head = {
  title: bothOr(most.titleChars).meta({ description: 'In one language for both, or in each' }),
  description: bothOr(most.descriptionChars).optional(),
  author: z.string().max(200).optional(),
  references: z.array(z.string().max(2_000)).max(most.references).optional(),
  requirements: z
    .array(z.string().regex(/^pci:[\d.]+:[\d.]+$/))
    .max(most.requirements)
    .default([])
    .meta({ description: '`pci:4.0.1:10.2.1.4`' }),
  severity: ruleSeverity,
  opensIncident: z.boolean().optional().meta({ description: 'Without it: from severity `high` on' }),
  key: z.array(field).max(most.keyFields).default([]).meta({
    description: 'Fields whose values part the hits: each combination has alerts of its own; none: one for all',
  }),
  quietSeconds: z.number().int().min(0).max(most.windowSeconds).default(3_600).meta({
    description: 'Further hits of a key up to this long after the last one count into the same alert',
  }),
};

/** A rule in the product's own form. What is wrong with it beyond its shape is told as `problems`. */
export const ruleInput = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('match'), ...head, where: condition }),
    z.strictObject({
      kind: z.literal('threshold'),
      ...head,
      where: condition,
      count: z.number().int().min(2).max(most.count),
      distinct: field.optional().meta({ description: 'So many different values of it, not so many events' }),
      windowSeconds: seconds,
    }),
    z.strictObject({
      kind: z.literal('sequence'),
      ...head,
      steps: z
        .array(z.strictObject({ where: condition }))
        .min(2)
        .max(most.steps),
      withinSeconds: seconds,
    }),
    z.strictObject({
      kind: z.literal('absence'),
      ...head,
      expected: condition,
      after: condition.optional().meta({ description: 'What it is expected after; without it: again and again' }),
      withinSeconds: seconds,
    }),
    z.strictObject({
      kind: z.literal('first-seen'),
      ...head,
      where: condition,
      fields: z.array(field).min(1).max(most.keyFields),
      learningDays: z.number().int().min(0).max(most.learningDays),
    }),
    z.strictObject({
      kind: z.literal('outside'),
      ...head,
      where: condition,
      hours: workingHours.optional(),
      approval: z.enum(['outside', 'not-inside']).optional().meta({
        description: '`outside`: a known person without an approval; `not-inside`: nobody could be named either',
      }),
    }),
  ])
  .meta({ id: 'RuleInput' });
export type RuleInput = z.infer<typeof ruleInput>;

/** A rule as it is sent: an object in the product's own form, or the text of a Sigma rule (YAML). */
export const writtenRule = z
  .union([ruleInput, z.string().min(1).max(most.sigmaChars)])
  .meta({ description: 'A rule as JSON, or as the YAML text of a Sigma rule' });
export type WrittenRule = z.infer<typeof writtenRule>;

export const ruleProblem = z
  .object({
    code: z.string(),
    path: z.string().meta({ description: 'Where in the rule: `steps.0.where`, `detection.selection`' }),
    near: z.string().optional(),
    position: count.optional(),
    message: z.string().meta({ description: 'In the language of the reader' }),
  })
  .meta({ id: 'RuleProblem' });
export type RuleProblemAnswer = z.infer<typeof ruleProblem>;

export const missingNeed = z
  .object({ kind: z.enum(['field', 'format', 'class', 'log-group', 'master']), name: z.string() })
  .meta({
    id: 'MissingNeed',
    description: 'What a rule asks for and no event of the last 30 days had; of kind `master` a table that has no rows',
  });
export type MissingNeed = z.infer<typeof missingNeed>;

const cannotMatch = z.array(missingNeed).meta({
  description: 'Empty: events came that it could match. Otherwise it runs and cannot match',
});

const shownHead = {
  title: words,
  description: words.nullable(),
  kind: ruleKind,
  severity: ruleSeverity,
  requirements: z.array(z.string()),
  author: z.string().nullable(),
  references: z.array(z.string()),
};

export const rule = z
  .object({
    id: z.uuid(),
    ...shownHead,
    format: z.enum(['json', 'sigma']),
    starter: z.string().nullable().meta({ description: 'The name of the starter rule that it was made from' }),
    enabled: z.boolean(),
    version: count,
    inForceFrom: count.nullable().meta({ description: 'The first entry of the log that this version decides' }),
    reason: z.string().nullable().meta({ description: 'Why it was switched on or off last' }),
    switchedOff: z.object({ code: z.string() }).nullable().meta({
      description: 'Set where the product switched it off by itself',
    }),
    createdBy: z.string(),
    createdAt: moment,
    changedBy: z.string(),
    changedAt: moment,
    cannotMatch,
  })
  .meta({ id: 'Rule' });
export type RuleAnswer = z.infer<typeof rule>;

export const ruleVersion = z
  .object({
    version: count,
    madeBy: z.string(),
    madeAt: moment,
    format: z.enum(['json', 'sigma']),
    source: z.string().meta({ description: 'As it was sent: JSON, or the YAML of a Sigma rule' }),
  })
  .meta({ id: 'RuleVersion' });

export const rulePeriod = z
  .object({
    version: count,
    begunBy: z.string(),
    begunAt: moment,
    beginReason: z.string().nullable(),
    endedBy: z.string().nullable(),
    endedAt: moment.nullable(),
    endReason: z.string().nullable(),
    endCode: z.string().nullable(),
    firstEntry: count.nullable().meta({ description: 'Null: it has decided nothing yet' }),
    lastEntry: count.nullable().meta({ description: 'Null: it goes on' }),
  })
  .meta({ id: 'RulePeriod', description: 'From which entry of the log to which a version decided' });

export const ruleDetail = rule
  .extend({
    versions: z.array(ruleVersion).meta({ description: 'Newest first' }),
    periods: z.array(rulePeriod).meta({ description: 'Newest first' }),
  })
  .meta({ id: 'RuleDetail' });
export type RuleDetail = z.infer<typeof ruleDetail>;

export const rulesAnswer = z.object({ items: z.array(rule) }).meta({ id: 'Rules' });
export type RulesAnswer = z.infer<typeof rulesAnswer>;

export const newRule = z
  .strictObject({
    rule: writtenRule,
    enabled: z.boolean().default(false),
    reason: reason.optional().meta({ description: 'Why it is switched on' }),
  })
  .meta({ id: 'NewRule' });
export type NewRule = z.infer<typeof newRule>;

export const ruleChange = z
  .strictObject({
    rule: writtenRule.optional(),
    basedOn: z.number().int().min(1).optional().meta({
      description: 'The version that `rule` was made from: one that was saved meanwhile is not written over',
    }),
    enabled: z.boolean().optional(),
    reason: reason.optional().meta({ description: 'Why it is switched on or off: needed with `enabled`' }),
  })
  .refine(({ enabled, reason: said }) => enabled === undefined || said !== undefined, {
    path: ['reason'],
    message: 'needed with enabled',
  })
  .meta({ id: 'RuleChange' });
export type RuleChange = z.infer<typeof ruleChange>;

export const ruleRemoval = z.strictObject({ reason }).meta({ id: 'RuleRemoval' });
export type RuleRemoval = z.infer<typeof ruleRemoval>;

export const ruleCheckRequest = z.strictObject({ rule: writtenRule }).meta({ id: 'RuleCheckRequest' });
export type RuleCheckRequest = z.infer<typeof ruleCheckRequest>;

export const ruleCheckAnswer = z
  .object({
    problems: z.array(ruleProblem),
    rule: z
      .object({ ...shownHead, format: z.enum(['json', 'sigma']) })
      .nullable()
      .meta({ description: 'Null with problems' }),
    cannotMatch,
  })
  .meta({ id: 'RuleCheck', description: 'Nothing is kept' });
export type RuleCheckAnswer = z.infer<typeof ruleCheckAnswer>;

export const ruleTryRequest = z
  .strictObject({
    rule: writtenRule,
    from: moment.meta({ description: 'Receive time, included' }),
    to: moment.meta({ description: 'Not included; at most 31 days later' }),
  })
  .meta({ id: 'RuleTryRequest' });
export type RuleTryRequest = z.infer<typeof ruleTryRequest>;

export const ruleTryEnds = ['all-read', 'byte-limit', 'alert-limit'] as const;

export const triedAlert = alert.omit({ rule: true, incident: true, severity: true }).meta({ id: 'TriedAlert' });
export type TriedAlert = z.infer<typeof triedAlert>;

export const ruleTryAnswer = z
  .object({
    problems: z.array(ruleProblem).meta({ description: 'With any, nothing is tried' }),
    cannotMatch,
    count: count.meta({ description: 'Alerts that it would have opened' }),
    matches: count.meta({ description: 'Events that fulfil its condition, or one of its steps' }),
    alerts: z.array(triedAlert).meta({ description: 'The first 200, in the order in which they would have opened' }),
    read: z.object({ blocks: count, records: count, bytes: count }).meta({
      description: 'What was read: records are those that the caller may see',
    }),
    ended: z.enum(ruleTryEnds).meta({ description: 'Other than `all-read`: only a beginning of the range was read' }),
    reachedAt: moment.nullable().meta({ description: 'Up to when it was read, where that is not all' }),
    seesAll: z.boolean().meta({
      description: 'False where the caller may see a part only: the rule, once on, is asked about everything',
    }),
  })
  .meta({ id: 'RuleTry', description: 'What the rule would have found, within what the caller may see' });
export type RuleTryAnswer = z.infer<typeof ruleTryAnswer>;

export const starterRule = z
  .object({
    name: z.string(),
    ...shownHead,
    ruleId: z.uuid().nullable().meta({ description: 'The rule that was made from it' }),
    cannotMatch,
  })
  .meta({ id: 'StarterRule' });
export type StarterRuleAnswer = z.infer<typeof starterRule>;

export const starterSetAnswer = z.object({ items: z.array(starterRule) }).meta({ id: 'StarterSet' });
export type StarterSetAnswer = z.infer<typeof starterSetAnswer>;

export const starterSetChoice = z
  .strictObject({
    names: z.array(z.string().max(128)).min(1).max(200).optional().meta({ description: 'Without it: all of them' }),
    enabled: z.boolean().default(true),
    reason,
  })
  .meta({ id: 'StarterSetChoice' });
export type StarterSetChoice = z.infer<typeof starterSetChoice>;

export const starterSetTaken = z
  .object({ added: count, items: z.array(starterRule) })
  .meta({ id: 'StarterSetTaken', description: 'What was taken before stays as it is' });
export type StarterSetTaken = z.infer<typeof starterSetTaken>;
