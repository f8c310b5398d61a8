/** A one-time code as typed, with half-width digits and without the spaces that apps show it with. */
export function typedCode(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s\-‐-―]/g, '');
}

/** A secret in groups of four, for reading it out or typing it. */
export function inGroups(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
