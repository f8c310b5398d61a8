import { classTable } from '../../classes/class-table.ts';

/** A badge at a door is the use of a means of identification. */
export const entryLogClasses = classTable({
  badge_entry: 'authentication-use',
  badge_exit: 'authentication-use',
  badge_read: 'authentication-use',
  'badge_entry failure': 'authentication-use access-denied',
  'badge_exit failure': 'authentication-use access-denied',
  'badge_read failure': 'authentication-use access-denied',
  door_alarm: 'access-denied',
});
