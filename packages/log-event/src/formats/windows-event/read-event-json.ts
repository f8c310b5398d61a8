/**
 * Windows' events as shippers write them in JSON: Elastic (`winlog`), Wazuh (`win`), converters of event files (`Event`),
 * and those that put all in one object (NXLog, Fluent Bit, and others: `EventID` beside a channel or a source).
 */

import type { EventDraft } from '../../event-draft.ts';
import { takeTime, type JsonObject } from '../json/read-json.ts';
import { levelOf, outcomeOfKeywords, withCapital } from './event-words.ts';
import { readRenderedText } from './rendered-text.ts';
import { placeWindowsEvent } from './windows-event.ts';

/** The members that are not the event's; undefined for an object that is none of Windows. */
export function readWindowsJson(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  const { winlog, win, Event: event } = object;
  if (isObject(winlog)) return readWinlog(draft, object, winlog);
  if (isObject(win) && isObject(win['system'])) return readWazuh(draft, object, win);
  if (isObject(event) && isObject(event['System'])) return readConverted(draft, object, event);
  if (object['_EventID'] !== undefined) return readFlat(draft, withoutUnderscores(object));
  return object['EventID'] === undefined && object['EventId'] === undefined ? undefined : readFlat(draft, object);
}

function readWinlog(draft: EventDraft, object: JsonObject, winlog: JsonObject): JsonObject | undefined {
  const id = written(winlog['event_id']) ?? written(objectOf(object['event'])['code']);
  if (id === undefined) return undefined;
  const data = new Map<string, string>();
  addData(data, winlog['event_data']);
  addData(data, winlog['user_data']);
  const keywords = winlog['keywords'];
  const user = objectOf(winlog['user']);
  const { host, message } = object;
  if (data.size === 0 && typeof message === 'string') readRenderedText(data, message);
  takeTime(draft, written(object['@timestamp']) ?? '');
  placeWindowsEvent(draft, {
    id,
    provider: written(winlog['provider_name']) ?? written(winlog['source_name']) ?? '',
    channel: written(winlog['channel']) ?? written(winlog['log_name']) ?? '',
    computer: written(winlog['computer_name']) ?? written(objectOf(host)['name']),
    recordId: written(winlog['record_id']),
    level: written(objectOf(object['log'])['level']),
    outcome: outcomeOfKeywords(Array.isArray(keywords) ? keywords.join(' ') : (written(keywords) ?? '')),
    userSid: written(user['identifier']),
    userName: written(user['name']),
    userDomain: written(user['domain']),
    data,
  });
  return without(object, ['winlog', '@timestamp', 'event', 'host', 'user', 'log', 'related', '@metadata', 'ecs']);
}

function readWazuh(draft: EventDraft, object: JsonObject, win: JsonObject): JsonObject | undefined {
  const system = objectOf(win['system']);
  const id = written(system['eventID']);
  if (id === undefined) return undefined;
  const data = new Map<string, string>();
  for (const [key, value] of Object.entries(win)) if (key !== 'system') addData(data, value);
  takeTime(draft, written(system['systemTime']) ?? '');
  placeWindowsEvent(draft, {
    id,
    provider: written(system['providerName']) ?? '',
    channel: written(system['channel']) ?? '',
    computer: written(system['computer']),
    recordId: written(system['eventRecordID']),
    level: levelOf(written(system['level']) ?? ''),
    outcome:
      outcomeOfKeywords(`${written(system['severityValue']) ?? ''}`) ??
      outcomeOfKeywords(written(system['keywords']) ?? ''),
    userSid: written(system['securityUserID']),
    data,
  });
  const { message } = system;
  return { ...(typeof message === 'string' ? { message: unquoted(message) } : {}), ...without(object, ['win']) };
}

function readConverted(draft: EventDraft, object: JsonObject, event: JsonObject): JsonObject | undefined {
  const system = objectOf(event['System']);
  const id = elementText(system['EventID']);
  if (id === undefined) return undefined;
  const data = new Map<string, string>();
  addConverted(data, event['EventData']);
  for (const value of Object.values(objectOf(event['UserData']))) addConverted(data, value);
  takeTime(draft, attribute(system['TimeCreated'], 'SystemTime') ?? '');
  placeWindowsEvent(draft, {
    id,
    provider: attribute(system['Provider'], 'Name') ?? '',
    channel: elementText(system['Channel']) ?? '',
    computer: elementText(system['Computer']),
    recordId: elementText(system['EventRecordID']),
    level: levelOf(elementText(system['Level']) ?? ''),
    outcome: outcomeOfKeywords(elementText(system['Keywords']) ?? ''),
    userSid: attribute(system['Security'], 'UserID'),
    data,
  });
  return without(object, ['Event']);
}

