/**
 * ArcSight's Common Event Format: `CEF:0|vendor|product|version|class id|name|severity|key=value …`, as network and security
 * products write it into syslog. Class id and severity become fields, vendor, product, version and name labels.
 */

import type { EventDraft } from '../../event-draft.ts';
import { readBarHeader, startsBarHeader } from '../bar-header.ts';
import { findBlankPairs } from '../blank-pairs.ts';
import { takePairs } from '../take-pairs.ts';
import { cefMeanings } from './cef-keys.ts';

/** False when the text from `start` is not CEF with all of its header. */
export function readCef(draft: EventDraft, start: number): boolean {
  const { text, messageEnd } = draft;
  if (text.charCodeAt(start) !== 67 || !startsBarHeader(text, start)) return false;
  const header = readBarHeader(text, start + 'CEF:'.length, { end: messageEnd, count: 7 });
  if (header === undefined) return false;
  const [, vendor = '', product = '', version = '', classId, name = '', severity = ''] = header.values;
  draft.parsedAs('cef');
  draft.keyword('event.code', classId);
  takeSeverity(draft, severity);
  draft.label('device_vendor', vendor);
  draft.label('device_product', product);
  draft.label('device_version', version);
  draft.label('name', name);
  takePairs(draft, findBlankPairs(text, header.next, messageEnd), cefMeanings);
  return true;
}

/** 0 to 10, or a word. */
function takeSeverity(draft: EventDraft, severity: string): void {
  if (/^\d{1,3}$/.test(severity)) draft.long('event.severity', severity);
  else draft.label('severity', severity);
}
