/** A hue of 0 to 359 that is always the same for an organisation, so that people notice being in another one. */
export function organisationHue(id: string): number {
  let hash = 0x811c9dc5;
  for (const character of id) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  // Vermilion (about 0 to 25) belongs to the seal.
  return 40 + (hash % 300);
}
