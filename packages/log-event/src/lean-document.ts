import { priorityNames, priorityValues } from './formats/syslog/priority.ts';

/**
 * Stands in a document for the five fields of a syslog priority where one number says them all: a third of what repeats in
 * the document of a syslog line.
 */
export const priorityField = 'pri';

type Document = Readonly<Record<string, unknown>>;

/** A document with every field of its event, for one as the index keeps it. Gives any other document back as it is. */
export function expandDocument<Given extends Document>(document: Given): Given {
  const priority = document[priorityField];
  if (priority === undefined) return document;
  const values = typeof priority === 'number' ? priorityValues(priority) : [];
  const expanded: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(document)) {
    if (name !== priorityField) expanded[name] = value;
    else for (const [index, implied] of values.entries()) expanded[priorityNames[index] ?? ''] = implied;
  }
  return expanded as Given;
}

/** What each priority (0 to 191) says of one of its fields, in order; undefined for any other field. */
export function impliedValues(field: string): readonly (number | string)[] | undefined {
  return valuesByField.get(field);
}

const priorities = Array.from({ length: 192 }, (_, priority) => priorityValues(priority));
const valuesByField: ReadonlyMap<string, readonly (number | string)[]> = new Map(
  priorityNames.map((name, index) => [name, priorities.map((values) => values[index] ?? '')]),
);
