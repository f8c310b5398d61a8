import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to the mail server (PCI DSS 10.2.1.4, 10.2.1.5). */
export const sendmailClasses = classTable({
  sendmail_login: 'authentication-use',
  'sendmail_login failure': 'authentication-use access-denied',
});
