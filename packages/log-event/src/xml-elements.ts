/**
 * The elements of a small XML document, one after the other, each looked at once. No entities but those of XML itself, no
 * document types: what is written in a record cannot make it longer.
 */

export interface XmlElement {
  /** Without a namespace's prefix. */
  readonly name: string;
  /** Number of elements around it. */
  readonly depth: number;
  readonly attributes: string;
  /** What stands in it, for an element without others in it. */
  text: string;
  hasChildren: boolean;
}

const maxElements = 512;
const maxDepth = 16;

/** In the order of their beginnings; undefined when the text from `start` is no such document. */
export function readXml(text: string, start: number): XmlElement[] | undefined {
  const elements: XmlElement[] = [];
  const open: XmlElement[] = [];
  let at = text.indexOf('<', start);
  while (at >= 0) {
    const end = tagEnd(text, at);
    if (end < 0) return undefined;
    const code = text.charCodeAt(at + 1);
    if (code === 47) {
      if (open.pop() === undefined) return undefined;
      if (open.length === 0) return elements;
    } else if (code !== 33 && code !== 63) {
      const isEmpty = text.charCodeAt(end - 1) === 47;
      const element = elementOf(text.slice(at + 1, isEmpty ? end - 1 : end), open.length);
      const parent = open.at(-1);
      if (parent !== undefined) parent.hasChildren = true;
      if (elements.length === maxElements || open.length === maxDepth) return undefined;
      elements.push(element);
      if (!isEmpty) {
        open.push(element);
        at = readText(text, end + 1, element);
        continue;
      }
      if (open.length === 0) return elements;
    }
    at = text.indexOf('<', end + 1);
  }
  return undefined;
}

function elementOf(tag: string, depth: number): XmlElement {
  let nameEnd = 0;
  while (nameEnd < tag.length && tag.charCodeAt(nameEnd) > 32) nameEnd++;
  const name = tag.slice(0, nameEnd);
  const colon = name.indexOf(':');
  return {
    name: colon < 0 ? name : name.slice(colon + 1),
    depth,
    attributes: tag.slice(nameEnd),
    text: '',
    hasChildren: false,
  };
}

/** The text up to the next tag, with its CDATA sections; the place of that tag. */
function readText(text: string, start: number, element: XmlElement): number {
  let from = start;
  let found = '';
  for (;;) {
    const next = text.indexOf('<', from);
    found += xmlText(text.slice(from, next < 0 ? text.length : next));
    if (next < 0 || !text.startsWith('<![CDATA[', next)) {
      element.text = found;
      return next;
    }
    const close = text.indexOf(']]>', next);
    if (close < 0) return -1;
    found += text.slice(next + 9, close);
    from = close + 3;
  }
}

/** The `>` of a tag: one in a quoted value is none. */
function tagEnd(text: string, start: number): number {
  let quote = 0;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return at;
    else if (code === 60) return -1;
  }
  return -1;
}

const attributePattern = /([\w:.-]{1,64})\s{0,8}=\s{0,8}(?:"([^"]*)"|'([^']*)')/g;

/** One attribute of an element; undefined when it has none of this name. */
export function attributeOf({ attributes }: XmlElement, name: string): string | undefined {
  const equals = name.length + 1;
  if (attributes.startsWith(name, 1) && attributes.charCodeAt(equals) === 61) {
    // The first one, written as nearly everybody writes it.
    const quote = attributes.charAt(equals + 1);
    const close = quote === '"' || quote === "'" ? attributes.indexOf(quote, equals + 2) : -1;
    if (close > 0) return xmlText(attributes.slice(equals + 2, close));
  }
  if (!attributes.includes(name)) return undefined;
  for (const [, found, double, single] of attributes.matchAll(attributePattern)) {
    if (found === name) return xmlText(double ?? single ?? '');
  }
  return undefined;
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Digits that are written as numbers of characters stay so: masking has not seen them as digits. */
function xmlText(written: string): string {
  if (!written.includes('&')) return written;
  return written.replace(/&(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/gi, characterOf);
}

function characterOf(entity: string): string {
  const name = entity.slice(1, -1).toLowerCase();
  if (!name.startsWith('#')) return named[name] ?? entity;
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || code === 0) return entity;
  const character = String.fromCodePoint(code);
  return /\p{N}/u.test(character) ? entity : character;
}
