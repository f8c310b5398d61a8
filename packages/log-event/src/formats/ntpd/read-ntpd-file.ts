import type { EventDraft } from '../../event-draft.ts';
import { readDayFirstTime } from '../../time/read-time.ts';

const program = /^ (ntpd|ntpdate|ntp_intres|xntpd)\[(\d{1,10})\]: ?/;

/**
 * The header of ntpd's own log file, `26 Feb 13:49:00 ntpd[7533]: …`: day before month, no year, no zone, no host.
 * Gives the start of the message, -1 when the line is none of these.
 */
export function readNtpdFileHeader(draft: EventDraft): number {
  const { text } = draft;
  const wall = readDayFirstTime(text, 0);
  if (wall === undefined) return -1;
  const match = program.exec(text.slice(wall.end, wall.end + 32));
  if (match === null) return -1;
  draft.setWall(wall, 0);
  draft.keyword('process.name', match[1]);
  draft.long('process.pid', match[2]);
  return wall.end + match[0].length;
}
