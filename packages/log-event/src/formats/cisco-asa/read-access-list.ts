import type { EventDraft } from '../../event-draft.ts';
import { readNetworkEndpoint } from '../network-endpoint.ts';

const side = '([^\\s()]{1,128}\\(\\S{1,16}?\\))(?:\\(([^()]{0,128})\\))?(?: ?\\([^()]{0,128}\\)){0,2}';
const text = new RegExp(
  `^access-list (\\S{1,128}) (permitted|denied|est-allowed) (\\S{1,16}) ${side} -> ${side} hit-cnt (\\d{1,12})`,
);

/** `access-list inside denied tcp inside/192.0.2.7(1234) -> outside/203.0.113.9(22) hit-cnt 1 first hit`: message 106100. */
export function readAccessList(draft: EventDraft, message: string): void {
  const match = text.exec(message);
  if (match === null) {
    draft.event('asa_access_list', 'network');
    draft.partly('cisco-asa', 'unknown-message');
    return;
  }
  const [, list, verdict, protocol = '', from = '', user, to = '', target, hits = ''] = match;
  if (verdict === 'denied') draft.event('asa_denied', 'network', 'failure');
  else draft.event('asa_permitted', 'network', 'success');
  draft.keyword('rule.name', list);
  draft.keyword('network.transport', protocol.toLowerCase());
  readNetworkEndpoint(draft, 'source', from);
  readNetworkEndpoint(draft, 'destination', to);
  draft.keyword('user.name', user);
  draft.keyword('user.target.name', target);
  draft.label('hit_count', hits);
}
