/** The cells of one line of CSV (RFC 4180): quoted cells may hold commas, and two quotes for one. */
export function csvCells(text: string, start: number, most: number): string[] {
  const cells: string[] = [];
  let at = start;
  while (at <= text.length && cells.length < most) {
    if (text.charCodeAt(at) === 34) {
      const end = closingQuote(text, at + 1);
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'));
      const comma = text.indexOf(',', end);
      if (comma < 0) break;
      at = comma + 1;
      continue;
    }
    const comma = text.indexOf(',', at);
    cells.push(comma < 0 ? text.slice(at) : text.slice(at, comma));
    if (comma < 0) break;
    at = comma + 1;
  }
  return cells;
}

function closingQuote(text: string, start: number): number {
  let at = text.indexOf('"', start);
  while (at >= 0 && text.charCodeAt(at + 1) === 34) at = text.indexOf('"', at + 2);
  return at < 0 ? text.length : at;
}
