import { eventClasses, type EventClass } from './event-class.ts';

/**
 * The classes of a format's events: `event.action`, or `event.action` and `event.outcome` with a blank between them, which
 * comes first, to names of classes with blanks between them.
 *
 * What an action alone does not decide is set by the reader (`EventDraft.classify`).
 */
export type ClassTable = ReadonlyMap<string, readonly EventClass[]>;

/** Throws for a name that is no class: tables are checked when the process starts. */
export function classTable(rows: Readonly<Record<string, string>>): ClassTable {
  return new Map(Object.entries(rows).map(([action, names]) => [action, classesNamed(names)]));
}

function classesNamed(names: string): readonly EventClass[] {
  return names.split(' ').map((name) => {
    const found = eventClasses.find((each) => each === name);
    if (found === undefined) throw new Error(`${name} is no class of events`);
    return found;
  });
}
