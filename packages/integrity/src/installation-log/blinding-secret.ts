/** The line in which an organisation holds its blinding secret. */
import { decodeBase64, encodeBase64 } from '../base64.ts';

export function formatBlindingSecret(secret: Uint8Array): string {
  return `akashi-blinding-secret ${encodeBase64(secret)}\n`;
}

/** The 32 bytes of the line; null when it is none. */
export function parseBlindingSecret(text: string): Uint8Array | null {
  const secret = decodeBase64(/^akashi-blinding-secret (\S+)\n$/.exec(text)?.[1] ?? '');
  return secret?.length === 32 ? secret : null;
}
