import type { EventDraft } from '../../event-draft.ts';

/**
 * What a web server refuses (PCI DSS 10.2.1.4). Who is asked to sign in has used no mechanism yet, unless a name came with
 * the request.
 */
export function classifyStatus(draft: EventDraft, status: string): void {
  if (status === '401' || status === '407') {
    draft.classify('access-denied');
    if (draft.get('user.name') !== undefined) draft.classify('authentication-use');
  } else if (status === '403') draft.classify('access-denied');
}
