/**
 * Addresses as logs write them: alone, with a port, in brackets, with an IPv6 zone, and lists of clients and proxies as
 * `X-Forwarded-For` (and RFC 7239's `Forwarded`) carries them.
 */

import { isIpAddress, plainIpv4 } from './ip-address.ts';

export interface WrittenAddress {
  /** As the index takes it: no zone, no port, no brackets. */
  ip: string;
  /** '' without one. */
  port: string;
  /** Whether the text says more than address and port: a zone, or other addresses. */
  saysMore: boolean;
}

const maxChars = 1_024;
const maxEntries = 32;

/**
 * The address of a text; undefined when it names none. Of a list it is the first that is not of a private network, else
 * the first: proxies add theirs behind the client's.
 */
export function readWrittenAddress(written: string): WrittenAddress | undefined {
  if (written.length < 2 || written.length > maxChars) return undefined;
  const text = withoutQuotes(written.trim());
  if (!text.includes(',')) return readOne(text) ?? readBlankList(text);
  return firstClient(text.split(',', maxEntries));
}

/** `203.0.113.1 10.0.0.2`: only when all of it are addresses, since a sentence may hold one, too. */
function readBlankList(text: string): WrittenAddress | undefined {
  if (!text.includes(' ')) return undefined;
  const words = text.split(' ', maxEntries + 1).filter((word) => word !== '');
  if (words.length < 2 || words.length > maxEntries || words.some((word) => readOne(word) === undefined))
    return undefined;
  return firstClient(words);
}

function firstClient(entries: readonly string[]): WrittenAddress | undefined {
  let first: WrittenAddress | undefined;
  for (const entry of entries) {
    const found = readOne(withoutQuotes(entry.trim()));
    if (found === undefined) continue;
    const listed = { ...found, saysMore: true };
    if (!isPrivateAddress(found.ip)) return listed;
    first ??= listed;
  }
  return first;
}

/** `for=192.0.2.60;proto=https` of RFC 7239. */
const forwarded = /^for=("?)([^";]{2,64})\1(?:;|$)/i;
/** `10.0.0.1:1234:X0:name`: SonicWall adds the interface, and the name of the address. */
const interfaceForm = /^(\d[\d.]{6,14}):(\d{1,5}):\S{0,128}$/;
const portForms = /^([0-9A-Fa-f.:]{2,45})(?::|#|\()(\d{1,5})\)?$/;

function readOne(text: string): WrittenAddress | undefined {
  if (text.length > 128) return undefined;
  if (isIpAddress(text)) return { ip: indexForm(text), port: '', saysMore: false };
  if (text.startsWith('[')) return readBracketed(text);
  const code = text.charCodeAt(0) | 32;
  if (code === 102 && forwarded.test(text)) return readOne(forwarded.exec(text)?.[2] ?? '');
  const zone = text.indexOf('%');
  if (zone > 0) return withZone(text, zone);
  const match = portForms.exec(text);
  if (match === null) return withInterface(text);
  const [, ip = '', port = ''] = match;
  return isIpAddress(ip) && isPort(port) ? { ip: indexForm(ip), port, saysMore: false } : undefined;
}

function withInterface(text: string): WrittenAddress | undefined {
  const [, ip = '', port = ''] = interfaceForm.exec(text) ?? [];
  return isIpAddress(ip) && isPort(port) ? { ip, port, saysMore: true } : undefined;
}

/** `[2001:db8::1]`, `[2001:db8::1]:443`, `[fe80::1%eth0]:22`, `[192.0.2.1]:22`. */
function readBracketed(text: string): WrittenAddress | undefined {
  const close = text.indexOf(']');
  const inside = text.slice(1, close);
  if (close < 0 || inside.startsWith('[')) return undefined;
  const zone = inside.indexOf('%');
  const found = zone > 0 ? withZone(inside, zone) : readOne(inside);
  if (found === undefined || found.port !== '') return undefined;
  const rest = text.slice(close + 1);
  if (rest === '') return found;
  const port = rest.slice(1);
  return rest.startsWith(':') && isPort(port) ? { ...found, port } : undefined;
}

/** RFC 4007 section 11: `fe80::1%eth0`. */
function withZone(text: string, zone: number): WrittenAddress | undefined {
  const ip = text.slice(0, zone);
  if (!ip.includes(':') || !isIpAddress(ip) || !/^[\w.~-]{1,32}$/.test(text.slice(zone + 1))) return undefined;
  return { ip, port: '', saysMore: true };
}

function indexForm(ip: string): string {
  return ip.startsWith('::ffff:') ? plainIpv4(ip) : ip;
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

function withoutQuotes(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

/** Private, loopback, link-local and shared addresses (RFC 1918, 4193, 3927, 4291, 6598): where an own proxy stands. */
const privateAddress =
  /^(?:10\.|127\.|0\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1?$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i;

export function isPrivateAddress(ip: string): boolean {
  return privateAddress.test(indexForm(ip));
}
