/** SQL: the names of the access groups that user `u` is in now, as an array. */
export const currentGroups = `array(
  SELECT g.name FROM group_member m JOIN access_group g ON g.id = m.group_id
  WHERE m.user_id = u.id AND m.removed_at IS NULL AND g.removed_at IS NULL ORDER BY g.name)`;
