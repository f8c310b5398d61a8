import { classTable } from '../../classes/class-table.ts';

/** RouterOS: sign-ins and changes (PCI DSS 10.2.1.2, .4, .5). */
export const mikrotikClasses = classTable({
  mikrotik_login: 'authentication-use',
  'mikrotik_login failure': 'authentication-use access-denied',
  mikrotik_logout: 'authentication-use',
  mikrotik_user_changed: 'administrator-action account-change',
  mikrotik_configured: 'administrator-action policy-change',
});
