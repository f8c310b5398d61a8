import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to the mail server (PCI DSS 10.2.1.5). Which refusals are a matter of access, the reply's code says. */
export const postfixClasses = classTable({
  postfix_login: 'authentication-use',
  'postfix_login failure': 'authentication-use access-denied',
});
