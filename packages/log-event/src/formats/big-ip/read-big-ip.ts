/** F5's BIG-IP: what administrators do (`01070417:5: AUDIT - user yamada - …`) and their sign-ins. Other messages stay as they are. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const code = /^([0-9a-f]{8}):[0-7]: /;

const table = messageTable([
  row(
    '^AUDIT - user (.{1,256}?) - RAW: \\w{1,16}\\(pam_audit\\): user=(.{0,256}?)(?:\\(.{0,256}?\\))? partition=\\S{0,64} level=(\\S{1,32}) tty=(\\S{1,64}) host=(\\S{1,64}) attempts=\\d{1,4} start="[^"]{1,64}"\\.?$',
    'bigip_login authentication success',
    '- user.name user.roles process.tty.name source',
  ),
  row(
    '^AUDIT - user (.{1,256}?) - RAW: \\w{1,16}\\(pam_audit\\): user=(.{0,256}?)(?:\\(.{0,256}?\\))? partition=\\S{0,64} level=(\\S{1,32}) tty=(\\S{1,64}) host=(\\S{1,64}) attempts=\\d{1,4} start="[^"]{1,64}" end="[^"]{1,64}"\\.?$',
    'bigip_logout session success',
    '- user.name user.roles process.tty.name source',
  ),
  row(
    '^AUDIT - (?:user .{1,256}? - RAW: )?\\w{1,16}\\(pam_audit\\): [Uu]ser=(.{0,256}?)(?:\\(.{0,256}?\\))? (?:partition=\\S{0,64} level=\\S{1,32} )?tty=(\\S{1,64}) host=(\\S{1,64}) failed to login after (\\d{1,4}) attempts',
    'bigip_login authentication failure',
    'user.name process.tty.name source label:attempts',
  ),
  row(
    '^AUDIT - pid=(\\d{1,10}) user=(.{1,256}?) folder=(\\S{1,128}) module=\\S{1,64} status=\\[(.{1,128}?)\\] cmd_data=(.{0,2048})$',
    'bigip_command configuration',
    'process.pid user.name label:folder event.reason process.command_line',
  ),
  row(
    '^AUDIT - (?:client \\S{1,64}, )?user (.{1,256}?) - transaction #?\\S{1,32} - object \\S{1,16} - (.{1,2048}?)(?: \\[Status=(.{1,128}?)\\])?\\.?$',
    'bigip_configured configuration',
    'user.name process.command_line event.reason',
  ),
]);

export function readBigIp(draft: EventDraft, message: string): boolean {
  const match = code.exec(message);
  if (match === null) return false;
  const text = message.slice(match[0].length).trimEnd();
  draft.parsedAs('big-ip');
  draft.keyword('event.code', match[1]);
  if (!readByTable(draft, text, table)) draft.event(`bigip_${match[1]}`, 'host');
  const status = draft.get('event.reason');
  if (typeof status === 'string') draft.set('event.outcome', status === 'Command OK' ? 'success' : 'failure');
  return true;
}
