import { classTable } from '../../classes/class-table.ts';

/** Junos: sign-ins, commands, commits and refused sessions (PCI DSS 10.2.1.2, .4, .5). */
export const juniperClasses = classTable({
  junos_login: 'authentication-use',
  'junos_login failure': 'authentication-use access-denied',
  junos_firewall_login: 'authentication-use',
  'junos_firewall_login failure': 'authentication-use access-denied',
  junos_snmp_login: 'authentication-use access-denied',
  junos_session_opened: 'authentication-use administrator-action',
  junos_session_closed: 'authentication-use administrator-action',
  junos_command: 'administrator-action',
  junos_configured: 'administrator-action policy-change',
  junos_commit: 'administrator-action policy-change',
  junos_password_changed: 'credential-change',
  junos_denied: 'access-denied',
  junos_attack: 'access-denied',
});
