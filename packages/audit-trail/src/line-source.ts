import { boundedText, textLimit } from './kept-text.ts';

const ipAddress = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]+)$/;

/** `source.*` of a line: the address as it was told, and as an address where it is one. */
export function sourceOf(address: string): Record<string, string> {
  const shown = boundedText(address === '' ? 'unknown' : address, textLimit.address);
  return { address: shown, ...(ipAddress.test(shown) ? { ip: shown } : {}) };
}
