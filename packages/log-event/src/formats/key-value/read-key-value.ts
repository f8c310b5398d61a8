/**
 * Lines of `key=value` pairs: logfmt and firewall style with blanks between, or with commas
 * (`ID=00001,PAN=****,NAME=Taro Yamada`), values bare or quoted. The first pair's end tells which.
 */

import type { EventDraft } from '../../event-draft.ts';
import { keyMeaning } from '../../key-meaning.ts';
import { readAnyTime } from '../../time/read-any-time.ts';
import { takeField, takeTime } from '../json/read-json.ts';

const maxPairs = 256;
const maxKeyChars = 128;

interface Pair {
  key: string;
  value: string;
  /** Where a bare value stands in the text; -1 when escapes were taken out of it. */
  at: number;
}

/** False when the text from `start` does not begin with a pair, or is mostly something else. */
export function readKeyValue(draft: EventDraft, start: number): boolean {
  const text = draft.text;
  const first = keyEnd(text, start);
  if (first < 0) return false;
  const pairs = scanPairs(text, start);
  if (pairs === undefined) return false;
  draft.parsedAs('key-value');
  let timeSeen = false;
  let date = '';
  for (const pair of pairs) {
    const meaning = keyMeaning(pair.key);
    const { role } = meaning;
    if (pair.key === 'date') date = pair.value;
    if (role === 'time' && !draft.hasTime) {
      timeSeen = true;
      if (takeTime(draft, pair.value) || (date !== '' && takeTime(draft, `${date} ${pair.value}`))) continue;
    }
    if (role === 'message' && pair.value !== '') {
      if (takeAuditTime(draft, pair.value)) continue;
      if (pair.at >= 0) {
        draft.messageStart = pair.at;
        draft.messageEnd = pair.at + pair.value.length;
      } else draft.detachedMessage = pair.value;
      continue;
    }
    takeField(draft, meaning, pair.value);
  }
  if (timeSeen && !draft.hasTime) draft.flaw ??= 'time-unknown';
  return true;
}

/** Linux audit: `msg=audit(1364481363.243:24287):`. */
function takeAuditTime(draft: EventDraft, value: string): boolean {
  if (!value.startsWith('audit(')) return false;
  const colon = value.indexOf(':');
  const close = value.indexOf(')');
  if (colon < 0 || close < colon) return false;
  const time = value.slice(6, colon);
  if (readAnyTime(time) !== undefined) takeTime(draft, time);
  draft.keyword('event.id', value.slice(colon + 1, close));
  return true;
}

function scanPairs(text: string, start: number): Pair[] | undefined {
  const pairs: Pair[] = [];
  let byComma: boolean | undefined;
  let strays = 0;
  let at = start;
  while (at < text.length && pairs.length < maxPairs) {
    at = skipSeparators(text, at);
    if (at >= text.length) break;
    const end = keyEnd(text, at);
    if (end < 0) {
      strays++;
      if (strays > pairs.length + 2) return undefined;
      at = nextBlank(text, at);
      continue;
    }
    const key = text.slice(at, end);
    const quote = text.charCodeAt(end + 1);
    if (quote === 34 || quote === 39) {
      const close = closingQuote(text, end + 2, quote);
      if (close >= 0) {
        const raw = text.slice(end + 2, close);
        const escaped = raw.includes('\\');
        pairs.push({ key, value: escaped ? unescape(raw) : raw, at: escaped ? -1 : end + 2 });
        at = close + 1;
        continue;
      }
    }
    byComma ??= endsWithComma(text, end + 1);
    const valueEnd = byComma ? commaEnd(text, end + 1) : nextBlank(text, end + 1);
    const trimmed =
      !byComma && valueEnd > end + 1 && isSeparator(text.charCodeAt(valueEnd - 1)) ? valueEnd - 1 : valueEnd;
    pairs.push({ key, value: text.slice(end + 1, trimmed), at: end + 1 });
    at = valueEnd;
  }
  return pairs.length >= 2 && pairs.length > strays ? pairs : undefined;
}

/** The place of the `=` after a key at `at`, -1 when no key stands there. */
function keyEnd(text: string, at: number): number {
  const last = Math.min(text.length, at + maxKeyChars);
  for (let i = at; i < last; i++) {
    const code = text.charCodeAt(i);
    if (code === 61) return i > at ? i : -1;
    const isKeyChar =
      (code >= 48 && code <= 57) ||
      (code >= 65 && code <= 90) ||
      (code >= 97 && code <= 122) ||
      code === 95 ||
      code === 46 ||
      code === 45 ||
      code === 64 ||
      code === 47 ||
      (code >= 0x3041 && code < 0xff00) ||
      (code >= 0xff10 && code <= 0xff9f);
    if (!isKeyChar) return -1;
  }
  return -1;
}

function skipSeparators(text: string, start: number): number {
  let at = start;
  while (at < text.length && (isBlank(text.charCodeAt(at)) || isSeparator(text.charCodeAt(at)))) at++;
  return at;
}

function nextBlank(text: string, start: number): number {
  let at = start;
  while (at < text.length && !isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Whether the bare value at `at` is ended by a comma that another key follows, before any blank that one follows. */
function endsWithComma(text: string, start: number): boolean {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 44) return keyEnd(text, skipSeparators(text, at)) >= 0;
    if (isBlank(code) && keyEnd(text, at + 1) >= 0) return false;
  }
  return false;
}

function commaEnd(text: string, start: number): number {
  let at = text.indexOf(',', start);
  for (let tries = 0; at >= 0 && tries < 16; tries++) {
    const next = skipSeparators(text, at);
    if (next >= text.length || keyEnd(text, next) >= 0) return at;
    at = text.indexOf(',', at + 1);
  }
  return at < 0 ? text.length : at;
}

function closingQuote(text: string, start: number, quote: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === quote) return at;
  }
  return -1;
}

function unescape(raw: string): string {
  return raw.replace(/\\(.)/gs, (_all, char: string) => (char === 'n' ? '\n' : char === 't' ? '\t' : char));
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function isSeparator(code: number): boolean {
  return code === 44 || code === 59 || code === 124;
}
