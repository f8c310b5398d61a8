const longest = 200;

/** A text as one line of a table: its first line, at most 200 UTF-16 units, with what was left out marked. */
export function firstLine(text: string): string {
  const end = text.search(/[\r\n]/);
  const line = end < 0 ? text : text.slice(0, end);
  return line.length > longest || end >= 0 ? `${line.slice(0, longest).toWellFormed()}…` : line;
}
