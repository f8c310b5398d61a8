import { classTable } from '../../classes/class-table.ts';

/** Sign-ins from afar and refused connections (PCI DSS 10.2.1.4, 10.2.1.5). */
export const inetdClasses = classTable({
  remote_login: 'authentication-use',
  'remote_login failure': 'authentication-use access-denied',
  remote_logout: 'authentication-use',
  inetd_refused: 'access-denied',
});
