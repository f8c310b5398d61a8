/**
 * One event of Windows, however it came: as XML, as JSON of a shipper, or as the text that Windows renders. All carriers
 * fill the same fields (PCI DSS 10.2.2).
 */

import { derivedField, type EventDraft } from '../../event-draft.ts';
import { keyMeaning } from '../../key-meaning.ts';
import { macAddress } from '../mac-address.ts';
import { unknownProfile, type DataProfile } from './data-fields.ts';
import { decideClasses } from './event-classes.ts';
import { eventRow, type EventRow, type Outcome } from './event-rows.ts';
import { placeSqlServerAudit } from '../sql-server/read-audit-text.ts';
import { placeSqlServerMessage } from '../sql-server/read-sql-server.ts';
import { isSuccessCode, statusReason } from './status-reasons.ts';

export const windowsFormat = 'windows-event';

export interface WindowsEvent {
  id: string;
  provider: string;
  channel: string;
  computer?: string | undefined;
  recordId?: string | undefined;
  level?: string | undefined;
  /** What the audit keywords say. */
  outcome?: Outcome | undefined;
  /** The account that the event was written for, apart from its data. */
  userSid?: string | undefined;
  userName?: string | undefined;
  userDomain?: string | undefined;
  /** Names begin with a capital letter, as Windows writes most. */
  data: Map<string, string>;
}

/** Fills the draft with everything but time and message. */
export function placeWindowsEvent(draft: EventDraft, event: WindowsEvent): void {
  draft.parsedAs(windowsFormat);
  if (event.id === '33205' && placeDatabaseAudit(draft, event)) return;
  placeRenderedParts(draft, event);
  const row = eventRow(event.provider, event.channel, event.id);
  const action = row?.action ?? 'windows_event';
  draft.set('event.action', action);
  draft.set('event.category', [row?.category ?? 'host']);
  const outcome = outcomeOf(event, row);
  if (outcome !== undefined) draft.set('event.outcome', outcome);
  placeOrigin(draft, event);
  placeReason(draft, event, outcome);
  decideClasses(event, draft, action);
  const clock = clockStates[action];
  if (clock !== undefined) draft.set('ntp.state', clock);
  placeData(draft, event, row?.profile ?? unknownProfile);
  placeUser(draft, event);
}

/** What the time service says of the clock (10.6.1). */
const clockStates: Readonly<Record<string, string>> = {
  time_source_selected: 'synchronized',
  time_source_received: 'synchronized',
  time_source_lost: 'unsynchronized',
  clock_not_set: 'unsynchronized',
};

function placeOrigin(draft: EventDraft, event: WindowsEvent): void {
  draft.keyword('event.code', event.id);
  draft.keyword('event.provider', event.provider);
  draft.keyword('winlog.channel', event.channel);
  draft.keyword('winlog.record_id', event.recordId);
  draft.keyword('host.name', event.computer);
  if (event.level !== undefined) draft.keyword('log.level', event.level.toLowerCase());
}

/** SQL Server's audit is one text of its own in the event. */
function placeDatabaseAudit(draft: EventDraft, event: WindowsEvent): boolean {
  const text = [...event.data.values()].find((value) => value.includes('action_id:'));
  if (text === undefined || !placeSqlServerAudit(draft, text)) return false;
  placeOrigin(draft, event);
  return true;
}

const contextUser = /(?:^|\n)\s{0,16}(?:User|ユーザー) = ([^\r\n]{1,256})/;

/** What some providers write as text within their data or as their only text. */
function placeRenderedParts(draft: EventDraft, { provider, data }: WindowsEvent): void {
  const message = data.get('Message');
  if (message !== undefined && provider.startsWith('MSSQL')) {
    data.delete('Message');
    if (!data.has('Param1')) placeSqlServerMessage(draft, message);
  }
  const user = contextUser.exec(data.get('ContextInfo') ?? '')?.[1];
  if (user !== undefined) placeName(draft, user.trim());
}

function outcomeOf({ outcome, data }: WindowsEvent, row: EventRow | undefined): Outcome | undefined {
  if (row?.outcome !== undefined) return row.outcome;
  if (outcome !== undefined) return outcome;
  const isSuccess = isSuccessCode(data.get('Status') ?? '');
  return isSuccess === undefined ? undefined : isSuccess ? 'success' : 'failure';
}

/** The most exact of the codes that a refusal has. */
function placeReason(draft: EventDraft, { data }: WindowsEvent, outcome: Outcome | undefined): void {
  if (outcome !== 'failure') return;
  for (const name of ['SubStatus', 'Status', 'ErrorCode', 'FailureCode']) {
    const code = data.get(name);
    if (code === undefined || isSuccessCode(code) !== false) continue;
    draft.keyword('event.reason', statusReason(code) ?? code);
    draft.keyword('error.code', code.toLowerCase());
    return;
  }
}

