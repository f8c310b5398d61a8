import type { ColumnType } from './master-definition.ts';
import { readAddress, readMac, readRange } from './network-address.ts';
import { plainText } from './written-name.ts';

/** Why a cell cannot be taken, beside the reasons of `PeriodFault`. */
export type CellFault = 'required' | 'too-long' | 'character' | 'email' | 'mac' | 'address' | 'addresses' | 'yes-no';

export const longestCell = 500;

/** A cell in the one form of its column's type; '' for an empty one. Times are read with their period, by `readPeriod`. */
export type CellResult = { readonly value: string } | { readonly fault: CellFault };

export function readValue(written: string, type: ColumnType): CellResult {
  const text = plainText(withoutSpreadsheetForm(written));
  if (text.length > longestCell) return { fault: 'too-long' };
  if (hasStrangeCharacter(text)) return { fault: 'character' };
  if (text === '') return { value: '' };
  switch (type) {
    case 'text':
    case 'name':
    case 'account':
    case 'time':
      return { value: text };
    case 'email':
      return isNone(text) ? { value: '' } : /^[^@ ]+@[^@ ]+$/.test(text) ? { value: text } : { fault: 'email' };
    case 'mac':
      return isNone(text) ? { value: '' } : orFault(readMac(text), 'mac');
    case 'address':
      return isNone(text) ? { value: '' } : orFault(readAddress(text), 'address');
    case 'addresses':
      return isNone(text) ? { value: '' } : orFault(readList(text, readRange), 'addresses');
    case 'yes-no':
      return orFault(readYesNo(text), 'yes-no');
    case 'shared':
      return { value: isNone(text) ? 'false' : (readYesNo(text) ?? readList(text, (item) => item) ?? '') };
  }
}

function orFault(value: string | undefined, fault: CellFault): CellResult {
  return value === undefined ? { fault } : { value };
}

/** The parts of a value of type `addresses` or `shared`. */
export function listedValues(value: string): readonly string[] {
  return value === '' ? [] : value.split(', ');
}

/** What `assets.shared` says: whether the device itself is shared by people, and which of its accounts are. */
export function sharedOf(value: string | undefined): {
  readonly device: boolean;
  readonly accounts: readonly string[];
} {
  if (value === undefined || value === '' || value === 'false') return { device: false, accounts: [] };
  return value === 'true' ? { device: true, accounts: [] } : { device: false, accounts: listedValues(value) };
}

function readList(text: string, read: (item: string) => string | undefined): string | undefined {
  const items = text.split(/[,;、\u003b ]/u).filter((item) => item !== '');
  const values = items.map(read);
  return values.every((value) => value !== undefined) ? [...new Set(values)].join(', ') : undefined;
}

/**
 * `="00050"` keeps the zeros of an id in spreadsheets; an apostrophe before `=`, `+`, `-` or `@` keeps a text from being taken for
 * a formula, as exports write it.
 */
function withoutSpreadsheetForm(written: string): string {
  const quoted = /^="([^"]*)"$/.exec(written.trim());
  return quoted?.[1] ?? written.replace(/^'(?=[\s\u3000]*[=+\-@＝＋－＠|])/u, '');
}

/** Control characters, halves of characters, and the sign that stands for a byte that could not be read. */
function hasStrangeCharacter(text: string): boolean {
  return !text.isWellFormed() || /[\p{Cc}\ufffd]/u.test(text);
}

function isNone(text: string): boolean {
  return /^[-\u2010-\u2015\u2212ー]$/u.test(text);
}

const yesWords = new Set([
  'true',
  'yes',
  'y',
  '1',
  'on',
  'in',
  'in scope',
  'in-scope',
  '内',
  '対象範囲内',
  '○',
  '◯',
  '〇',
  '◎',
  '✓',
  '✔',
  '☑',
  'レ',
  '有',
  '有り',
  'あり',
  'はい',
  '対象',
  '対象内',
  '範囲内',
  '共有',
  '共用',
]);
const noWords = new Set([
  'false',
  'no',
  'n',
  '0',
  'off',
  'out',
  'out of scope',
  'out-of-scope',
  '外',
  '対象範囲外',
  '×',
  '✕',
  '✗',
  '☐',
  '無',
  '無し',
  'なし',
  'いいえ',
  '対象外',
  '範囲外',
  '専用',
  '個人',
]);

function readYesNo(text: string): string | undefined {
  const word = text.toLowerCase();
  if (yesWords.has(word)) return 'true';
  return noWords.has(word) ? 'false' : undefined;
}
