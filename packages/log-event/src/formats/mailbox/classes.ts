import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to mailboxes (PCI DSS 10.2.1.4, 10.2.1.5). */
export const mailboxClasses = classTable({
  mailbox_login: 'authentication-use',
  'mailbox_login failure': 'authentication-use access-denied',
  mailbox_logout: 'authentication-use',
});
