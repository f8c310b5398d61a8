/**
 * Cisco's routers and switches (IOS, IOS XE, IOS XR, NX-OS): `%SEC_LOGIN-4-LOGIN_FAILED: Login failed [user: …`. Facility and
 * mnemonic say what happened; one that has no row here is `ios_` and both names, which Cisco's own list explains.
 */

import type { EventDraft } from '../../event-draft.ts';
import { readRows, readByTable } from '../message-rows.ts';
import { readPamMessage } from '../pam/read-pam.ts';
import { readSshd } from '../sshd/read-sshd.ts';
import { classifyCommand } from './classify-command.ts';
import { iosMessages } from './ios-messages.ts';
import { portAccess, portAccessFacilities } from './port-access.ts';

const header =
  /^%([A-Za-z][A-Za-z0-9_]{0,40}(?:-[A-Za-z0-9_]{1,40}){0,3}?)-(?:SW\d-|STBY-|SP-|SPSTBY-|DFC\d-)?([0-7])-([A-Za-z0-9_]{1,64}) ?:+ ?/;

export function readCiscoIos(draft: EventDraft, message: string): boolean {
  const match = header.exec(message);
  if (match === null) return false;
  const [all, facility = '', severity, mnemonic = ''] = match;
  draft.parsedAs('cisco-ios');
  draft.long('event.severity', severity);
  const text = message.slice(all.length).trimEnd();
  if (readOfSystem(draft, mnemonic, text)) return true;
  const known = iosMessages.get(`${facility} ${mnemonic}`);
  if (readRows(draft, text, known)) finish(draft, text);
  else if (!portAccessFacilities.has(facility) || !readByTable(draft, text, portAccess)) {
    draft.event(`ios_${facility}_${mnemonic}`.toLowerCase().replaceAll('-', '_'), 'network');
    if (known !== undefined) draft.partly('cisco-ios', 'unknown-message');
  }
  return true;
}

const ofProcess = /^(.{1,1024}) - ([A-Za-z_]{1,32})(?:\[(\d{1,10})\])?$/;
const tagged = /^([a-z_]{1,32})(?:\[\d{1,10}\])?: /;

/** NX-OS passes on what its Linux programs write: `%AUTHPRIV-5-SYSTEM_MSG: pam_unix(…) … - dcos_sshd[29]`. */
function readOfSystem(draft: EventDraft, mnemonic: string, text: string): boolean {
  if (mnemonic !== 'SYSTEM_MSG') return false;
  const [, said = text, program = ''] = ofProcess.exec(text) ?? [];
  draft.keyword('process.name', program);
  const aaa = /^pam_aaa:Authentication failed for user (.{0,128}) from (\S{1,64})$/.exec(said);
  if (aaa !== null) {
    draft.event('ios_login', 'authentication', 'failure');
    draft.keyword('user.name', aaa[1]);
    draft.endpoint('source', aaa[2]);
    return true;
  }
  if (program.endsWith('sshd') && !tagged.test(said)) return readSshd(draft, said);
  readPamMessage(draft, said, program);
  return true;
}

/** What the command itself says, and addresses that are no remote ones. */
function finish(draft: EventDraft, text: string): void {
  const command = draft.get('process.command_line');
  if (typeof command === 'string') classifyCommand(draft, command);
  if (draft.get('event.action') === 'ios_logging_changed' && text.includes('stopped')) draft.label('state', 'stopped');
}
