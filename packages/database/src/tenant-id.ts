declare const tenantIdBrand: unique symbol;

/** A tenant's id that was checked: made only where a caller is authenticated or a job payload is read. */
export type TenantId = string & { readonly [tenantIdBrand]: true };

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Throws a RangeError unless the value is a lower-case UUID; because of that check it may stand inside SQL as it is. */
export function tenantId(value: string): TenantId {
  if (!uuidShape.test(value)) throw new RangeError('a tenant id is a lower-case UUID');
  return value as TenantId;
}
