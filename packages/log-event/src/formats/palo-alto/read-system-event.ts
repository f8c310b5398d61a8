/** Events of PAN-OS itself: sign-ins of administrators and of GlobalProtect, commits, leases. The event's id chooses the texts. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const from = '(?:.{0,256}?From: (\\S{1,64}?)\\.?)?\\s*$';

const table = messageTable([
  row(`^authenticated for user '(.{0,512})'\\.${from}`, 'panos_login authentication success', 'user.name source'),
  row(
    `^failed authentication for user '(.{0,512})'\\. {1,2}Reason: (.{1,128}?)\\.${from}`,
    'panos_login authentication failure',
    'user.name event.reason source',
  ),
  row(
    `^failed authentication for user '(.{0,512})'\\.${from}`,
    'panos_login authentication failure',
    'user.name source',
  ),
  row(
    `^(?:auth profile|Authentication profile|authentication) .{0,128}?(?:failed|failure) .{0,64}?user '(.{0,512})'.{0,128}$`,
    'panos_login authentication failure',
    'user.name',
  ),
  row(
    '^User (.{1,512}) logged in via (\\S{1,32}) from (\\S{1,64}) using (\\S{1,32})$',
    'panos_session_opened session success',
    'user.name label:via source network.protocol',
  ),
  row(
    '^User (.{1,512}) logged in via (\\S{1,32}) from (\\S{1,64})$',
    'panos_session_opened session success',
    'user.name label:via source',
  ),
  row(
    '^User (.{1,512}) logged out via (\\S{1,32}) from (\\S{1,64})$',
    'panos_session_closed session success',
    'user.name label:via source',
  ),
  row(
    '^Session for user (.{1,512}) via (\\S{1,32}) from (\\S{1,64}) timed out$',
    'panos_session_closed session success',
    'user.name label:via source event.reason=timeout',
  ),
  row('^User (.{1,512}) (?:is )?locked out', 'panos_account_locked iam success', 'user.target.name'),
  row(
    '^GlobalProtect (?:portal|gateway) user (?:authentication|login) (?:succeeded|success)\\. Login from: (\\S{1,64}), .{0,256}?User name: (.{0,512}?), ',
    'panos_vpn_login authentication success',
    'source user.name',
  ),
  row(
    '^GlobalProtect (?:portal|gateway) user (?:authentication|login) failed\\. Login from: (\\S{1,64}), .{0,256}?User name: (.{0,512}?), .{0,512}?(?:Reason: (.{1,128}?))?,? ?(?:Auth type.{0,64})?$',
    'panos_vpn_login authentication failure',
    'source user.name event.reason',
  ),
  row(
    '^(?:Commit|Partial commit|CommitAll) job (?:succeeded|completed)(?: for user (\\S{1,128}))?',
    'panos_commit configuration success',
    'user.name',
  ),
  row(
    '^(?:Commit|Partial commit|CommitAll) job (?:failed|was not successful).{0,64}?(?: for user (\\S{1,128}))?$',
    'panos_commit configuration failure',
    'user.name',
  ),
  row(
    '^DHCP lease started ip (\\S{1,45}) --> mac (\\S{1,24}) - hostname (.{0,255}?), interface (\\S{1,64})$',
    'dhcp_ack network success',
    'source source.mac dhcp.client_hostname interface.name',
  ),
  row(
    '^DHCP lease (?:released|expired) ip (\\S{1,45}) --> mac (\\S{1,24})',
    'dhcp_release network success',
    'source source.mac',
  ),
  row(
    '^(?:.{0,64} )?log (?:has been |was )?(?:cleared|deleted) by (?:user )?(\\S{1,128})',
    'panos_log_cleared host success',
    'user.name',
  ),
  row('^NTP sync to server (\\S{1,255})', 'panos_ntp_sync host', 'destination'),
]);

export function readSystemEvent(draft: EventDraft, id: string, description: string): void {
  if (readByTable(draft, description.trim(), table)) return;
  draft.event(`panos_${id.toLowerCase().replaceAll(/[^a-z0-9]{1,8}/g, '_') || 'system'}`, 'host');
}
