import { classTable } from '../../classes/class-table.ts';

/** Sign-ins to FTP servers (PCI DSS 10.2.1.4, 10.2.1.5). */
export const ftpClasses = classTable({
  ftp_login: 'authentication-use',
  'ftp_login failure': 'authentication-use access-denied',
  ftp_logout: 'authentication-use',
  ftp_refused: 'access-denied',
});
