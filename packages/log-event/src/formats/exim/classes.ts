import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to the mail server (PCI DSS 10.2.1.4, 10.2.1.5). */
export const eximClasses = classTable({
  exim_login: 'authentication-use',
  'exim_login failure': 'authentication-use access-denied',
});
