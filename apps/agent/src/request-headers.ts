import { agentVersion } from './version.ts';

export type Origin = {
  readonly file: string | null;
  readonly timeZone: string;
  readonly datetimeFormat: string | null;
};

/** The IANA name for LOCAL and UTC. */
export function zoneName(zone: 'LOCAL' | 'UTC'): string {
  return zone === 'UTC' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** A path as a header value: percent-encoded where it is not plain ASCII, so that decodeURIComponent gives it back. */
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
  if (origin.file !== null) headers['Akashi-Source-File'] = encodeHeaderText(origin.file);
  // A strptime format is full of percent signs: it goes as it is, and only what is not ASCII is encoded.
  if (origin.datetimeFormat !== null)
    headers['Akashi-Datetime-Format'] = origin.datetimeFormat.replace(/[^\x20-\x7e]+/gu, encodeHeaderText);
  return headers;
}
