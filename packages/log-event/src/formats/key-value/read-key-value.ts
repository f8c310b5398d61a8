/**
 * Lines of `key=value` pairs: logfmt and firewall style with blanks between, or with commas
 * (`ID=00001,PAN=****,NAME=Taro Yamada`), values bare or quoted. The first pair's end tells which.
 */

import type { EventDraft } from '../../event-draft.ts';
import { keyMeaning } from '../../key-meaning.ts';
import { epochTextMicros } from '../../time/read-epoch.ts';
import { takeField, takeTime } from '../json/read-json.ts';
import { refineNetworkPairs } from '../network-pairs.ts';
import { plainText, withLineEnds } from './quoted-text.ts';

const maxPairs = 256;
const maxKeyChars = 128;

interface Pair {
  key: string;
  value: string;
  /** As it was written, without its quotes. */
  raw: string;
  /** Where the value stands in the text; -1 when escapes were taken out of it. */
  at: number;
  isQuoted: boolean;
}

/** False when the text from `start` does not begin with a pair, or is mostly something else. */
export function readKeyValue(draft: EventDraft, start: number): boolean {
  const text = draft.text;
  const first = keyEnd(text, start);
  if (first < 0) return false;
  const pairs = scanPairs(text, { start, end: text.length });
  if (pairs === undefined) return false;
  draft.parsedAs('key-value');
  const reading: Reading = { draft, date: '', zone: '', epoch: undefined, timeSeen: false, hadTime: draft.hasTime };
  for (const pair of pairs) readPair(reading, pair);
  if (!reading.hadTime) placeTime(reading);
  draft.placeForwarded();
  refineNetworkPairs(draft);
  return true;
}

interface Reading {
  draft: EventDraft;
  date: string;
  zone: string;
  /** A count since 1970 beside a written time. */
  epoch: string | undefined;
  timeSeen: boolean;
  hadTime: boolean;
}

function readPair(reading: Reading, pair: Pair): void {
  const { draft } = reading;
  const { key, value } = pair;
  const meaning = keyMeaning(key);
  const { role } = meaning;
  if (key === 'date') reading.date = value;
  if (role === 'time' && !reading.hadTime) {
    reading.timeSeen = true;
    if (takeTime(draft, value) || (reading.date !== '' && takeTime(draft, `${reading.date} ${value}`))) return;
    if (/^\d{10,19}$/.test(value)) reading.epoch ??= value;
  }
  if (role === 'zone') reading.zone ||= value;
  if (role === 'message' && value !== '') {
    placeMessage(draft, pair);
    return;
  }
  takeField(draft, meaning, value);
}

/** A time without a zone is that of the zone beside it, or else that of the count since 1970 that says it again. */
function placeTime({ draft, zone, epoch, timeSeen }: Reading): void {
  if (timeSeen && !draft.hasTime) draft.flaw ??= 'time-unknown';
  draft.setZone(zone);
  if (zone !== '' || epoch === undefined || draft.wall === undefined || draft.wall.offsetMinutes !== undefined) return;
  const epochUs = epochTextMicros(epoch);
  if (epochUs === undefined) return;
  draft.wall = undefined;
  draft.epochUs = epochUs;
}

/** Line ends are only written into messages: elsewhere `\n` is rather the path or the domain that nobody has escaped. */
function placeMessage(draft: EventDraft, pair: Pair): void {
  if (pair.at >= 0 && !/\\[nrt]/.test(pair.value)) {
    draft.messageStart = pair.at;
    draft.messageEnd = pair.at + pair.value.length;
  } else draft.detachedMessage = withLineEnds(pair.raw);
}

function scanPairs(text: string, { start, end: last }: { start: number; end: number }): Pair[] | undefined {
  const pairs: Pair[] = [];
  let byComma: boolean | undefined;
  let strays = 0;
  let at = start;
  while (at < last && pairs.length < maxPairs) {
    at = skipSeparators(text, at);
    if (at >= last) break;
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
      const close = closingQuote(text, end + 2, { quote, end: last });
      if (close >= 0) {
        const raw = text.slice(end + 2, close);
        const value = plainText(raw, quote);
        pairs.push({ key, value, raw, at: value === raw ? end + 2 : -1, isQuoted: true });
        at = close + 1;
        continue;
      }
    }
    byComma ??= endsWithComma(text, end + 1);
    const valueEnd = Math.min(last, byComma ? commaEnd(text, end + 1) : nextBlank(text, end + 1));
    const trimmed =
      !byComma && valueEnd > end + 1 && isSeparator(text.charCodeAt(valueEnd - 1)) ? valueEnd - 1 : valueEnd;
    const value = text.slice(end + 1, trimmed);
    pairs.push({ key, value, raw: value, at: end + 1, isQuoted: false });
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

/**
 * The quote that ends a value. Behind a writer that escapes nothing, a backslash before it is the value's own last character
 * (`path="C:\\temp\\" user=…`): that is so when else the value would end in the middle of a word.
 */
function closingQuote(text: string, start: number, { quote, end }: { quote: number; end: number }): number {
  let escaped = -1;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) {
      at++;
      if (escaped < 0 && text.charCodeAt(at) === quote && at < end && startsNextPair(text, at + 1, end)) escaped = at;
    } else if (code === quote) return escaped >= 0 && !isDelimited(text, at + 1, end) ? escaped : at;
  }
  return escaped;
}

function isDelimited(text: string, at: number, end: number): boolean {
  if (at >= end) return true;
  const code = text.charCodeAt(at);
  return isBlank(code) || isSeparator(code) || code === 39 || code === 93 || code === 41;
}

function startsNextPair(text: string, at: number, end: number): boolean {
  if (at >= end) return true;
  const next = skipSeparators(text, at);
  return next > at && (next >= end || keyEnd(text, next) >= 0);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 10 || code === 13;
}

function isSeparator(code: number): boolean {
  return code === 44 || code === 59 || code === 124;
}
