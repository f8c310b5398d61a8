import { classTable } from '../../classes/class-table.ts';

/** Sign-ins that a web server refuses, in its error log (PCI DSS 10.2.1.4). In its access log the status decides. */
export const webErrorClasses = classTable({
  http_login: 'authentication-use',
  'http_login failure': 'authentication-use access-denied',
  http_access_denied: 'access-denied',
});
