/**
 * Canonical Base64 (RFC 4648 section 4, with padding) without Node, so that a browser can check a proof.
 * Only one spelling of any byte string is accepted: other characters, missing padding or set spare bits are refused,
 * because a second spelling would be a change nobody could find.
 */
const binaryChunkBytes = 8192;

/** The Base64 text of the bytes. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += binaryChunkBytes) {
    binary += String.fromCharCode(...bytes.subarray(start, start + binaryChunkBytes));
  }
  return btoa(binary);
}

/** The bytes of a Base64 text, or null when the text is not the canonical spelling. */
export function decodeBase64(text: string): Uint8Array | null {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  if (btoa(binary) !== text) return null;
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
