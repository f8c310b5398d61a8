import { classTable } from '../../classes/class-table.ts';

/** ScreenOS: sign-ins, changes and refused sessions (PCI DSS 10.2.1.2, .4, .5). */
export const screenosClasses = classTable({
  screenos_login: 'authentication-use',
  'screenos_login failure': 'authentication-use access-denied',
  screenos_user_login: 'authentication-use',
  'screenos_user_login failure': 'authentication-use access-denied',
  screenos_logout: 'authentication-use',
  screenos_configured: 'administrator-action policy-change',
  screenos_denied: 'access-denied',
  screenos_attack: 'access-denied',
});
