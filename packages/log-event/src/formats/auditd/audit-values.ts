/** Values as the kernel and the audit library write them where they are not plain: in hexadecimal digits. */

import { leastCardDigits } from '../../join-parts.ts';

/** Keys whose values others choose: quoted when plain, in digits when they hold blanks, quotes or control characters. */
const untrusted = new Set(
  'acct exe comm cwd name proctitle cmd data dir path key old new sw file vm grp unit ocomm'.split(' '),
);
const argument = /^a\d/;
const hexadecimal = /^(?:[0-9A-F]{2}){2,}$/;

/** Whether a bare value of this key stands for a text in hexadecimal digits. */
export function isHexadecimal(type: string, key: string, value: string): boolean {
  const isOthers = untrusted.has(key) || (type === 'EXECVE' && argument.test(key));
  // `old` and `new` may be numbers, too.
  return isOthers && hexadecimal.test(value) && ((key !== 'old' && key !== 'new') || /[A-F]/.test(value));
}

const decoder = new TextDecoder('utf-8');

/**
 * A command's arguments have NULs between them. Masking has not seen what the digits stand for: all numbers are starred where
 * together they could be a card's, else those that are long enough for a verification code, which a name is not asked for.
 */
export function fromHexadecimal(digits: string, key: string): string {
  const text = decoder
    .decode(Buffer.from(digits, 'hex'))
    .replace(/\0{1,8}$/, '')
    .replaceAll('\0', ' ');
  if ((text.match(/\p{N}/gu)?.length ?? 0) >= leastCardDigits) return text.replace(/\p{N}/gu, '*');
  return key === 'acct' ? text : text.replace(/\p{N}{3,}/gu, (number) => '*'.repeat(number.length));
}

export interface SocketAddress {
  address: string;
  port?: string;
  path?: string;
}

/** `saddr` of a call: a `struct sockaddr` in hexadecimal digits. Undefined for families that have no address. */
export function readSocketAddress(digits: string): SocketAddress | undefined {
  if (!/^(?:[0-9A-Fa-f]{2}){2,128}$/.test(digits)) return undefined;
  const bytes = Buffer.from(digits, 'hex');
  const family = bytes.readUInt16LE(0);
  if (family === 2 && bytes.length >= 8)
    return { address: bytes.subarray(4, 8).join('.'), port: String(bytes.readUInt16BE(2)) };
  if (family === 10 && bytes.length >= 24) {
    const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(8 + index * 2).toString(16));
    return { address: shortIpv6(groups), port: String(bytes.readUInt16BE(2)) };
  }
  if (family !== 1) return undefined;
  const end = bytes.indexOf(0, 2);
  const path = end === 2 ? '' : bytes.subarray(2, end < 0 ? undefined : end).toString('utf8');
  return path.startsWith('/') ? { address: '', path } : undefined;
}

/** With `::` for the longest run of zeros (RFC 5952, section 4.2). */
function shortIpv6(groups: readonly string[]): string {
  let best = { at: 0, length: 0 };
  for (let at = 0; at < groups.length; at++) {
    let length = 0;
    while (groups[at + length] === '0') length++;
    if (length > best.length) best = { at, length };
  }
  if (best.length < 2) return groups.join(':');
  return `${groups.slice(0, best.at).join(':')}::${groups.slice(best.at + best.length).join(':')}`;
}
