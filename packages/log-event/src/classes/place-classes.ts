import type { EventDraft } from '../event-draft.ts';
import type { ClassTable } from './class-table.ts';
import { eventClasses, type EventClass, type SixField } from './event-class.ts';

/** By the format's name. */
export type ClassTables = ReadonlyMap<string, ClassTable>;

/** The last step of reading: the event's classes, and what PCI DSS 10.2.2 asks of such an event and it does not have. */
export function placeClasses(draft: EventDraft, tables: ClassTables): void {
  const listed = classesByAction(draft, tables.get(draft.format));
  if (listed === undefined && draft.classes.length === 0) return;
  const all = draft.classes.length === 0 && listed !== undefined ? listed : [...draft.classes, ...(listed ?? [])];
  draft.set('pci.class', inOrder(all));
  const missing = missingOf(draft);
  if (missing.length > 0) draft.set('pci.missing', missing);
}

function classesByAction(draft: EventDraft, table: ClassTable | undefined): readonly EventClass[] | undefined {
  if (table === undefined) return undefined;
  const action = draft.get('event.action');
  if (typeof action !== 'string') return undefined;
  const outcome = draft.get('event.outcome');
  const ofOutcome = typeof outcome === 'string' ? table.get(`${action} ${outcome}`) : undefined;
  return ofOutcome ?? table.get(action);
}

/** Each once, in the order of the list of classes. */
function inOrder(classes: readonly EventClass[]): string[] {
  return classes.length === 1 ? [...classes] : eventClasses.filter((each) => classes.includes(each));
}

/** Fields of which one is enough for each of the six. Events of one's own host begin there. */
const sources: Readonly<Record<Exclude<SixField, 'time'>, readonly string[]>> = {
  user: ['user.name', 'user.id', 'user.effective.name', 'user.target.name', 'user.email'],
  action: ['event.action'],
  outcome: ['event.outcome'],
  origin: ['source.ip', 'source.address', 'source.mac', 'process.tty.name', 'host.name', 'host.ip'],
  object: [
    'user.target.name',
    'user.effective.name',
    'file.path',
    'process.command_line',
    'url.path',
    'url.original',
    'destination.ip',
    'destination.address',
    'service.name',
    'process.name',
    'host.name',
  ],
};

function missingOf(draft: EventDraft): string[] {
  const missing: string[] = [];
  for (const [field, names] of Object.entries(sources)) {
    if (!names.some((name) => draft.get(name) !== undefined)) missing.push(field);
    if (field === 'action' && !draft.hasTime) missing.push('time');
  }
  return missing;
}
