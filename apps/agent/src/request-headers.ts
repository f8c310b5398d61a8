import { agentVersion } from './version.ts';

export type Origin = {
  readonly file: string | null;
  readonly timeZone: string;
  readonly datetimeFormat: string | null;
  /** Label of the file's encoding; null for what the agent says itself. */
  readonly encoding: string | null;
};

/** Whether a batch begins and ends within a line that was too long for one record. */
export type LineParts = { readonly continues: boolean; readonly more: boolean };

/** The IANA name for LOCAL and UTC. */
export function zoneName(zone: 'LOCAL' | 'UTC'): string {
  if (zone === 'UTC') return 'UTC';
  const local: string | undefined = Intl.DateTimeFormat().resolvedOptions().timeZone;
  // A machine without a zone keeps UTC.
  return local === undefined || local === 'Etc/Unknown' ? 'UTC' : local;
}

/** Text as a header value: percent-encoded where it is not plain ASCII, percent signs too, so that decodeURIComponent gives it back. */
export function encodeHeaderText(text: string): string {
  return text.replace(/[^\x21-\x24\x26-\x7e]/gu, (char) => {
    const bytes = Buffer.from(char.isWellFormed() ? char : '\uFFFD');
    return [...bytes].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });
}

export function originHeaders(origin: Origin): Record<string, string> {
  const headers: Record<string, string> = {
    'Akashi-Agent': `akashi-agent/${agentVersion}`,
    'Akashi-Time-Zone': origin.timeZone,
  };
  if (origin.file !== null) headers['Akashi-Source-File'] = encodePath(origin.file);
  if (origin.encoding !== null && origin.encoding !== 'utf-8') headers['Akashi-Encoding'] = origin.encoding;
  if (origin.datetimeFormat !== null) headers['Akashi-Datetime-Format'] = encodeHeaderText(origin.datetimeFormat);
  return headers;
}

/** Tells the intake that the first record goes on an earlier one's line, or that the last one's line goes on. */
export function linePartsHeader({ continues, more }: LineParts): Record<string, string> {
  const value = [...(continues ? ['continues'] : []), ...(more ? ['more'] : [])].join(', ');
  return value === '' ? {} : { 'Akashi-Line-Parts': value };
}

/** The intake takes no longer header values. */
const maxHeaderLength = 1024;

/** A path that is too long loses its first folders: its end says more. */
function encodePath(path: string): string {
  let encoded = encodeHeaderText(path);
  for (let rest = path; encoded.length > maxHeaderLength && rest.includes('/', 1);) {
    rest = rest.slice(rest.indexOf('/', 1));
    encoded = encodeHeaderText(rest);
  }
  return encoded.length > maxHeaderLength ? 'path-too-long' : encoded;
}
