'use client';

import { useTranslations } from 'next-intl';
import Link from 'next/link';
import type { TableColumn } from '../forms/sorted-table.tsx';
import { useRoleWord } from './use-role-word.ts';

interface Person {
  displayName: string;
  email: string;
  role: string;
}

/** Who, with the way to all that they can see, and in which role: how tables of people about access begin. */
export function usePersonColumns<Row extends Person>(idOf: (row: Row) => string): TableColumn<Row>[] {
  const t = useTranslations('access.personColumns');
  const roleWord = useRoleWord();
  return [
    {
      id: 'name',
      title: t('name'),
      isRowHeader: true,
      sortBy: ({ displayName }) => displayName,
      cell: (row) => (
        <>
          <Link href={`/access/people?person=${idOf(row)}`} className="text-accent underline-offset-2 hover:underline">
            {row.displayName || row.email}
          </Link>
          <span className="block text-meta font-normal text-muted">{row.email}</span>
        </>
      ),
    },
    { id: 'role', title: t('role'), sortBy: ({ role }) => roleWord(role), cell: ({ role }) => roleWord(role) },
  ];
}
