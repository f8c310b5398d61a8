import type { EventDraft } from '../event-draft.ts';
import { readAccessLogTime, readBsdTime, readIsoTime } from '../time/read-time.ts';

/**
 * The time with which a line of an unknown format begins, also in brackets. The line counts as partly read then: it
 * stands at the right time, its text is searchable, and its fields are not known. Gives the end of the time, -1 without one.
 */
export function readLeadingTime(draft: EventDraft): number {
  const { text } = draft;
  const at = leadingTimeAt(text);
  const wall = readIsoTime(text, at) ?? readBsdTime(text, at) ?? readAccessLogTime(text, at);
  if (wall === undefined) return -1;
  const next = text.charCodeAt(wall.end);
  if ((next >= 48 && next <= 57) || (next >= 65 && next <= 90) || (next >= 97 && next <= 122)) return -1;
  draft.setWall(wall, at);
  draft.partly('text', 'no-format');
  return wall.end;
}

const leadingLevel =
  /^\[?(?:TRACE|DEBUG|INFO|INFORMATION|NOTICE|WARN|WARNING|ERROR|ERR|CRIT|CRITICAL|ALERT|EMERG|FATAL|SEVERE|[A-Z])(?:\]|\b)[ :]{0,8}[["]?(?=\d|[A-Z][a-z]{2} )/i;

/** Behind a bracket or quote, and behind a level: `[info] 2026-11-22T14:07:39Z …`, `ERROR [2026-11-22 14:07:39] …`. */
function leadingTimeAt(text: string): number {
  const level = leadingLevel.exec(text.length > 64 ? text.slice(0, 64) : text);
  if (level !== null) return level[0].length;
  return text.charCodeAt(0) === 91 || text.charCodeAt(0) === 34 ? 1 : 0;
}
