/**
 * The most days online of the log groups in the block of segment `s`, as their policies have it now; null for a segment that
 * is in no block yet.
 */
export const daysOfGroups = `
  SELECT max(gp.online_days) FROM block_log_group AS b
  JOIN log_group AS g ON g.tenant_id = b.tenant_id AND g.name = b.log_group
  JOIN retention_policy AS gp ON gp.tenant_id = g.tenant_id AND gp.name = g.retention_policy
  WHERE b.tenant_id = s.tenant_id AND b.block_number = s.block_number`;
