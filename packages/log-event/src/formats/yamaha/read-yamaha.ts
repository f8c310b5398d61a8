/** Routers of Yamaha (RTX, NVR, FWX): sign-ins, filters, leases and saved configurations. */

import type { EventDraft } from '../../event-draft.ts';
import { messageRow as row, messageTable, readByTable } from '../message-rows.ts';

const network = '((?:LAN|PP|TUNNEL|WAN|BRIDGE|VLAN)\\S{0,24})';
const packet =
  '(\\S{1,16}) ([0-9A-Fa-f.:]{2,45}?)(?::(\\d{1,5}|[a-z][\\w-]{0,24}))? > ([0-9A-Fa-f.:]{2,45}?)(?::(\\d{1,5}|[a-z][\\w-]{0,24}))?(?: .{0,96})?$';
const packetParts = 'network.transport source source.port destination destination.port';
const service = '(TELNET|SSH|HTTP|HTTPS|SERIAL|REMOTE|SFTP)';

const table = messageTable([
  row(
    `^(?:${network} )?Rejected at (IN|OUT)\\((\\S{1,24})\\)\\s?filter: ${packet}`,
    'yamaha_denied network failure',
    `observer.ingress.interface.name network.direction rule.id ${packetParts}`,
  ),
  row(
    `^(?:${network} )?Passed at (IN|OUT)\\((\\S{1,24})\\)\\s?filter: ${packet}`,
    'yamaha_permitted network success',
    `observer.ingress.interface.name network.direction rule.id ${packetParts}`,
  ),
  row(
    `^\\[INSPECT\\] ${network}\\[(in|out)\\]\\[(\\S{1,24})\\] ${packet}`,
    'yamaha_session network',
    `observer.ingress.interface.name network.direction rule.id ${packetParts}`,
  ),
  row(
    `^Login succeeded for ${service}(?:: ([0-9A-Fa-f.:]{2,45}))?(?: (\\S{1,64}))?$`,
    'yamaha_login authentication success',
    'network.protocol source user.name',
  ),
  row(
    `^(?:User )?'(.{1,512})' (?:login )?succeeded for ${service}(?:: ([0-9A-Fa-f.:]{2,45}))?$`,
    'yamaha_login authentication success',
    'user.name network.protocol source',
  ),
  row(
    `^Login failed for ${service}(?:: ([0-9A-Fa-f.:]{2,45}))?(?: (\\S{1,64}))?$`,
    'yamaha_login authentication failure',
    'network.protocol source user.name',
  ),
  row(
    `^(?:User )?'(.{1,512})' (?:login )?failed for ${service}(?:: ([0-9A-Fa-f.:]{2,45}))?$`,
    'yamaha_login authentication failure',
    'user.name network.protocol source',
  ),
  row(
    `^Logout from ${service}(?:: ([0-9A-Fa-f.:]{2,45}))?(?: (\\S{1,64}))?$`,
    'yamaha_logout session success',
    'network.protocol source user.name',
  ),
  row(
    `^Configuration saved in "?(\\S{1,64}?)"? by ${service}(?:\\(([0-9A-Fa-f.:]{2,45})\\))?`,
    'yamaha_configuration_saved configuration success',
    'label:file network.protocol source',
  ),
  row(
    `^\\[DHCPD\\] (\\S{1,32}) (?:Allocates|Extends) ([0-9A-Fa-f.:]{2,45}): ?\\(?(?:\\w{1,12}\\)? )?([0-9A-Fa-f:]{17})`,
    'dhcp_ack network success',
    'interface.name source source.mac',
  ),
  row(
    `^\\[DHCPD\\] (\\S{1,32}) (?:Releases|Frees|Expires) ([0-9A-Fa-f.:]{2,45})(?:: ?([0-9A-Fa-f:]{17}))?`,
    'dhcp_release network success',
    'interface.name source source.mac',
  ),
  row(`^\\[(?:IKE2?|L2TP|PPTP|IPsec)\\] (.{1,512})$`, 'yamaha_vpn network', 'event.reason'),
  row('^(?:Previous EXEC|Restart|Power-on boot|Reboot)(.{0,128})$', 'yamaha_started host', 'event.reason'),
]);

const look =
  /^(?:(?:(?:LAN|PP|TUNNEL|WAN|BRIDGE|VLAN)\S{0,24} )?(?:Rejected|Passed) at |\[(?:INSPECT|DHCPD)\] |Login (?:succeeded|failed) for [A-Z]|Logout from [A-Z]|'.{1,512}' (?:succeeded|failed) for [A-Z]|Configuration saved in )/;

export function readYamaha(draft: EventDraft, message: string): boolean {
  if (!look.test(message) || !readByTable(draft, message.trimEnd(), table)) return false;
  draft.parsedAs('yamaha');
  takeTaggedNetwork(draft);
  return true;
}

/** `PP[01] Rejected …` has the form of syslog's tag with a process id. */
function takeTaggedNetwork(draft: EventDraft): void {
  const program = draft.get('process.name');
  const number = draft.get('log.syslog.procid');
  if (typeof program === 'string' && typeof number === 'string')
    draft.keyword('observer.ingress.interface.name', `${program}[${number}]`);
}
