import { classTable } from '../../classes/class-table.ts';

export const sftpServerClasses = classTable({
  sftp_session_opened: 'authentication-use',
  sftp_session_closed: 'authentication-use',
  sftp_refused: 'access-denied',
});
