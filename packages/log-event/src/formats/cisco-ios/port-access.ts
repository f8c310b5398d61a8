import { messageRow as row, messageTable, type MessageTable } from '../message-rows.ts';

/** Port access by 802.1X, MAC address or web page: who is on the port, facility by facility in the same words. */
export const portAccess: MessageTable = messageTable([
  row(
    '^Authentication (?:succeeded|successful) for client \\(([^)]{1,64})\\) on Interface (\\S{1,64})',
    'ios_port_login authentication success',
    'source.mac interface.name',
  ),
  row(
    '^Authentication failed for client \\(([^)]{1,64})\\) on Interface (\\S{1,64})',
    'ios_port_login authentication failure',
    'source.mac interface.name',
  ),
  row(
    '^Authorization succeeded for client \\(([^)]{1,64})\\) on Interface (\\S{1,64})',
    'ios_port_login authentication success',
    'source.mac interface.name',
  ),
  row(
    '^Authorization failed (?:or unapplied )?for client \\(([^)]{1,64})\\) on Interface (\\S{1,64})',
    'ios_port_login authentication failure',
    'source.mac interface.name',
  ),
  row(
    "^(?:Starting|Started) '\\S{1,32}' for client \\(([^)]{1,64})\\) on Interface (\\S{1,64})",
    'ios_port_login_started authentication',
    'source.mac interface.name',
  ),
]);
export const portAccessFacilities: ReadonlySet<string> = new Set([
  'DOT1X',
  'AUTHMGR',
  'MAB',
  'SESSION_MGR',
  'DOT1X_SWITCH',
  'EPM',
  'WEBAUTH',
]);
