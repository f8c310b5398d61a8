/**
 * ArcSight's Common Event Format: `CEF:0|vendor|product|version|class id|name|severity|key=value …`, as network and security
 * products write it into syslog. Class id and severity become fields, vendor, product, version and name labels.
 */

import type { EventDraft } from '../../event-draft.ts';
import { readBarHeader, startsBarHeader } from '../bar-header.ts';
import { classifyBarEvent } from '../bar-vendors.ts';
import { findBlankPairs } from '../blank-pairs.ts';
import { takePairs } from '../take-pairs.ts';
import { cefMeanings } from './cef-keys.ts';

/** False when the text from `start` is not CEF with all of its header. */
export function readCef(draft: EventDraft, start: number): boolean {
  const { text } = draft;
  if (text.charCodeAt(start) !== 67 || !startsBarHeader(text, start)) return false;
  return readHeader(draft, start + 'CEF:'.length);
}

const bare =
  /\d\|[^|]{1,63}\|[^|]{1,63}\|[^|]{0,63}\|[^|]{1,255}\|[^|]{1,511}\|(?:\d{1,2}|Unknown|Low|Medium|High|Very-High)\|/y;

/** `0|vendor|product|…`: where `CEF:` was taken for syslog's tag and left out on the way. */
export function readBareCef(draft: EventDraft, start: number): boolean {
  if (draft.text.charCodeAt(start + 1) !== 124) return false;
  bare.lastIndex = start;
  return bare.test(draft.text) && readHeader(draft, start);
}

function readHeader(draft: EventDraft, start: number): boolean {
  const { text, messageEnd } = draft;
  const header = readBarHeader(text, start, { end: messageEnd, count: 7 });
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
  classifyBarEvent(draft, { vendor, id: classId ?? '', name });
  return true;
}

/** 0 to 10, or a word. */
function takeSeverity(draft: EventDraft, severity: string): void {
  if (/^\d{1,3}$/.test(severity)) draft.long('event.severity', severity);
  else draft.label('severity', severity);
}
