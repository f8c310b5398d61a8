export type IniSection = { readonly name: string; readonly line: number; readonly entries: Map<string, string> };
export type IniResult =
  | { readonly ok: true; readonly sections: IniSection[] }
  | { readonly ok: false; readonly line: number; readonly reason: string };

/**
 * The dialect of Python's ConfigParser that awslogs.conf is written in: `[section]`, `key = value` or `key: value`,
 * whole-line comments by `#` or `;`, indented lines continuing the value above. Keys are lower-cased; a section that
 * comes twice is merged, the later value winning.
 */
export function parseIni(text: string): IniResult {
  const sections = new Map<string, IniSection>();
  let section: IniSection | null = null;
  let key: string | null = null;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, raw] of lines.entries()) {
    const line = raw.trimEnd();
    const number = index + 1;
    if (line.trim() === '' || /^\s*[#;]/.test(line)) continue;
    if (/^\s/.test(line) && section !== null && key !== null) {
      section.entries.set(key, `${section.entries.get(key) ?? ''}\n${line.trim()}`);
      continue;
    }
    const header = /^\[(.+)\]$/.exec(line.trim());
    if (header?.[1] !== undefined) {
      section = sections.get(header[1]) ?? { name: header[1], line: number, entries: new Map() };
      sections.set(header[1], section);
      key = null;
      continue;
    }
    const pair = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line.trim());
    if (pair?.[1] === undefined)
      return { ok: false, line: number, reason: 'this is neither a [section] nor "key = value"' };
    if (section === null) return { ok: false, line: number, reason: 'a key stands before the first [section]' };
    key = pair[1].toLowerCase();
    section.entries.set(key, pair[2] ?? '');
  }
  return { ok: true, sections: [...sections.values()] };
}
