declare const tenantIdBrand: unique symbol;

/** A tenant's id that was checked: made only where a caller is authenticated, a file is read or a job payload is. */
export type TenantId = string & { readonly [tenantIdBrand]: true };

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is a lower-case UUID; because of that it may stand in paths, keys and SQL as it is. */
export function isTenantId(value: string): value is TenantId {
  return uuidShape.test(value);
}

/** Throws a RangeError unless the value is a lower-case UUID. */
export function tenantId(value: string): TenantId {
  if (!isTenantId(value)) throw new RangeError('a tenant id is a lower-case UUID');
  return value;
}
