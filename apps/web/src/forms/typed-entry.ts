/** What was typed into a field of a form, by its name; '' when there is none. */
export function typedEntry(entries: FormData, name: string): string {
  const value = entries.get(name);
  return typeof value === 'string' ? value : '';
}
