import type { FindingAnswer, FindingsAnswer } from '@akashi/contracts';
import type { StoredFinding, WholeFinding } from '@akashi/database';
import { reachOfLogGroup, type AccessScope } from '@akashi/policy';

type Listed = FindingsAnswer['items'][number];

/** `today` is the organisation's day, as yyyy-mm-dd. */
export function listFinding(finding: StoredFinding, today: string): Listed {
  const { id, number, title, state, severity, reviewDay, itemId, report, areaId, areaName } = finding;
  const { foundByName, foundAt, ownerId, ownerName, dueOn, who, when, system, reason, cause } = finding;
  return {
    id,
    number,
    title,
    state,
    severity,
    reviewDay,
    item: itemId,
    report,
    area: areaId === null ? null : { id: areaId, name: areaName ?? '' },
    foundBy: foundByName,
    foundAt: foundAt.toISOString(),
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
    dueOn,
    isOverdue: dueOn !== null && dueOn < today && state !== 'closed' && state !== 'resolved',
    who,
    when: when?.toISOString() ?? null,
    system,
    reason,
    cause,
    action: finding.action,
    outcome: finding.outcome,
    ticket: finding.ticket,
    closedBy: finding.closedByName,
    closedAt: finding.closedAt?.toISOString() ?? null,
  };
}

/** `texts` are those of the lines that the reader may see, in their order. The place of a log that they may not see is kept back. */
export function showFinding(
  { finding, lines, notes }: WholeFinding,
  { today, texts, scope }: { today: string; texts: readonly (string | null)[]; scope: AccessScope },
): FindingAnswer {
  return {
    ...listFinding(finding, today),
    lines: lines.map(({ eventId, recordSha256, time, logGroup, logStream }, at) => {
      const isPlaceSeen = reachOfLogGroup(scope, logGroup) !== 'none';
      return {
        eventId,
        recordSha256,
        time: time.toISOString(),
        logGroup: isPlaceSeen ? logGroup : '',
        logStream: isPlaceSeen ? logStream : '',
        text: texts[at] ?? null,
      };
    }),
    notes: notes.map(({ id, kind, byName, at, text, changes }) => ({
      id,
      kind,
      by: byName,
      at: at.toISOString(),
      text,
      changes: [...changes],
    })),
  };
}
