/** Sophos Firewall (SFOS): `log_type`, `log_component` and `log_subtype` say what happened. */

import type { EventDraft } from '../../event-draft.ts';
import { labelOf, reviseEvent } from '../label-of.ts';

const administration = new Set(['GUI', 'CLI', 'API', 'Central Management', 'Appliance']);

export function readSophos(draft: EventDraft): void {
  draft.parsedAs('sophos');
  const [component, subtype, status] = ['log_component', 'log_subtype', 'status'].map((key) => labelOf(draft, key)) as [
    string,
    string,
    string,
  ];
  draft.keyword('event.code', labelOf(draft, 'log_id') || labelOf(draft, 'messageid'));
  draft.keyword('user.name', labelOf(draft, 'user_name'));
  draft.keyword('host.name', labelOf(draft, 'device_name'));
  draft.keyword('network.transport', labelOf(draft, 'protocol').toLowerCase());
  const failed = /^(?:fail|failed|deny|denied)$/i.test(status);
  if (subtype === 'Authentication') {
    reviseEvent(draft, `sophos_login authentication ${failed ? 'failure' : 'success'}`);
    draft.classify('authentication-use', ...(failed ? (['access-denied'] as const) : []));
    if (administration.has(component) && !failed) draft.classify('administrator-action');
    return;
  }
  if (subtype === 'Denied' || subtype === 'Drop' || subtype === 'Blocked') {
    reviseEvent(draft, 'sophos_denied network failure');
    draft.classify('access-denied');
  } else if (subtype === 'Allowed') reviseEvent(draft, 'sophos_permitted network success');
  else if (administration.has(component) && subtype === 'Admin') {
    reviseEvent(draft, `sophos_configured configuration ${failed ? 'failure' : 'success'}`);
    draft.classify('administrator-action', 'policy-change');
  } else reviseEvent(draft, `sophos_event host${failed ? ' failure' : ''}`);
}
