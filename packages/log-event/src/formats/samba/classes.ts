import { classTable } from '../../classes/class-table.ts';

const actions =
  'smb_open smb_close smb_delete smb_rename smb_mkdir smb_rmdir smb_list smb_read smb_write smb_chmod smb_chown';

export const sambaClasses = classTable({
  smb_connected: 'authentication-use',
  'smb_connected failure': 'authentication-use access-denied',
  smb_disconnected: 'authentication-use',
  smb_acl_changed: 'policy-change',
  ...Object.fromEntries(actions.split(' ').map((action) => [`${action} failure`, 'access-denied'])),
});
