import type { OrganisationAnswer } from '@akashi/contracts';

/** The words of an organisation's row as the contract has them. */
export function readStoredWords({
  language,
  status,
}: {
  readonly language: string;
  readonly status: string;
}): Pick<OrganisationAnswer, 'language' | 'status'> {
  return {
    language: language === 'en' ? 'en' : 'ja',
    status: status === 'suspended' || status === 'closed' ? status : 'active',
  };
}
