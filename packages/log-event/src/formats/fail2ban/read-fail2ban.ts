/** fail2ban: addresses that it shut out after too many attempts, in its file and through syslog. */

import type { EventDraft } from '../../event-draft.ts';
import type { WallTime } from '../../time/wall-time.ts';
import { messageRow, messageTable, readByTable } from '../message-rows.ts';

const jail = '^(?:[A-Z]{4,8}\\s{1,4})?\\[([\\w.-]{1,64})\\] ';
const address = '([0-9A-Fa-f.:]{2,45})';

const table = messageTable([
  messageRow(`${jail}(?:Restore )?Ban ${address}$`, 'address_banned network success', 'rule.name source'),
  messageRow(`${jail}Unban ${address}$`, 'address_unbanned network success', 'rule.name source'),
  messageRow(`${jail}Found ${address}(?: -.{0,512})?$`, 'attempt_found authentication failure', 'rule.name source'),
  messageRow(`${jail}Ignore ${address}(?: by .{0,64})?$`, 'attempt_ignored authentication', 'rule.name source'),
  messageRow(`${jail}${address} already banned$`, 'address_banned network success', 'rule.name source'),
  messageRow(
    "^(?:[A-Z]{4,8}\\s{1,4})?Jail '([\\w.-]{1,64})' (?:started|stopped)",
    'jail_changed configuration success',
    'rule.name',
  ),
  messageRow('^(?:[A-Z]{4,8}\\s{1,4})?(?:Starting Fail2ban|Server ready)', 'fail2ban_started process success'),
  messageRow('^(?:[A-Z]{4,8}\\s{1,4})?(?:Shutdown in progress|Exiting Fail2ban)', 'fail2ban_stopped process success'),
]);

/** False for the rest of what it says. */
export function readFail2ban(draft: EventDraft, message: string): boolean {
  if (!readByTable(draft, message.trimEnd(), table)) return false;
  draft.parsedAs('fail2ban');
  return true;
}

const head = /^ (fail2ban\.[a-z]{1,32}) {1,32}\[(\d{1,10})\]: /;

/** A line of its own file, which begins with its time: `2026-11-22 10:00:00,123 fail2ban.actions [812]: NOTICE [sshd] Ban …`. */
export function readFail2banFile(draft: EventDraft, wall: WallTime): boolean {
  const { text } = draft;
  if (!text.startsWith(' fail2ban.', wall.end)) return false;
  const match = head.exec(text.slice(wall.end, wall.end + 100));
  if (match === null) return false;
  draft.messageStart = wall.end + match[0].length;
  const isRead = readFail2ban(draft, text.slice(draft.messageStart));
  if (!isRead) draft.partly('fail2ban', 'unknown-message');
  draft.setWall(wall, 0);
  draft.keyword('process.name', match[1]);
  draft.long('process.pid', match[2]);
  return true;
}
