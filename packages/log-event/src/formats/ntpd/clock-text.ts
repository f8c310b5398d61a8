/** Messages about the clock, of ntpd and of other programs: a table of texts with what they say (PCI DSS 10.6). */

import type { EventDraft } from '../../event-draft.ts';

type Target =
  'peer' | 'stratum' | 'offset' | 'frequency' | 'version' | 'interface' | 'address' | 'port' | 'reason' | 'skip';

export interface ClockText {
  pattern: RegExp;
  action: string;
  category: string;
  outcome?: 'success' | 'failure';
  state?: string;
  groups: readonly Target[];
}

const fieldOf: Readonly<
  Record<Exclude<Target, 'skip' | 'stratum' | 'offset' | 'frequency' | 'address' | 'port'>, string>
> = {
  peer: 'ntp.peer',
  version: 'ntp.version',
  interface: 'interface.name',
  reason: 'event.reason',
};

export const number = '([+-]?\\d{1,12}\\.?\\d{0,12})';

/** False for a message that none of the texts begins. */
export function readClockText(draft: EventDraft, message: string, texts: readonly ClockText[]): boolean {
  for (const { pattern, action, category, outcome, state, groups } of texts) {
    const match = pattern.exec(message);
    if (match === null) continue;
    draft.event(action, category, outcome);
    draft.keyword('ntp.event', action.startsWith('ntp_') ? action.slice(4) : action);
    draft.keyword('ntp.state', state);
    groups.forEach((target, index) => fill(draft, target, match[index + 1]));
    return true;
  }
  return false;
}

function fill(draft: EventDraft, target: Target, value: string | undefined): void {
  if (target === 'skip' || value === undefined) return;
  if (target === 'stratum') draft.long('ntp.stratum', value);
  else if (target === 'offset') draft.double('ntp.offset_seconds', value);
  else if (target === 'frequency') draft.double('ntp.frequency_ppm', value);
  else if (target === 'address') draft.endpoint('destination', value.startsWith('[') ? value.slice(1, -1) : value);
  else if (target === 'port') draft.long('destination.port', value);
  else draft.keyword(fieldOf[target], value);
}

/** `event` is action, category and, where the text decides them, outcome and clock state. */
export function clockText(pattern: string, event: string, groups: string): ClockText {
  const [action = '', category = '', outcome, state] = event.split(' ');
  return {
    pattern: new RegExp(pattern, 's'),
    action,
    category,
    ...(outcome === 'success' || outcome === 'failure' ? { outcome } : {}),
    ...(state === undefined ? {} : { state }),
    groups: groups === '' ? [] : (groups.split(' ') as Target[]),
  };
}
