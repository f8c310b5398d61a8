import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to and through PAN-OS, and commits (PCI DSS 10.2.1.2, .4, .5, .6); of other events the reader decides. */
export const paloAltoClasses = classTable({
  panos_login: 'authentication-use',
  'panos_login failure': 'authentication-use access-denied',
  panos_vpn_login: 'authentication-use',
  'panos_vpn_login failure': 'authentication-use access-denied',
  panos_session_opened: 'authentication-use administrator-action',
  panos_session_closed: 'authentication-use administrator-action',
  panos_account_locked: 'access-denied account-change',
  panos_commit: 'administrator-action policy-change',
  panos_log_cleared: 'administrator-action log-control',
  panos_auth_success: 'authentication-use',
  panos_auth_fail: 'authentication-use access-denied',
  panos_userid_login: 'authentication-use',
  panos_userid_logout: 'authentication-use',
});
