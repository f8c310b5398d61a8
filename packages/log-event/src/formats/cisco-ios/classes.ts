import { classTable } from '../../classes/class-table.ts';

/** Cisco's routers and switches (PCI DSS 10.2.1.2, .4, .5, .6; 10.6.3). What a command changes, the command itself says. */
export const ciscoIosClasses = classTable({
  ios_login: 'authentication-use',
  'ios_login failure': 'authentication-use access-denied',
  ios_login_blocked: 'authentication-use access-denied',
  ios_logout: 'authentication-use',
  ios_enable: 'authentication-use privilege-elevation administrator-action',
  'ios_enable failure': 'authentication-use access-denied',
  'ios_session_requested failure': 'access-denied',
  ios_account_locked: 'access-denied account-change',
  ios_account_unlocked: 'administrator-action account-change',
  ios_configured: 'administrator-action policy-change',
  ios_command: 'administrator-action',
  'ios_command failure': 'administrator-action access-denied',
  ios_reload: 'administrator-action',
  ios_logging_changed: 'log-control',
  ios_clock_set: 'time-change',
  ios_denied: 'access-denied',
  ios_dropped: 'access-denied',
  ios_snmp_login: 'authentication-use access-denied',
  ios_peer_login: 'authentication-use access-denied',
  ios_port_denied: 'access-denied',
  ios_port_login: 'authentication-use',
  'ios_port_login failure': 'authentication-use access-denied',
});
