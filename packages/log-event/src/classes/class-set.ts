/** Sets of classes as one object each, so that what follows from a set is found out once and is then only looked up. */

import { eventClasses, sixFields, type EventClass } from './event-class.ts';
import { sourcesOf } from './six-field-sources.ts';

/** Classes, each once, in the order of the list of classes. There is one object for each set. */
export interface ClassSet {
  readonly bits: number;
  /** The very list of all events with these classes, which the encoder knows again: nobody changes it. */
  readonly names: EventClass[];
  /** For each of the six but time, as its bit: the lists of fields, of each of which one is enough. */
  readonly needs: ReadonlyArray<readonly [number, ReadonlyArray<readonly string[]>]>;
}

const sets = new Map<number, ClassSet>();

const bitOf: ReadonlyMap<EventClass, number> = new Map(eventClasses.map((name, index) => [name, 1 << index]));

export function classBit(name: EventClass): number {
  return bitOf.get(name) ?? 0;
}

/** The set of these bits. */
export function classSet(bits: number): ClassSet {
  let set = sets.get(bits);
  if (set === undefined) {
    const names = eventClasses.filter((name) => (bits & classBit(name)) !== 0);
    set = { bits, names, needs: needsOf(names) };
    sets.set(bits, set);
  }
  return set;
}

function needsOf(names: readonly EventClass[]): ClassSet['needs'] {
  return (['user', 'action', 'outcome', 'origin', 'object'] as const).map((field) => [
    1 << sixFields.indexOf(field),
    [...new Set(names.map((name) => sourcesOf(field, name)))],
  ]);
}
