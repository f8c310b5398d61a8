import { classTable } from '../../classes/class-table.ts';

export const vsftpdClasses = classTable({
  ftp_login: 'authentication-use',
  'ftp_login failure': 'authentication-use access-denied',
  ftp_refused: 'access-denied',
});
