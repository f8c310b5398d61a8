/** `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'>…`, as `wevtutil`, WEF and shippers render it. */

import type { EventDraft } from '../../event-draft.ts';
import { takeTime } from '../json/read-json.ts';
import { attributeOf, readXml, type XmlElement } from '../../xml-elements.ts';
import { outcomeOfKeywords, levelOf, withCapital } from './event-words.ts';
import { placeWindowsEvent, windowsFormat, type WindowsEvent } from './windows-event.ts';

/** The namespace of Windows' events, or the part that each of them begins with. */
const start = /<Event(?: [^>]{0,256}schemas\.microsoft\.com\/win\/[^>]{0,256}| ?)>\s{0,64}<System>/y;

export function readEventXml(draft: EventDraft, at: number): boolean {
  const { text } = draft;
  start.lastIndex = at;
  if (text.charCodeAt(at + 1) !== 69 || !start.test(text)) return false;
  const elements = readXml(text, at);
  const system = elements?.findIndex(({ name, depth }) => name === 'System' && depth === 1) ?? -1;
  if (elements === undefined || system < 0) {
    draft.partly(windowsFormat, 'malformed');
    return true;
  }
  const event: WindowsEvent = { id: '', provider: '', channel: '', data: new Map() };
  let part = '';
  let message: string | undefined;
  for (const element of elements) {
    if (element.depth === 1) part = element.name;
    else if (part === 'System') takeSystem(draft, event, element);
    else if (part === 'EventData' || part === 'UserData') takeData(event, element);
    else if (part === 'RenderingInfo' && element.name === 'Message') message = element.text;
  }
  placeWindowsEvent(draft, event);
  if (message !== undefined && message !== '') draft.detachedMessage = message;
  return true;
}

function takeSystem(draft: EventDraft, event: WindowsEvent, element: XmlElement): void {
  const { name, text } = element;
  if (name === 'Provider')
    event.provider = attributeOf(element, 'Name') ?? attributeOf(element, 'EventSourceName') ?? '';
  else if (name === 'EventID') event.id = text.trim();
  else if (name === 'Level') event.level = levelOf(text);
  else if (name === 'Keywords') event.outcome = outcomeOfKeywords(text);
  else if (name === 'TimeCreated') takeTime(draft, attributeOf(element, 'SystemTime') ?? '');
  else if (name === 'EventRecordID') event.recordId = text;
  else if (name === 'Channel') event.channel = text;
  else if (name === 'Computer') event.computer = text;
  else if (name === 'Security') event.userSid = attributeOf(element, 'UserID');
}

/** `<Data Name="…">`, `<Data>` without a name, and elements of the provider's own below `UserData`. */
function takeData({ data }: WindowsEvent, element: XmlElement): void {
  const { name, text, hasChildren } = element;
  if (hasChildren || name === 'Binary') return;
  const key = name === 'Data' ? attributeOf(element, 'Name') : name;
  const given = key === undefined || key === '' ? `Param${data.size + 1}` : withCapital(key);
  if (!data.has(given)) data.set(given, text);
}
