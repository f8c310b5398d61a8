/** Origin line of a tenant's log, which is also the name of its key. */
export function logOrigin(tenantId: string): string {
  return `akashi.log/${tenantId}`;
}
