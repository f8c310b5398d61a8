import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to mailboxes (PCI DSS 10.2.1.4, 10.2.1.5). */
export const dovecotClasses = classTable({
  dovecot_login: 'authentication-use',
  'dovecot_login failure': 'authentication-use access-denied',
  'dovecot_auth failure': 'authentication-use access-denied',
  dovecot_logout: 'authentication-use',
});
