import type { ItemResult } from '@akashi/contracts';
import type { HeldReview, PinnedLine, StoredItem } from '@akashi/database';
import { valuesOf } from '../findings/finding-values.ts';
import type { RequestContext } from '../request-context/request-context.ts';

interface Opening {
  readonly context: RequestContext;
  readonly at: Date;
  readonly wanted: ItemResult;
  readonly lines: readonly PinnedLine[];
}

/**
 * The finding that an exception becomes: a new one, or the item's former one again when its result had been taken back. Answers
 * its id. The time of the first line is filled in where nothing is said of it.
 */
export async function openFinding(held: HeldReview, item: StoredItem, opening: Opening): Promise<string> {
  const { context, at, wanted, lines } = opening;
  const { actor } = context;
  const said = { ...wanted.finding, when: wanted.finding?.when ?? lines[0]?.time };
  const title = said.title ?? item.report.title[context.language];
  const values = valuesOf({ ...said, title, reason: said.reason ?? wanted.comment });
  const { findings } = held;
  let id = item.findingId;
  if (id === null) {
    const found = { foundBy: actor.id, foundByName: actor.name, foundAt: at };
    const place = { reviewDay: held.whole.review.day, itemId: item.id, report: item.report.id };
    const area = { areaId: item.area.id, areaName: item.area.name };
    ({ id } = await findings.create({ ...values, ...place, ...area, ...found }));
  } else {
    const reopened = { state: 'open', closedBy: null, closedByName: null, closedAt: null, resolvedBy: null } as const;
    await findings.put(id, { ...values, ...reopened });
    const changes = [{ field: 'state', before: 'closed', after: 'open' }];
    await findings.note(id, { kind: 'change', byId: actor.id, byName: actor.name, at, text: '', changes });
  }
  await findings.pin(id, lines, { by: actor.name, at });
  return id;
}

/** The result was taken back: the finding stays, closed, and says why. */
export async function closeFinding(
  held: HeldReview,
  { findingId }: StoredItem,
  { context: { actor }, at }: Pick<Opening, 'context' | 'at'>,
): Promise<void> {
  const found = findingId === null ? null : await held.findings.hold(findingId);
  if (found === null || found.finding.state === 'closed') return;
  const { id, state } = found.finding;
  await held.findings.put(id, { state: 'closed', closedBy: actor.id, closedByName: actor.name, closedAt: at });
  const changes = [{ field: 'state', before: state, after: 'closed' }];
  const text = 'The result of the item was taken back. (項目の判定を取り消しました。)';
  await held.findings.note(id, { kind: 'change', byId: actor.id, byName: actor.name, at, text, changes });
}
