const longest = 50;
/** The page on which a report is made has this name among the pages of reports. */
const nameOfPage = 'new';

/** An id for a new report: its English title in small letters, with a number behind it where that is taken. */
export function ownReportId(title: string, taken: ReadonlySet<string>): string {
  const name = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
  const first = name === '' ? 'report' : name;
  for (let number = 1; ; number += 1) {
    const id = number === 1 ? first : `${first}-${number}`;
    if (!taken.has(id) && id !== nameOfPage) return id;
  }
}
