import { derivedField, labelName, type DerivedField } from './event-draft.ts';
import { addressName, keyRole, knownKeyName, type KeyRole } from './known-keys.ts';

/** What a sender's key stands for. A source's records have the same keys again and again, so that it is found out once. */
export interface KeyMeaning {
  readonly role: KeyRole | undefined;
  /** The catalogued field of this very name. */
  readonly field: DerivedField | undefined;
  /** The catalogued field that it is a common spelling of. */
  readonly known: DerivedField | undefined;
  /** Where a value goes that the key calls an address and that is a host name. */
  readonly instead: DerivedField | undefined;
  readonly isLevel: boolean;
  /** Its name as a label. */
  readonly label: string;
}

/** Longer keys are rare, and are not worth the memory. */
const keptChars = 64;
const keptKeys = 4096;

const kept = new Map<string, KeyMeaning>();

export function keyMeaning(key: string): KeyMeaning {
  let meaning = kept.get(key);
  if (meaning === undefined) {
    meaning = findMeaning(key);
    if (key.length > keptChars) return meaning;
    // Keys come from outside: the memory is only kept small, not complete.
    if (kept.size >= keptKeys) kept.clear();
    kept.set(key, meaning);
  }
  return meaning;
}

function findMeaning(key: string): KeyMeaning {
  const known = knownKeyName(key);
  const instead = known === undefined ? undefined : addressName(known);
  return {
    role: keyRole(key),
    field: derivedField(key),
    known: known === undefined ? undefined : derivedField(known),
    instead: instead === undefined ? undefined : derivedField(instead),
    isLevel: known === 'log.level',
    label: labelName(key),
  };
}
