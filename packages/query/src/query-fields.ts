import {
  eventFields,
  labelPrefix,
  priorityField,
  searchTextField,
  tenantField,
  type EventField,
  type EventFieldType,
} from '@akashi/log-event';
import { editDistance } from './edit-distance.ts';
import { foldWidth } from './fold-width.ts';
import { virtualField, virtualFields } from './virtual-fields.ts';

export type FieldCatalogue = Readonly<Record<string, EventField>>;

/**
 * Fields below `labels.` are `label`: keyword values of keys that no catalogue knows. A `virtual` one stands for conditions on
 * other fields.
 */
export type QueryFieldType = EventFieldType | 'label' | 'virtual';

export interface ResolvedField {
  name: string;
  type: QueryFieldType;
  /** False when a bare unknown name was taken as a label. */
  known: boolean;
  /** The catalogued name or alias that an unknown one looks like. */
  didYouMean?: string;
}

/** What a query calls fields: catalogued names, aliases and unambiguous labels of both languages, in any case. */
export interface QueryFields {
  resolve(written: string): ResolvedField;
  typeOf(name: string): QueryFieldType;
  names(): readonly string[];
}

/** Edits up to which an unknown name is taken for a slip of the fingers. */
const slipDistance = 2;

export function createQueryFields(catalogue: FieldCatalogue): QueryFields {
  const names = [...Object.keys(catalogue), ...Object.keys(virtualFields)];
  const lookup = buildLookup(catalogue);
  const candidates = [...lookup.keys()];
  return {
    resolve(written) {
      const folded = foldWidth(written);
      const name = lookup.get(folded.toLowerCase());
      if (name !== undefined) return { name, type: typeIn(catalogue, name), known: true };
      if (folded.toLowerCase().startsWith(labelPrefix) && folded.length > labelPrefix.length) {
        return { name: labelPrefix + written.slice(labelPrefix.length), type: 'label', known: true };
      }
      const didYouMean = nearest(folded.toLowerCase(), candidates);
      return {
        name: labelPrefix + written,
        type: 'label',
        known: false,
        ...(didYouMean === undefined ? {} : { didYouMean }),
      };
    },
    typeOf(name) {
      if (name === searchTextField) return 'text';
      return typeIn(catalogue, name);
    },
    names: () => names,
  };
}

function typeIn(catalogue: FieldCatalogue, name: string): QueryFieldType {
  if (Object.hasOwn(catalogue, name)) return catalogue[name]?.type ?? 'label';
  return virtualField(name) === undefined ? 'label' : 'virtual';
}

/** Names that a condition of a query may have; the tenant, what stands for other fields, and the index's own (`_id`, `_index`) are none of them. */
const unaskable = new RegExp(`^(?:${tenantField.replaceAll('.', '\\.')}$|${priorityField}$|_)`);

const indexOwnLabel = /^labels\.(?:_value|_valueAndPath)(?:\.|$)|^labels\..*=/;

/**
 * Whether a condition may name this field. The index keeps every label as `name=value` in terms of its own
 * (`labels._valueAndPath`, `labels._value`), which would answer for labels that the asker does not see; for the same
 * reason no name of a label holds `=`.
 */
export function isAskable(field: string): boolean {
  return !indexOwnLabel.test(field) && !unaskable.test(field);
}

/** The fields that every event can have. */
export const defaultQueryFields: QueryFields = createQueryFields(eventFields);

function buildLookup(catalogue: FieldCatalogue): Map<string, string> {
  const lookup = new Map<string, string>();
  for (const [name, { label, aliases }] of Object.entries(virtualFields)) {
    for (const word of [name, ...aliases, label.ja, label.en]) lookup.set(foldWidth(word).toLowerCase(), name);
  }
  for (const [name, field] of Object.entries(catalogue)) {
    for (const alias of field.aliases ?? []) lookup.set(foldWidth(alias).toLowerCase(), name);
  }
  const labels = new Map<string, Set<string>>();
  for (const [name, field] of Object.entries(catalogue)) {
    for (const label of [field.label.ja, field.label.en]) {
      const key = foldWidth(label).toLowerCase();
      labels.set(key, (labels.get(key) ?? new Set()).add(name));
    }
  }
  for (const [label, [name, ...others]] of labels) {
    if (name !== undefined && others.length === 0 && !lookup.has(label)) lookup.set(label, name);
  }
  for (const name of Object.keys(catalogue)) lookup.set(name.toLowerCase(), name);
  return lookup;
}

function nearest(name: string, candidates: readonly string[]): string | undefined {
  const limit = name.length <= 4 ? 1 : slipDistance;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name, candidate, limit);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}