/** Members of a flat object that say where the event is from rather than what it is about. */
const flatNames = new Set(
  (
    'EventID EventId EventTime EventReceivedTime TimeCreated SystemTime Hostname Computer MachineName Keywords EventType Severity SeverityValue ' +
    'SourceName ProviderName Provider Channel LogName RecordNumber EventRecordID RecordId Level LevelDisplayName UserID AccountName Domain ' +
    'Message ProviderGuid level version timestamp Version Task Opcode OpcodeValue Category ProcessID ThreadID ExecutionProcessID ExecutionThreadID ActivityID ' +
    'RelatedActivityID Qualifiers SourceModuleName SourceModuleType AccountType StringInserts @timestamp host port tags @version type'
  ).split(' '),
);

function readFlat(draft: EventDraft, object: JsonObject): JsonObject | undefined {
  const text = (...names: string[]): string | undefined =>
    names.map((name) => written(object[name])).find((value) => value !== undefined);
  const id = text('EventID', 'EventId');
  const provider = text('SourceName', 'ProviderName', 'Provider');
  const channel = text('Channel', 'LogName');
  if (id === undefined || !/^\d{1,5}$/.test(id) || (provider ?? channel) === undefined) return undefined;
  const data = new Map<string, string>();
  for (const [key, value] of Object.entries(object)) {
    const found = flatNames.has(key) ? undefined : written(value);
    if (found !== undefined) data.set(withCapital(key), found);
  }
  const message = text('Message');
  if (
    message !== undefined &&
    !data.has('SubjectUserName') &&
    !data.has('TargetUserName') &&
    !(provider ?? '').startsWith('MSSQL')
  )
    readRenderedText(data, message);
  if (message !== undefined && (provider ?? '').startsWith('MSSQL')) data.set('Message', message);
  for (const time of ['EventTime', 'TimeCreated', 'SystemTime', '@timestamp'])
    if (takeTime(draft, text(time) ?? '')) break;
  placeWindowsEvent(draft, {
    id,
    provider: provider ?? '',
    channel: channel ?? '',
    computer: text('Hostname', 'Computer', 'MachineName'),
    recordId: text('RecordNumber', 'EventRecordID', 'RecordId'),
    level: levelOf(text('LevelDisplayName', 'Level', 'Severity') ?? ''),
    outcome: outcomeOfKeywords(text('EventType') ?? '') ?? outcomeOfKeywords(text('Keywords') ?? ''),
    userSid: text('UserID', 'UserId'),
    userName: text('AccountName'),
    userDomain: text('Domain'),
    data,
  });
  return message === undefined ? {} : { Message: message };
}

/** GELF puts an underscore before every name that is not its own. */
function withoutUnderscores({ short_message, full_message, host, timestamp, ...others }: JsonObject): JsonObject {
  const entries = Object.entries(others).map(
    ([key, value]) => [key.startsWith('_') ? key.slice(1) : key, value] as const,
  );
  return {
    Hostname: host,
    Message: full_message ?? short_message,
    '@timestamp': timestamp,
    ...Object.fromEntries(entries),
  };
}

function addData(data: Map<string, string>, members: unknown): void {
  for (const [key, value] of Object.entries(objectOf(members))) {
    const text = written(value);
    if (text !== undefined) data.set(withCapital(key), text);
    else if (isObject(value)) addData(data, value);
    else if (Array.isArray(value)) data.set(withCapital(key), value.map((each) => written(each) ?? '').join(', '));
  }
}

/** `{"Data": [{"#text": "…", "@Name": "…"}]}`, or names as members. */
function addConverted(data: Map<string, string>, members: unknown): void {
  const { Data: rows } = objectOf(members);
  for (const row of Array.isArray(rows) ? (rows as unknown[]) : []) {
    const name = attribute(row, 'Name') ?? `Param${data.size + 1}`;
    data.set(withCapital(name), elementText(row) ?? '');
  }
  addData(data, without(objectOf(members), Array.isArray(rows) ? ['Data', '#attributes'] : ['#attributes']));
}

function attribute(element: unknown, name: string): string | undefined {
  const object = objectOf(element);
  return written(objectOf(object['#attributes'])[name]) ?? written(object[`@${name}`]) ?? written(object[name]);
}

function elementText(element: unknown): string | undefined {
  return written(element) ?? written(objectOf(element)['#text']);
}

function written(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function without(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !names.includes(key)));
}

/** Wazuh leaves the quotes around the message. */
function unquoted(message: string): string {
  return message.length > 1 && message.startsWith('"') && message.endsWith('"') ? message.slice(1, -1) : message;
}
