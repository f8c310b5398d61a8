/**
 * Names that no document has as a field: a condition on one stands for conditions on others. It stays as it was written in
 * the tree, so that chips and saved queries show it, and is replaced when the tree is compiled or matched.
 */

import type { Language } from './explain-query-error.ts';
import {
  classesOf,
  describeRequirement,
  meaningsOf,
  readRequirement,
  requirementText,
  requirementValues,
} from './pci-requirements.ts';
import type { QueryErrorCode, QueryWarningCode } from './query-error.ts';
import { joinParts, type LeafNode, type QueryTree } from './query-tree.ts';

export type ReadVirtualValue =
  | { ok: true; value: string; warning?: { code: QueryWarningCode; alternatives: readonly string[] } }
  | { ok: false; code: QueryErrorCode };

export interface VirtualField {
  readonly label: Readonly<Record<Language, string>>;
  readonly aliases: readonly string[];
  /** The one way to write a value, or why it is none. */
  readonly read: (written: string) => ReadVirtualValue;
  /** What a value stands for, null for any value. */
  readonly stands: (value: string | null) => QueryTree;
  /** Values to offer while one is typed, each with what it finds. */
  readonly offer: (language: Language) => ReadonlyArray<{ readonly value: string; readonly about: string }>;
}

const pciField: VirtualField = {
  label: { ja: 'PCI DSS要件番号', en: 'PCI DSS requirement' },
  aliases: ['requirement', '要件'],
  read(written) {
    const requirement = readRequirement(written);
    if (requirement === undefined) return { ok: false, code: 'unknown-requirement' };
    const value = requirementText(requirement);
    const versions = requirement.version === undefined ? meaningsOf(requirement.number) : [];
    if (versions.length < 2) return { ok: true, value };
    const alternatives = versions.map((version) => requirementText({ version, number: requirement.number }));
    return { ok: true, value, warning: { code: 'two-meanings', alternatives } };
  },
  stands(value) {
    if (value === null) return { kind: 'exists', field: 'pci.class' };
    const requirement = readRequirement(value);
    const classes = requirement === undefined ? [] : classesOf(requirement);
    return oneOf('pci.class', classes);
  },
  offer: (language) => requirementValues().map((value) => ({ value, about: describeRequirement(value, language) })),
};

/** By id or name. What it stands for depends on an organisation's tables: `withPeople` puts that in its place. */
const personField: VirtualField = {
  label: { ja: '人物', en: 'Person' },
  aliases: ['who', '人', '誰'],
  read: (written) => (written.trim() === '' ? { ok: false, code: 'empty-value' } : { ok: true, value: written.trim() }),
  stands: () => {
    throw new RangeError('a condition on a person stands for what the tables of its organisation say');
  },
  offer: () => [],
};

export const virtualFields: Readonly<Record<string, VirtualField>> = { pci: pciField, person: personField };

export function virtualField(name: string): VirtualField | undefined {
  return Object.hasOwn(virtualFields, name) ? virtualFields[name] : undefined;
}

/** What a condition on a virtual field stands for; every other condition is itself. */
export function withoutVirtual(leaf: LeafNode): QueryTree {
  const field = virtualField(leaf.field);
  if (field === undefined) return leaf;
  if (leaf.kind === 'exists') return field.stands(null);
  return leaf.kind === 'equals' ? field.stands(String(leaf.value)) : nothing;
}

const nothing: QueryTree = { kind: 'not', part: { kind: 'all' } };

function oneOf(field: string, values: readonly string[]): QueryTree {
  if (values.length === 0) return nothing;
  return joinParts(
    'or',
    values.map((value) => ({ kind: 'equals', field, value })),
  );
}
