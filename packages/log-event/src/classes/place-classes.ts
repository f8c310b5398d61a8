import type { EventDraft } from '../event-draft.ts';
import { isBuiltInAdministrator } from './built-in-administrator.ts';
import { classBit, classSet, type ClassSet } from './class-set.ts';
import { classesIn, type ClassTable } from './class-table.ts';
import { classifyGeneral } from './general-classes.ts';
import { sixFields, type SixField } from './event-class.ts';

const signIn = classBit('authentication-use') | classBit('privilege-elevation');
const administrator = classBit('administrator-action');

/** Formats whose senders call their actions as they like. */
const generalFormats = new Set(['json', 'key-value', 'cef', 'leef']);

/** By the format's name. */
export type ClassTables = ReadonlyMap<string, ClassTable>;

/** The last step of reading: the event's classes, and what PCI DSS 10.2.2 asks of such an event and it does not have. */
export function placeClasses(draft: EventDraft, tables: ClassTables): void {
  const listed = classesByAction(draft, tables.get(draft.format));
  if (listed === undefined && generalFormats.has(draft.format)) classifyGeneral(draft);
  let bits = draft.classBits | (listed?.bits ?? 0);
  if (bits === 0) return;
  if ((bits & signIn) !== 0 && (bits & administrator) === 0 && isAdministratorsSession(draft)) bits |= administrator;
  const set = listed?.bits === bits ? listed : classSet(bits);
  draft.set('pci.class', set.names);
  const missing = missingOf(draft, set);
  if (missing !== 0) draft.set('pci.missing', missingNames(missing));
}

function classesByAction(draft: EventDraft, table: ClassTable | undefined): ClassSet | undefined {
  if (table === undefined) return undefined;
  const action = draft.get('event.action');
  if (typeof action !== 'string') return undefined;
  return classesIn(table, action, draft.get('event.outcome'));
}

/** Sessions of root and its like are administrative from their start (10.2.1.2); an attempt that failed begins none. */
function isAdministratorsSession(draft: EventDraft): boolean {
  const outcome = draft.get('event.outcome');
  if (outcome !== undefined && outcome !== 'success') return false;
  return isBuiltInAdministrator(draft.get('user.name')) || isBuiltInAdministrator(draft.get('user.effective.name'));
}

const timeBit = 1 << sixFields.indexOf('time');

/** One bit for each of the six that is missing, in their order. */
function missingOf(draft: EventDraft, { needs }: ClassSet): number {
  let bits = draft.hasTime ? 0 : timeBit;
  for (const [field, lists] of needs) {
    for (const names of lists) {
      if (saysOne(draft, names)) continue;
      bits |= field;
      break;
    }
  }
  return bits;
}

/** What is said to be unknown is not said. */
function saysOne(draft: EventDraft, names: readonly string[]): boolean {
  for (const name of names) {
    const value = draft.get(name);
    if (value !== undefined && value !== 'unknown') return true;
  }
  return false;
}

const listsOfMissing: SixField[][] = [];

/** One list for each combination, which the encoder knows again. */
function missingNames(bits: number): SixField[] {
  return (listsOfMissing[bits] ??= sixFields.filter((_, index) => (bits & (1 << index)) !== 0));
}
