import type { EventDraft } from '../event-draft.ts';

/** The label of a key, '' without it. */
export function labelOf(draft: EventDraft, key: string): string {
  const at = draft.labelKeys.indexOf(key);
  return at < 0 ? '' : (draft.labelValues[at] ?? '');
}

/** What the event is called, whose sender has a word of its own for it, which stays as a label. */
export function reviseEvent(draft: EventDraft, event: string): void {
  const [action = '', category = '', outcome] = event.split(' ');
  const written = draft.get('event.action');
  if (typeof written === 'string') draft.label('action', written);
  draft.revise('event.action', action);
  draft.revise('event.category', [category]);
  if (outcome === 'success' || outcome === 'failure') draft.revise('event.outcome', outcome);
}
