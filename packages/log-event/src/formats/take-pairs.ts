import { derivedField, labelName, type EventDraft } from '../event-draft.ts';
import { keyMeaning, type KeyMeaning } from '../key-meaning.ts';
import { addressName } from '../known-keys.ts';
import type { FoundPair, FoundPairs } from './blank-pairs.ts';
import { takeField, takeTime } from './json/read-json.ts';

/** What the keys of a format stand for. Keys that it does not define are read as those of any sender. */
export interface PairMeanings {
  readonly byKey: ReadonlyMap<string, KeyMeaning>;
  /** Keys of times, the best first. */
  readonly times: readonly string[];
  /** A backslash takes the meaning from the character behind it. */
  readonly hasEscapes: boolean;
}

/** Meanings from a table of the format's keys and catalogued names. */
export function pairMeanings(
  names: Readonly<Record<string, string>>,
  { times, hasEscapes }: Omit<PairMeanings, 'byKey'>,
): PairMeanings {
  const byKey = new Map<string, KeyMeaning>();
  for (const [key, name] of Object.entries(names)) {
    const instead = addressName(name);
    byKey.set(key, {
      role: name === 'event.outcome' ? 'outcome' : undefined,
      field: undefined,
      known: derivedField(name),
      instead: instead === undefined ? undefined : derivedField(instead),
      isLevel: false,
      label: labelName(key),
    });
  }
  return { byKey, times, hasEscapes };
}

/** Takes what a format's header leaves: fields, labels, a time if there is none yet, and the message if one is said. */
export function takePairs(draft: EventDraft, { pairs, isCut }: FoundPairs, meanings: PairMeanings): void {
  const { byKey, times, hasEscapes } = meanings;
  const plain = hasEscapes ? unescapePair : (raw: string): string => raw;
  const values = new Map(pairs.map(({ key, raw }) => [key, raw]));
  const time = draft.hasTime ? undefined : takeBestTime(draft, [...times, ...otherTimes(pairs)], values);
  for (const pair of pairs) {
    const { key, raw } = pair;
    if (raw === '' || key === time || isNameOfAnother(key, values)) continue;
    if (key === 'msg' || key === 'message') placeMessage(draft, pair, hasEscapes);
    else {
      const name = values.get(`${key}Label`);
      const value = plain(raw);
      if (name === undefined || name === '' || draft.labelKeys.includes(labelName(plain(name))))
        takeField(draft, byKey.get(key) ?? keyMeaning(key), value);
      else draft.label(plain(name), value);
    }
  }
  if (time !== undefined) draft.setZone(zoneOf(pairs) ?? '');
  draft.placeForwarded();
  if (isCut) draft.flaw ??= 'fields-dropped';
}

function zoneOf(pairs: readonly FoundPair[]): string | undefined {
  return pairs.find(({ key, raw }) => raw !== '' && keyMeaning(key).role === 'zone')?.raw;
}

/** Keys of times that the format does not define, but everybody understands. */
function otherTimes(pairs: readonly FoundPair[]): string[] {
  return pairs.map(({ key }) => key).filter((key) => keyMeaning(key).role === 'time');
}

/** The key whose value became the event's time. */
function takeBestTime(
  draft: EventDraft,
  times: readonly string[],
  values: ReadonlyMap<string, string>,
): string | undefined {
  const taken = times.find((key) => takeTime(draft, values.get(key) ?? ''));
  if (taken === undefined && times.some((key) => values.has(key))) draft.flaw ??= 'time-unknown';
  return taken;
}

/** `cs1Label=Rule cs1=…`: the name that the sender has given to one of the format's spare keys. */
function isNameOfAnother(key: string, values: ReadonlyMap<string, string>): boolean {
  return key.endsWith('Label') && (values.get(key.slice(0, -'Label'.length)) ?? '') !== '';
}

/** Line ends are only written into messages: elsewhere `\n` is rather the path or the domain that nobody has escaped. */
function placeMessage(draft: EventDraft, { raw, at }: FoundPair, hasEscapes: boolean): void {
  if (hasEscapes && raw.includes('\\')) {
    draft.detachedMessage = raw.replace(/\\([=\\|nr])/g, (_, code: string) =>
      code === 'n' ? '\n' : code === 'r' ? '\r' : code,
    );
    return;
  }
  draft.messageStart = at;
  draft.messageEnd = at + raw.length;
}

function unescapePair(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\([=\\|])/g, '$1') : raw;
}
