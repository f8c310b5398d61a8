/** The product's own log groups begin so; a pattern reaches them only when it begins so too. */
export const ownLogGroupPrefix = 'akashi/';

/** The log group of a tenant's audit trail. */
export const auditTrailGroup = 'akashi/audit';

/** The log group of the hashes of frozen report runs; its lines stand in the stream `runs`. */
export const reportsGroup = 'akashi/reports';

/** The log group of log review records, their signatures, and the credentials that sign. */
export const reviewsGroup = 'akashi/reviews';

/** What the product seals of itself. */
export const ownEvidenceGroups = [auditTrailGroup, reportsGroup, reviewsGroup] as const;

/** Whether a name matches a pattern in which `*` stands for any characters, none included. */
export function matchesName(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return pattern === name;
  const last = rest.pop() ?? '';
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** As `matchesName`, but `*` alone, `a*` and the like do not reach `akashi/…`: the audit trail is never granted in passing. */
export function matchesLogGroup(pattern: string, name: string): boolean {
  return isOwnLogGroup(name) ? isOwnLogGroup(pattern) && matchesName(pattern, name) : matchesName(pattern, name);
}

export function isOwnLogGroup(nameOrPattern: string): boolean {
  return nameOrPattern.startsWith(ownLogGroupPrefix);
}
