import { classTable } from '../../classes/class-table.ts';

export const packageClasses = classTable({
  package_installed: 'system-object',
  package_updated: 'system-object',
  package_downgraded: 'system-object',
  package_removed: 'system-object',
});
