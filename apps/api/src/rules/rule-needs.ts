import type { MissingNeed } from '@akashi/contracts';
import { asksForApproval, parseSigma, type Rule } from '@akashi/detection';
import { eventFields, isStructuralField } from '@akashi/log-event';
import { parseQuery, virtualField, withoutVirtual, type LeafNode, type QueryTree } from '@akashi/query';

/** What events of the last weeks had, of a whole organisation: names of fields, and values of three of them. */
export interface SeenLately {
  readonly fields: ReadonlySet<string>;
  readonly formats: ReadonlySet<string>;
  readonly classes: ReadonlySet<string>;
  readonly logGroups: ReadonlySet<string>;
  /** Whether the masters have a row of approvals. */
  readonly keepsApprovals: boolean;
}

/**
 * What a rule asks for and no event had, where nothing that came could match it; empty where something could. Values of other
 * fields are not looked at: what has not happened yet is what a rule waits for.
 */
export function missingNeeds(rule: Rule, seen: SeenLately): MissingNeed[] {
  if (rule.kind === 'sigma') return missingFormats(rule.source, seen);
  const missing = conditionsOf(rule).flatMap((text) => missingOf(text, seen));
  const fields = neededFields(rule).flatMap((field) => (isSeen(field, seen) ? [] : [fieldNeed(field)]));
  const approvals: MissingNeed[] =
    asksForApproval(rule) && !mayGoByHours(rule) && !seen.keepsApprovals ? [{ kind: 'master', name: 'approvals' }] : [];
  return distinct([...missing, ...fields, ...approvals]);
}

function mayGoByHours(rule: Rule): boolean {
  return rule.kind === 'outside' && rule.hours !== undefined;
}

/** Conditions without which the rule opens no alert. What is expected and does not come is the alert of an absence. */
function conditionsOf(rule: Rule): string[] {
  switch (rule.kind) {
    case 'match':
    case 'threshold':
    case 'first-seen':
    case 'outside':
      return [rule.where];
    case 'sequence':
      return rule.steps.map(({ where }) => where);
    case 'absence':
      if (rule.after !== undefined) return [rule.after];
      return rule.key.length > 0 ? [rule.expected] : [];
    case 'sigma':
      return [];
  }
}

/** Fields without which an event is no hit, besides those of its condition. */
function neededFields(rule: Rule): readonly string[] {
  switch (rule.kind) {
    case 'match':
    case 'outside':
    case 'sigma':
      return [];
    case 'threshold':
      return rule.distinct === undefined ? rule.key : [...rule.key, rule.distinct];
    case 'first-seen':
      return [...rule.key, ...rule.fields];
    case 'sequence':
    case 'absence':
      return rule.key;
  }
}

/** A Sigma rule is asked about events of the formats that its log source is read by. */
function missingFormats(source: string, { formats }: SeenLately): MissingNeed[] {
  const parsed = parseSigma(source);
  if (!parsed.ok) return [];
  const read = parsed.file.sources.flatMap((each) => each.formats);
  return read.some((format) => formats.has(format))
    ? []
    : distinct(read.map((name): MissingNeed => ({ kind: 'format', name })));
}

function missingOf(text: string, seen: SeenLately): MissingNeed[] {
  const parsed = parseQuery(text, { timeZone: 'UTC' });
  return parsed.ok ? missingOfTree(parsed.tree, seen) : [];
}

/** Empty: an event that came could fulfil it. */
function missingOfTree(tree: QueryTree, seen: SeenLately): MissingNeed[] {
  switch (tree.kind) {
    case 'all':
    case 'not':
      return [];
    case 'and':
      return tree.parts.flatMap((part) => missingOfTree(part, seen));
    case 'or': {
      const parts = tree.parts.map((part) => missingOfTree(part, seen));
      return parts.some((missing) => missing.length === 0) ? [] : parts.flat();
    }
    case 'equals':
    case 'pattern':
    case 'exists':
    case 'words':
    case 'word-pattern':
    case 'range':
      return missingOfLeaf(tree, seen);
  }
}

function missingOfLeaf(leaf: LeafNode, seen: SeenLately): MissingNeed[] {
  if (virtualField(leaf.field) !== undefined) return missingOfTree(withoutVirtual(leaf), seen);
  if (leaf.kind === 'equals') {
    const value = String(leaf.value);
    if (leaf.field === 'parse.format') return seen.formats.has(value) ? [] : [{ kind: 'format', name: value }];
    if (leaf.field === 'pci.class') return seen.classes.has(value) ? [] : [{ kind: 'class', name: value }];
    if (leaf.field === 'log.group') return seen.logGroups.has(value) ? [] : [{ kind: 'log-group', name: value }];
  }
  return isSeen(leaf.field, seen) ? [] : [fieldNeed(leaf.field)];
}

/** Texts and places every event has, and labels are too many to be noted. */
function isSeen(field: string, { fields }: SeenLately): boolean {
  const known = Object.hasOwn(eventFields, field) ? eventFields[field] : undefined;
  if (known === undefined || known.type === 'text' || isStructuralField(field)) return true;
  return fields.has(field);
}

function fieldNeed(name: string): MissingNeed {
  return { kind: 'field', name };
}

function distinct(needs: readonly MissingNeed[]): MissingNeed[] {
  const byName = new Map(needs.map((need) => [`${need.kind} ${need.name}`, need]));
  return [...byName.values()];
}
