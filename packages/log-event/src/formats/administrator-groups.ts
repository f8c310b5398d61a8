/** Groups whose members have the rights of the administrator, on systems as they are delivered. */
const groups = new Set('root wheel sudo admin adm sysadmin sys docker lxd libvirt disk shadow'.split(' '));

/** Whether joining a group gives more rights than a user has (PCI DSS 10.2.1.5: elevation of privileges). */
export function isAdministratorGroup(name: unknown): boolean {
  return typeof name === 'string' && groups.has(name);
}
