/** One JSON object: of software whose members have a meaning of their own, else of anybody. */

import type { EventDraft } from '../event-draft.ts';
import { databaseObjects } from './database-readers.ts';
import { readJournald } from './journald/read-journald.ts';
import { parseJsonObject, readJsonMembers, type JsonObject } from './json/read-json.ts';
import { networkObjects } from './network-readers.ts';
import { readWindowsJson } from './windows-event/read-event-json.ts';

/**
 * Sets format and fields of an object that is its software's, and gives the members that are left for the reading that
 * any object gets; undefined when it is another's. Looks at one or two members first.
 */
export type ObjectReader = (draft: EventDraft, object: JsonObject) => JsonObject | undefined;

const objectReaders: readonly ObjectReader[] = [readJournald, readWindowsJson, ...databaseObjects, ...networkObjects];

/** False when the text from `start` is not one JSON object. */
export function readJsonRecord(draft: EventDraft, start: number): boolean {
  const object = parseJsonObject(start === 0 ? draft.text : draft.text.slice(start));
  if (object === undefined) return false;
  for (const read of objectReaders) {
    const rest = read(draft, object);
    if (rest === undefined) continue;
    readJsonMembers(draft, rest, start);
    return true;
  }
  draft.parsedAs('json');
  readJsonMembers(draft, object, start);
  return true;
}
