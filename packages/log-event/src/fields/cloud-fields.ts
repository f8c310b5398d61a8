import type { FieldRows } from './event-field.ts';

/** Clouds, by the names of ECS. */
export const cloudFields = {
  'cloud.provider': ['keyword', 'Cloud', 'クラウド', 'cloud'],
  'cloud.account.id': ['keyword', 'Cloud account', 'クラウドのアカウント'],
  'cloud.region': ['keyword', 'Cloud region', 'クラウドのリージョン', 'region'],
  'cloud.resource': ['keyword', 'Cloud resource', 'クラウドのリソース', 'resource'],
} satisfies FieldRows;