const nothing = new Set(['', '-', 'N/A', 'NULL SID', 'S-1-0-0', '%%1793', '0x0000000000000000']);

function placeData(draft: EventDraft, { data }: WindowsEvent, profile: DataProfile): void {
  const objectType = data.get('ObjectType');
  for (const [name, written] of data) {
    const value = written.length > 64 ? written : written.trim();
    if (nothing.has(value)) continue;
    const field = fieldOf(profile.get(name), objectType);
    if (field === 'user.name' && data.has(domainNames[name] ?? '')) draft.keyword(field, value);
    else if (field === undefined || !placeValue(draft, field, value)) draft.namedLabel(keyMeaning(name).label, value);
  }
  placeProgram(draft);
}

/** What is typed as a user's name says nothing of the domain where the event has a place of its own for that. */
const domainNames: Readonly<Record<string, string>> = {
  SubjectUserName: 'SubjectDomainName',
  TargetUserName: 'TargetDomainName',
};

/** The object of an access is a file, a key of the registry, or anything else that has a name. */
function fieldOf(field: string | undefined, objectType: string | undefined): string | undefined {
  return field === 'file.path' && (objectType === 'Key' || objectType === 'キー') ? 'registry.path' : field;
}

const logonTypes: Readonly<Record<string, string>> = {
  0: 'System',
  2: 'Interactive',
  3: 'Network',
  4: 'Batch',
  5: 'Service',
  7: 'Unlock',
  8: 'NetworkCleartext',
  9: 'NewCredentials',
  10: 'RemoteInteractive',
  11: 'CachedInteractive',
  12: 'CachedRemoteInteractive',
  13: 'CachedUnlock',
};

/** SQL Server writes ` [CLIENT: 192.0.2.7]`. */
const sqlClient = /^\[CLIENT: ([^\]]{1,64})\]$/;
const domainUser = /^([^\\/]{1,255})\\([^\\]{1,255})$/;

function placeValue(draft: EventDraft, field: string, value: string): boolean {
  switch (field) {
    case 'source.ip':
    case 'source.address':
      if (value === 'LOCAL' || value === 'ローカル') return false;
      draft.endpoint('source', sqlClient.exec(value)?.[1] ?? value.replace(/^\\\\/, ''));
      return true;
    case 'destination.ip':
    case 'destination.address':
      if (value === 'localhost') return false;
      draft.endpoint('destination', value);
      return true;
    case 'source.port':
    case 'destination.port':
      if (value === '0') return false;
      draft.long(field, value);
      return true;
    case 'source.mac':
      draft.keyword(field, macAddress(value));
      return true;
    case 'process.pid':
    case 'process.parent.pid':
      if (Number(value) !== 0) draft.long(field, value);
      return true;
    case 'winlog.logon.type':
      draft.keyword(field, logonTypes[value] ?? value);
      return true;
    case 'winlog.logon.id':
      draft.keyword(field, value.toLowerCase());
      return true;
    case 'ntp.peer':
      // `ntp.example (ntp.m|0x8|0.0.0.0:123->192.0.2.123:123)`: the name, and how it is asked.
      draft.keyword(field, value.split(/[ ,]/, 1)[0]);
      draft.label('TimeSource', value);
      return true;
    case 'user.name':
      placeName(draft, value);
      return true;
    default:
      return draft.take(derivedField(field), value);
  }
}

/** `CORP\tanaka` is an account of a domain; `tanaka@corp.example` stays as it is written. */
function placeName(draft: EventDraft, value: string): void {
  const match = domainUser.exec(value);
  if (match === null) draft.keyword('user.name', value);
  else {
    draft.keyword('user.name', match[2]);
    draft.keyword('user.domain', match[1]);
  }
}

function placeProgram(draft: EventDraft): void {
  const file = draft.get('process.executable');
  if (typeof file === 'string') draft.keyword('process.name', file.slice(file.lastIndexOf('\\') + 1));
}

function placeUser(draft: EventDraft, { userSid, userName, userDomain }: WindowsEvent): void {
  if (draft.get('user.name') !== undefined || draft.get('user.id') !== undefined) return;
  if (userName !== undefined && !nothing.has(userName)) {
    placeName(draft, userName);
    draft.keyword('user.domain', userDomain);
  }
  if (userSid !== undefined && !nothing.has(userSid)) draft.keyword('user.id', userSid);
}
