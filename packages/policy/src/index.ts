export {
  createAccessScope,
  fieldFilter,
  hides,
  reachOfLogGroup,
  reachOfStream,
  scopeFilter,
  textFields,
  unhidableFields,
  visibleDocument,
  withinScope,
  type AccessScope,
  type ScopePart,
} from './access-scope.ts';
export { compileGrants, isInForce, scopeOfLogGroups, type Grant, type Grantee } from './compile-grants.ts';
export { auditTrailGroup, isOwnLogGroup, matchesLogGroup, matchesName, ownLogGroupPrefix } from './name-pattern.ts';
export {
  isPermitted,
  isRole,
  permissions,
  permissionsOf,
  roles,
  tenantRoles,
  type Permission,
  type Role,
  type TenantRole,
} from './roles.ts';
