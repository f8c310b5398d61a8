/** `pci:4.0.1:10.5.1` in words; what is of another kind as it is. */
export function requirementText(requirement: string, inWords: (version: string, number: string) => string): string {
  const [kind, version, number] = requirement.split(':');
  return kind === 'pci' && version !== undefined && number !== undefined ? inWords(version, number) : requirement;
}
