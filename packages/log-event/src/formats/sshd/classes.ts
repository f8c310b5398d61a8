import { classTable } from '../../classes/class-table.ts';

/** OpenSSH's sign-ins (PCI DSS 10.2.1.4, 10.2.1.5). */
export const sshdClasses = classTable({
  ssh_login: 'authentication-use',
  'ssh_login failure': 'authentication-use access-denied',
  ssh_login_denied: 'authentication-use access-denied',
  ssh_login_timeout: 'authentication-use access-denied',
  ssh_max_attempts: 'authentication-use access-denied',
  ssh_invalid_user: 'authentication-use access-denied',
  ssh_key_refused: 'authentication-use access-denied',
  ssh_authorized: 'authentication-use',
  ssh_pam_error: 'authentication-use access-denied',
  ssh_forward_denied: 'access-denied',
  ssh_connection_refused: 'access-denied',
  ssh_connection_dropped: 'access-denied',
  ssh_connection_penalised: 'access-denied',
  ssh_session_refused: 'access-denied',
  ssh_session_opened: 'authentication-use',
  ssh_session_closed: 'authentication-use',
});
