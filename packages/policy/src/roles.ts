/** Everything that a role can allow, besides what the grants of log groups decide. */
export const permissions = [
  'logs.search',
  'logs.restore',
  'sources.read',
  'sources.manage',
  'integrity.read',
  'audit-trail.read',
  'members.read',
  'members.manage',
  'access.read',
  'access.manage',
  'keys.manage',
  'settings.read',
  'settings.manage',
  'support-access.manage',
  'incidents.read',
  'incidents.acknowledge',
  'incidents.close',
  'rules.read',
  'rules.manage',
  'alerts.read',
  'notifications.read',
  'notifications.manage',
  'masters.read',
  'masters.manage',
  'reports.read',
  'reports.run',
  'reports.manage',
  'areas.manage',
  'reviews.read',
  'reviews.perform',
  'reviews.approve',
  'findings.manage',
  'retention.read',
  'retention.manage',
  'holds.manage',
  'records.remove',
  'platform.read',
  'platform.manage',
] as const;

export type Permission = (typeof permissions)[number];

/** The roles of people, and `api-client` for programs. One person has one role; groups say which logs it reaches. */
export const roles = [
  'tenant-admin',
  'log-administrator',
  'reviewer',
  'approver',
  'viewer',
  'auditor',
  'platform-operator',
  'api-client',
] as const;

export type Role = (typeof roles)[number];

/** The roles that an organisation gives to its people. */
export const tenantRoles = ['tenant-admin', 'log-administrator', 'reviewer', 'approver', 'viewer', 'auditor'] as const;

/** The roles of the installation's own people. */
export const platformRoles = ['platform-operator', 'auditor'] as const;

export type TenantRole = (typeof tenantRoles)[number];

const reading = ['logs.search', 'sources.read'] as const;
/**
 * Restoring takes disk and hours of the installation and one of few places of the organisation. It is for those who look into
 * what happened (PCI DSS 10.4.3, 12.10) or keep the logs (10.5.1), people and their programs. Viewers and auditors search the
 * archive where it lies, and the sets that others made.
 */
const restoring = ['logs.restore'] as const;
/** Whoever acknowledges an incident is at it; closing it with its record is for those who answer for the system. */
const noticing = ['incidents.read', 'incidents.acknowledge'] as const;
const answering = [...noticing, 'incidents.close'] as const;
/** PCI DSS 10.4.1.1: what watches the logs is known to those who answer for the day's work; alerts obey the grants, as search does. */
const watching = ['rules.read', 'alerts.read'] as const;
/** Whose act an event was follows from the masters: those who keep sources and members keep them as well. */
const keepingMasters = ['masters.read', 'masters.manage'] as const;
/** What is listed of an area is for those who may see the whole area: the grants decide, as with logs. */
const settingReports = ['reports.read', 'reports.run', 'reports.manage'] as const;
/** PCI DSS 10.4.1: whoever finds something keeps at it until it is settled. */
const reviewing = ['reports.read', 'reports.run', 'reviews.read', 'findings.manage'] as const;

/** PCI DSS 7.2.1, 7.2.2: each role has what its work needs and nothing else. */
const permissionsByRole: Readonly<Record<Role, readonly Permission[]>> = {
  'tenant-admin': [
    ...reading,
    ...restoring,
    'sources.manage',
    'integrity.read',
    'audit-trail.read',
    'members.read',
    'members.manage',
    'access.read',
    'access.manage',
    'keys.manage',
    'settings.read',
    'settings.manage',
    'support-access.manage',
    ...answering,
    ...watching,
    'rules.manage',
    'notifications.read',
    'notifications.manage',
    ...keepingMasters,
    ...settingReports,
    'areas.manage',
    'reviews.read',
    'retention.read',
    'retention.manage',
    'holds.manage',
    'records.remove',
  ],
  'log-administrator': [
    ...reading,
    ...restoring,
    'sources.manage',
    'integrity.read',
    'keys.manage',
    'settings.read',
    ...noticing,
    ...watching,
    'rules.manage',
    ...keepingMasters,
    ...settingReports,
    'retention.read',
  ],
  reviewer: [
    ...reading,
    ...restoring,
    'integrity.read',
    ...noticing,
    ...watching,
    'masters.read',
    ...reviewing,
    'reviews.perform',
  ],
  // Who approves may stand in for a reviewer; nobody approves what they have reviewed (PCI DSS 10.4 with 7.2.2).
  approver: [
    ...reading,
    ...restoring,
    'integrity.read',
    'members.read',
    ...answering,
    ...watching,
    'masters.read',
    ...reviewing,
    'reviews.perform',
    'reviews.approve',
    'retention.read',
  ],
  viewer: [...reading, 'reports.read', 'alerts.read'],
  auditor: [
    ...reading,
    'integrity.read',
    'audit-trail.read',
    'members.read',
    'access.read',
    'settings.read',
    'incidents.read',
    ...watching,
    'notifications.read',
    'masters.read',
    'reports.read',
    'reviews.read',
    'retention.read',
  ],
  'platform-operator': [
    'members.read',
    'members.manage',
    'platform.read',
    'platform.manage',
    'audit-trail.read',
    'logs.search',
    'integrity.read',
    // Of the installation's own incidents: their organisation is the platform's.
    ...answering,
    'notifications.read',
    'notifications.manage',
  ],
  'api-client': [
    ...reading,
    ...restoring,
    'integrity.read',
    'audit-trail.read',
    'incidents.read',
    ...watching,
    'masters.read',
    'reports.read',
    'reports.run',
    'reviews.read',
    'retention.read',
  ],
};

export function isRole(value: string): value is Role {
  return (roles as readonly string[]).includes(value);
}

/** Whether the role allows it; an unknown role allows nothing. */
export function isPermitted(role: string, permission: Permission): boolean {
  return isRole(role) && permissionsByRole[role].includes(permission);
}

export function permissionsOf(role: string): readonly Permission[] {
  return isRole(role) ? permissionsByRole[role] : [];
}
