const line = /^(?:(\d+(?:\.\d+)*):)?(\d+(?:\.\d+)+)$/;
const present = '4.0.1';

/** `pci:4.0.1:10.2.1.4` as it is typed: `10.2.1.4`, with the version in front for earlier ones: `3.0:10.2.4`. */
export function requirementLines(requirements: readonly string[]): string {
  return requirements
    .map((text) => text.replace(/^pci:/, ''))
    .map((text) => (text.startsWith(`${present}:`) ? text.slice(present.length + 1) : text))
    .join('\n');
}

/** The requirements that were typed, one on each line or parted by commas; null when one of them is no number. */
export function readRequirementLines(text: string): string[] | null {
  const typed = text.split(/[\s,、]+/u).filter(Boolean);
  const read = typed.map((each) => {
    const [, version = present, number] = line.exec(each) ?? [];
    return number === undefined ? null : `pci:${version}:${number}`;
  });
  return read.includes(null) ? null : [...new Set(read.filter((each) => each !== null))];
}
