import { dictionary } from '@zxcvbn-ts/language-common';

const rankByPassword: ReadonlyMap<string, number> = new Map(
  dictionary['passwords-common'].map((password, rank) => [password, rank]),
);

/** Of two words joined, both must be this common: rarer ones make a phrase. */
const commonRank = 5_000;
const shortestWord = 4;
const longestLookup = 256;

const rows = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1234567890',
  'abcdefghijklmnopqrstuvwxyz',
  'qazwsxedcrfvtgbyhnujm',
];
const runs = rows.flatMap((row) => [row, backwards(row)]);

const lookalikes: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/**
 * Whether the password stands on the offline list of breached ones or is what people make of one: a common password with
 * digits and signs around it, with look-alike characters, backwards, repeated, two of them joined, or runs of the keyboard.
 */
export function isBreachedPassword(password: string): boolean {
  const text = password.slice(0, longestLookup).normalize('NFKC').toLowerCase();
  const unit = repeatedUnit(text);
  const core = withoutEnds(text);
  const isSimple = isKeyboardRuns(text) || (core.length * 2 >= text.length && isKeyboardRuns(core));
  return [text, unit].some(isKnown) || isShortRepeat(text, unit) || isSimple;
}

function isKnown(text: string): boolean {
  return [text, withoutLookalikes(text)].some((form) => {
    const core = withoutEnds(form);
    return [form, core, backwards(form), backwards(core)].some(isListed) || isTwoListed(core) || isTwoListed(form);
  });
}

function withoutEnds(text: string): string {
  return text.replace(/^[^\p{L}]+/u, '').replace(/[^\p{L}]{1,64}$/u, '');
}

function isListed(text: string): boolean {
  return text.length >= shortestWord && rankByPassword.has(text);
}

function isTwoListed(text: string): boolean {
  for (let cut = shortestWord; cut <= text.length - shortestWord; cut++) {
    if (isCommon(text.slice(0, cut)) && isCommon(text.slice(cut))) return true;
  }
  return false;
}

function isCommon(text: string): boolean {
  const rank = rankByPassword.get(text);
  return rank !== undefined && rank < commonRank;
}

/** The shortest text of which the whole is a repetition; the whole itself when it repeats nothing. */
function repeatedUnit(text: string): string {
  const at = (text + text).indexOf(text, 1);
  return at > 0 ? text.slice(0, at) : text;
}

function isShortRepeat(text: string, unit: string): boolean {
  return unit.length < text.length && unit.length <= shortestWord;
}

/** Whether nothing is left but a few runs along the rows of a keyboard, the alphabet or one repeated character. */
function isKeyboardRuns(text: string): boolean {
  let at = 0;
  let parts = 0;
  while (at < text.length) {
    let length = 3;
    if (!isRun(text.slice(at, at + length))) return false;
    while (at + length < text.length && isRun(text.slice(at, at + length + 1))) length++;
    at += length;
    parts++;
  }
  return parts > 0 && parts <= 4;
}

function isRun(text: string): boolean {
  if (text.length < 3) return false;
  return runs.some((run) => run.includes(text)) || text === (text[0] ?? '').repeat(text.length);
}

function withoutLookalikes(text: string): string {
  return text.replace(/[0134578@$!]/g, (character) => lookalikes[character] ?? character);
}

function backwards(text: string): string {
  return Array.from(text).toReversed().join('');
}
