/** The number and version in an id such as `pci:4.0.1:10.5.1`; null for one of another kind. */
export function requirementOf(id: string): { version: string; number: string } | null {
  const [kind, version, number] = id.split(':');
  return kind === 'pci' && version !== undefined && number !== undefined ? { version, number } : null;
}
