import type { FindingChange } from '@akashi/contracts';
import type {
  FindingChange as StoredChange,
  FindingFieldChange,
  FindingValues,
  NewFindingNote,
  StoredFinding,
} from '@akashi/database';
import { afterFindingAct, type FindingAct, type FindingRefusal, type ReviewPerson } from '@akashi/policy';

export interface FindingActor extends ReviewPerson {
  readonly name: string;
}

export interface PlannedFindingChange {
  readonly change: StoredChange;
  readonly notes: readonly NewFindingNote[];
  readonly fields: readonly FindingFieldChange[];
}

const fieldNames = [
  'title',
  'severity',
  'ownerId',
  'dueOn',
  'who',
  'when',
  'system',
  'reason',
  'cause',
  'action',
  'outcome',
  'ticket',
] as const satisfies readonly (keyof FindingValues)[];

/** What one request makes of a finding: fields, then words, then its state, each by what the one before left behind. */
export function planChange(
  finding: StoredFinding,
  wanted: FindingChange,
  { by, at, nameOf }: { by: FindingActor; at: Date; nameOf: (id: string) => string },
): PlannedFindingChange | { readonly refusal: FindingRefusal } {
  const values = saidValues(wanted);
  let course = { ...finding, ...values };
  for (const act of actsOf(wanted)) {
    const after = afterFindingAct(by, course, act);
    if ('refusal' in after) return after;
    course = { ...course, state: after.state, ...(act === 'resolve' ? { resolvedBy: by.id } : {}) };
  }
  const { state } = course;
  const fields = changedFields(finding, { ...values, state }, nameOf);
  const closed = state === 'closed' ? { closedBy: by.id, closedByName: by.name, closedAt: at } : {};
  const resolvedBy = state === 'resolved' || state === 'closed' ? course.resolvedBy : null;
  const note = { byId: by.id, byName: by.name, at };
  const words: NewFindingNote[] = [
    ...(wanted.comment === undefined ? [] : [{ ...note, kind: 'comment' as const, text: wanted.comment }]),
    ...(wanted.escalate === undefined ? [] : [{ ...note, kind: 'escalation' as const, text: wanted.escalate }]),
    ...(wanted.instruct === undefined ? [] : [{ ...note, kind: 'instruction' as const, text: wanted.instruct }]),
    ...(fields.length === 0 ? [] : [{ ...note, kind: 'change' as const, text: '', changes: fields }]),
  ];
  return { change: { ...values, state, resolvedBy, ...closed }, notes: words, fields };
}

function actsOf({ escalate, instruct, state }: FindingChange): FindingAct[] {
  const byState = { open: 'reopen', resolved: 'resolve', closed: 'close' } as const;
  return [
    'change',
    ...(escalate === undefined ? [] : ['escalate' as const]),
    ...(instruct === undefined ? [] : ['instruct' as const]),
    ...(state === undefined ? [] : [byState[state]]),
  ];
}

function saidValues({ owner, when, title, severity, dueOn, ...rest }: FindingChange): Partial<FindingValues> {
  const { who, system, reason, cause, action, outcome, ticket } = rest;
  const said = {
    title,
    severity,
    ownerId: owner,
    dueOn,
    who,
    when: when == null ? when : new Date(when),
    system,
    reason,
    cause,
    action,
    outcome,
    ticket,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

function changedFields(
  finding: StoredFinding,
  after: Partial<FindingValues> & { state: string },
  nameOf: (id: string) => string,
): FindingFieldChange[] {
  const shown = (field: string, value: string | Date | null): string | null => {
    if (value instanceof Date) return value.toISOString();
    return field === 'ownerId' && value !== null ? nameOf(value) : value;
  };
  return [...fieldNames, 'state' as const].flatMap((field) => {
    const value = after[field];
    if (value === undefined) return [];
    const [was, is] = [shown(field, finding[field]), shown(field, value)];
    return was === is ? [] : [{ field: field === 'ownerId' ? 'owner' : field, before: was, after: is }];
  });
}
