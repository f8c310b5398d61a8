import { classBit, classSet, type ClassSet } from './class-set.ts';
import { eventClasses } from './event-class.ts';

/** The classes of one action: those of an outcome, where the table has them, come before those of any. */
export interface ClassRow {
  readonly any?: ClassSet;
  readonly success?: ClassSet;
  readonly failure?: ClassSet;
  readonly unknown?: ClassSet;
}

/**
 * The classes of a format's events by `event.action`.
 *
 * What an action alone does not decide is set by the reader (`EventDraft.classify`).
 */
export type ClassTable = ReadonlyMap<string, ClassRow>;

/**
 * Rows: `event.action`, or `event.action` and `event.outcome` with a blank between them, to names of classes with blanks
 * between them. Throws for a name that is no class: tables are checked when the process starts.
 */
export function classTable(rows: Readonly<Record<string, string>>): ClassTable {
  const table = new Map<string, ClassRow>();
  for (const [key, names] of Object.entries(rows)) {
    const [action = '', outcome = 'any'] = key.split(/[ /]/);
    table.set(action, { ...table.get(action), [outcome]: classSet(bitsNamed(names)) });
  }
  return table;
}

/**
 * The same the other way round, where many actions have the same classes: classes to actions with blanks between them, an
 * outcome behind a slash (`login/failure`).
 */
export function classTableOf(rows: Readonly<Record<string, string>>): ClassTable {
  const entries = Object.entries(rows).flatMap(([names, actions]) =>
    actions.split(' ').map((action) => [action, names] as const),
  );
  return classTable(Object.fromEntries(entries));
}

/** The classes of an action with an outcome; undefined where it has none. */
export function classesIn(table: ClassTable, action: string, outcome: unknown): ClassSet | undefined {
  const row = table.get(action);
  if (row === undefined) return undefined;
  if (outcome === 'failure') return row.failure ?? row.any;
  if (outcome === 'success') return row.success ?? row.any;
  return (outcome === 'unknown' ? row.unknown : undefined) ?? row.any;
}

function bitsNamed(names: string): number {
  return names.split(' ').reduce((bits, name) => {
    const found = eventClasses.find((each) => each === name);
    if (found === undefined) throw new Error(`${name} is no class of events`);
    return bits | classBit(found);
  }, 0);
}
