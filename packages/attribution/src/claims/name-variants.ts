import { foldName, plainText } from '../masters/written-name.ts';

/**
 * How a name of a table may be written in logs. The index compares exactly: what it is asked for is this list, and an event is
 * compared with the same list, so that both always agree.
 */
export interface NameVariants {
  /** Whole values. */
  readonly written: readonly string[];
  /** First labels of qualified host names: the usual ones of `written` that a host name can hold. */
  readonly labels: readonly string[];
  /** Last parts of names of log groups: the usual ones of `written` that such a name can hold. */
  readonly groupParts: readonly string[];
}

const separators = /[ _\-\u2010-\u2015\u2212]+/u;
/** Where another writer may put a sign of his own: `web01` and `web-01`, `ServerA` and `Server A`. */
const borders = /[ _\-\u2010-\u2015\u2212]+|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/u;
const joints = ['', ' ', '-', '_'];
const hostLabel = /^[^\s_.*?\\]+$/u;
const groupPart = /^[.\-_#A-Za-z0-9]+$/;
/** A label of digits alone is a part of an address. */
const hasLetter = /\P{N}/u;

export function nameVariants(name: string): NameVariants {
  const plain = plainText(name);
  const fold = foldName(name);
  // A case that another alphabet changes (ß, İ) makes another name.
  const isSame = (text: string): boolean => text !== '' && foldName(text) === fold;
  const words = [plain.split(separators), plain.split(borders)];
  const spellings = joints.flatMap((joint) => words.flatMap((parts) => spellingsOf(parts, joint)));
  const usual = unique([plain, ...spellings.flatMap(({ usual: texts }) => texts)]).filter(isSame);
  const written = unique([name, ...usual, ...spellings.flatMap(({ rare }) => rare), fullWidth(plain)]).filter(isSame);
  return {
    written,
    labels: usual.filter((text) => hostLabel.test(text) && hasLetter.test(text)),
    groupParts: usual.filter((text) => groupPart.test(text)),
  };
}

function spellingsOf(parts: readonly string[], joint: string): { usual: string[]; rare: string[] } {
  const words = parts.filter((part) => part !== '');
  const text = words.join(joint);
  const title = words.map(capital).join(joint);
  return {
    usual: [text, text.toLowerCase(), text.toUpperCase()],
    rare: [title, capital(text.toLowerCase()), title.charAt(0).toLowerCase() + title.slice(1)],
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase();
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function fullWidth(text: string): string {
  return text.replaceAll(/[!-~ ]/g, (sign) =>
    sign === ' ' ? '\u3000' : String.fromCharCode(sign.charCodeAt(0) + 0xfee0),
  );
}

/** The first label of a qualified host name; an address stays whole. */
export function firstLabel(host: string): string {
  const dot = host.indexOf('.');
  if (dot <= 0) return host;
  const label = host.slice(0, dot);
  return hasLetter.test(label) ? label : host;
}

/** What stands behind the last slash of a log group's name. */
export function lastPart(logGroup: string): string {
  return logGroup.slice(logGroup.lastIndexOf('/') + 1);
}
