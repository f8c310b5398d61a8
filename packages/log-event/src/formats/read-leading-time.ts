import type { EventDraft } from '../event-draft.ts';
import { readAccessLogTime, readBsdTime, readIsoTime } from '../time/read-time.ts';

/**
 * The time with which a line of an unknown format begins, also in brackets. The line counts as partly read then: it
 * stands at the right time, its text is searchable, and its fields are not known. Gives the end of the time, -1 without one.
 */
export function readLeadingTime(draft: EventDraft): number {
  const { text } = draft;
  const at = text.charCodeAt(0) === 91 || text.charCodeAt(0) === 34 ? 1 : 0;
  const wall = readIsoTime(text, at) ?? readBsdTime(text, at) ?? readAccessLogTime(text, at);
  if (wall === undefined) return -1;
  const next = text.charCodeAt(wall.end);
  if ((next >= 48 && next <= 57) || (next >= 65 && next <= 90) || (next >= 97 && next <= 122)) return -1;
  draft.setWall(wall, at);
  draft.partly('text', 'no-format');
  return wall.end;
}
