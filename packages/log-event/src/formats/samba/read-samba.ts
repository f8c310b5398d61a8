/** Samba's full_audit: `CORP\tanaka|192.0.2.7|pc7|payments|unlinkat|ok|/srv/payments/a.csv`, with a prefix that the administrator chooses. */

import type { EventDraft } from '../../event-draft.ts';
import { isIpAddress } from '../../ip-address.ts';

const operations = new Map(
  (
    'connect:smb_connected disconnect:smb_disconnected open:smb_open openat:smb_open create_file:smb_open close:smb_close unlink:smb_delete ' +
    'unlinkat:smb_delete rename:smb_rename renameat:smb_rename mkdir:smb_mkdir mkdirat:smb_mkdir rmdir:smb_rmdir opendir:smb_list ' +
    'fdopendir:smb_list pread:smb_read read:smb_read pread_recv:smb_read pwrite:smb_write write:smb_write pwrite_recv:smb_write ' +
    'chmod:smb_chmod fchmod:smb_chmod chown:smb_chown fchown:smb_chown lchown:smb_chown set_nt_acl:smb_acl_changed fset_nt_acl:smb_acl_changed'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);
const mostPrefix = 7;
const failed = /^fail(?: \((.{1,128})\))?$/;

export function readSamba(draft: EventDraft, message: string): boolean {
  const cells = message.trimEnd().split('|', mostPrefix + 16);
  const at = cells.findIndex(
    (cell, index) => index > 0 && index <= mostPrefix && operations.has(cell) && isResult(cells[index + 1]),
  );
  if (at < 0) return false;
  const action = operations.get(cells[at] ?? '') ?? '';
  const refusal = failed.exec(cells[at + 1] ?? '');
  draft.parsedAs('samba');
  draft.event(
    action,
    action === 'smb_connected' || action === 'smb_disconnected' ? 'session' : 'file',
    refusal === null ? 'success' : 'failure',
  );
  draft.keyword('event.reason', refusal?.[1]);
  takePrefix(draft, cells.slice(0, at));
  takeArguments(draft, action, cells.slice(at + 2));
  return true;
}

function isResult(cell: string | undefined): boolean {
  return cell !== undefined && (cell === 'ok' || cell.startsWith('fail'));
}

/** `%u|%I|%m|%S`: the address tells itself, the name comes first, the share last. */
function takePrefix(draft: EventDraft, cells: readonly string[]): void {
  const address = cells.find((cell) => isIpAddress(cell));
  draft.endpoint('source', address);
  const names = cells.filter((cell) => cell !== address);
  const [user, ...rest] = names;
  draft.keyword('user.name', user);
  draft.label('share', rest.at(-1) ?? '');
  if (rest.length > 1) draft.keyword('source.address', rest[0]);
}

function takeArguments(draft: EventDraft, action: string, cells: readonly string[]): void {
  if (action === 'smb_rename') {
    draft.keyword('file.path', cells[0]);
    draft.keyword('file.target_path', cells[1]);
    return;
  }
  if (action === 'smb_connected' || action === 'smb_disconnected') draft.label('share', cells[0] ?? '');
  else draft.keyword('file.path', cells.at(-1));
}
