/**
 * What lies in `blocks/`, one day at a time: the log names its blocks in the order of days, so that at most one day's
 * names are held. Objects that no entry of the log names are reported.
 */
import type { Store } from './object-store.ts';

export interface UnnamedObject {
  object: string;
  block: number | null;
}

export interface DayFolders {
  /** The log names this object. */
  enter(object: string): Promise<void>;
  /** The log's entry of that number could not be read: an object of that number is not held against the archive. */
  skip(block: number): void;
  /** After the last entry: the objects that no entry named, with the number in their name. */
  unnamed(): Promise<UnnamedObject[]>;
}

const objectPattern = /^blocks\/\d{4}\/\d{2}\/\d{2}\/(\d{12,16})\.akb$/;

export function createDayFolders(store: Store): DayFolders {
  const visitedDays = new Set<string>();
  const unnamed: string[] = [];
  const skipped = new Set<number>();
  let day = '';
  let names = new Set<string>();

  function leaveDay(): void {
    for (const name of names) unnamed.push(`${day}/${name}`);
    names = new Set();
  }

  return {
    async enter(object) {
      const slash = object.lastIndexOf('/');
      const objectDay = object.slice(0, slash);
      if (objectDay !== day) {
        leaveDay();
        day = objectDay;
        // A day that comes again (times gone backwards, reported elsewhere) has its names among the unnamed.
        names = visitedDays.has(day) ? takeBack(unnamed, day) : new Set(await store.names(day));
        visitedDays.add(day);
      }
      names.delete(object.slice(slash + 1));
    },
    skip(block) {
      skipped.add(block);
    },
    async unnamed() {
      leaveDay();
      return [...unnamed, ...(await unvisited(store, visitedDays))]
        .map((object) => ({ object, block: blockOf(object) }))
        .filter(({ block }) => block === null || !skipped.has(block));
    },
  };
}

function blockOf(object: string): number | null {
  const match = objectPattern.exec(object);
  return match === null ? null : Number(match[1]);
}

function takeBack(unnamed: string[], day: string): Set<string> {
  const names = new Set<string>();
  for (let index = unnamed.length - 1; index >= 0; index--) {
    const object = unnamed[index] ?? '';
    if (!object.startsWith(`${day}/`)) continue;
    names.add(object.slice(day.length + 1));
    unnamed.splice(index, 1);
  }
  return names;
}

/** Objects of days that no entry led to, and whatever lies where a year, a month or a day is expected. */
async function unvisited(store: Store, visitedDays: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = [];
  for await (const object of store.walk('blocks')) {
    if (!visitedDays.has(object.split('/').slice(0, 4).join('/'))) found.push(object);
  }
  return found;
}
