/**
 * Windows' events as text through syslog: Snare's tab-separated lines, `WinEvtLog: …` of OSSEC, `4624: AUDIT_SUCCESS …` of
 * Eventlog-to-Syslog, and NXLog's, which puts the data beside the text or leaves it out.
 */

import type { EventDraft } from '../../event-draft.ts';
import { takeTime } from '../json/read-json.ts';
import { outcomeOfKeywords, levelOf } from './event-words.ts';
import { idOfTitle } from './event-titles.ts';
import { readRenderedText } from './rendered-text.ts';
import { placeWindowsEvent, windowsFormat, type WindowsEvent } from './windows-event.ts';

const snareMark = 'MSWinEventLog';
const maxSnareParts = 20;

export function startsSnare(text: string, at: number): boolean {
  return text.charCodeAt(at) === 77 && text.startsWith(snareMark, at);
}

/**
 * `MSWinEventLog⇥criticality⇥log⇥counter⇥time⇥id⇥source⇥user⇥kind of user⇥audit⇥computer⇥category⇥data⇥text…`. Older
 * versions put the log in the place of the criticality; relays write `#011` for the tabs.
 */
export function readSnare(draft: EventDraft, start: number): boolean {
  const { text } = draft;
  if (!startsSnare(text, start)) return false;
  const line = text.slice(start).replace(/[\r\n\0]+$/, '');
  const separator = line.startsWith('\t', snareMark.length) ? '\t' : '#011';
  const parts = line.split(separator, maxSnareParts);
  const at = /^\d{1,2}$/.test(parts[1] ?? '') ? 1 : 0;
  const [channel = '', recordId, time = '', id = '', provider = '', userName, , audit = '', computer] = parts.slice(
    at + 1,
  );
  if (!/^\d{1,5}$/.test(id)) {
    draft.partly(windowsFormat, 'malformed');
    return true;
  }
  takeTime(draft, time);
  const [, data = '', rendered = ''] = parts.slice(at + 10);
  const message = rendered.trim().length > 2 ? rendered : data;
  const event: WindowsEvent = {
    id,
    provider,
    channel,
    recordId,
    computer,
    outcome: outcomeOfKeywords(audit),
    userName,
    data: new Map(),
  };
  placeRendered(draft, event, message);
  draft.messageStart = text.indexOf(message, start + snareMark.length);
  draft.messageEnd = draft.messageStart + message.length;
  return true;
}

const ossec =
  /^([^:]{1,128}): ([A-Za-z_]{1,32})\((\d{1,5})\): ([^:]{1,128}): ([^:]{1,256}): ([^:]{1,256}): ([^:]{1,256}): /;

/** `Security: AUDIT_FAILURE(4625): Microsoft-Windows-Security-Auditing: user: domain: computer: text`. */
export function readOssecWindows(draft: EventDraft, message: string): boolean {
  const match = ossec.exec(message);
  if (match === null) return false;
  const [whole, channel = '', kind = '', id = '', provider = '', user, domain, computer] = match;
  const event: WindowsEvent = {
    id,
    provider,
    channel,
    computer,
    level: kind.startsWith('AUDIT') ? undefined : kind,
    outcome: outcomeOfKeywords(kind),
    userName: user === '(no user)' ? undefined : user,
    userDomain: domain === 'no domain' ? undefined : domain,
    data: new Map(),
  };
  placeRendered(draft, event, message.slice(whole.length));
  draft.messageStart += whole.length;
  return true;
}

const numbered = /^(?:EventID )?(\d{1,5}): (?:(AUDIT_[A-Z]{7}|Audit (?:Success|Failure)|[A-Z][\w\\ .-]{0,80}):? )?/;
const nxlog = 'NXLOG@14506.';

/** The message of a provider whose name is the tag. */
export function readProviderText(draft: EventDraft, message: string): boolean {
  const provider = String(draft.get('log.syslog.appname') ?? '');
  const data = labelledData(draft);
  const match = numbered.exec(message);
  const id = data.get('EventID') ?? match?.[1] ?? idOfTitle(message);
  if (id === undefined) return false;
  const channel = data.get('Channel') ?? (/security/i.test(provider) ? 'Security' : '');
  const kind = data.get('EventType') ?? match?.[2] ?? '';
  const event: WindowsEvent = {
    id,
    provider,
    channel,
    recordId: data.get('RecordNumber'),
    level: data.get('Severity'),
    outcome: outcomeOfKeywords(kind) ?? outcomeOfKeywords(data.get('Keywords') ?? ''),
    data: new Map([...data].filter(([name]) => !ofHeader.has(name))),
  };
  const textStart = data.has('EventID') || match === null ? 0 : match[0].length;
  placeRendered(draft, event, message.slice(textStart));
  return true;
}

const ofHeader = new Set(
  'Keywords EventType EventID ProviderGuid Version Task OpcodeValue RecordNumber ThreadID Channel Category Opcode EventReceivedTime SourceModuleName SourceModuleType Severity SeverityValue ActivityID Level'.split(
    ' ',
  ),
);

/** NXLog's structured data, which the envelope has made labels of. */
function labelledData(draft: EventDraft): Map<string, string> {
  const data = new Map<string, string>();
  draft.labelKeys.forEach((key, at) => {
    if (key.startsWith(nxlog)) data.set(key.slice(nxlog.length), draft.labelValues[at] ?? '');
  });
  if (data.size > 0) dropLabels(draft);
  return data;
}

function dropLabels({ labelKeys, labelValues }: EventDraft): void {
  for (let at = labelKeys.length - 1; at >= 0; at--) {
    if (labelKeys[at]?.startsWith(nxlog) !== true) continue;
    labelKeys.splice(at, 1);
    labelValues.splice(at, 1);
  }
}

/** The service control manager's sentences have the service's name at one place. */
const serviceSentence =
  /^(?:The ([^.:]{1,128}?) service (?:entered|was|terminated|depends)|([^.:。]{1,128}?) サービスは)/;

function placeRendered(draft: EventDraft, event: WindowsEvent, message: string): void {
  const isSure = readRenderedText(event.data, relayed(message));
  const service = serviceSentence.exec(message);
  if (event.provider.startsWith('MSSQL')) event.data.set('Message', message);
  if (service !== null) event.data.set('Param1', service[1] ?? service[2] ?? '');
  placeWindowsEvent(draft, { ...event, level: event.level === undefined ? undefined : levelOf(event.level) });
  if (!isSure) draft.flaw ??= 'malformed';
}

/** Line ends and tabs as syslog relays write them. */
function relayed(message: string): string {
  if (!message.includes('#01')) return message;
  return message.replace(/#01([1235])/g, (_, code: string) => (code === '1' ? '\t' : code === '5' ? '' : '\n'));
}
