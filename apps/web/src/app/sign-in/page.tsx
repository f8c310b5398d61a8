import type { Metadata } from 'next';
import { pageTitle } from '../../i18n/page-title.ts';
import { safeReturnPath } from '../../session/return-path.ts';
import { SignInForm } from '../../sign-in/sign-in-form.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('signIn');
}

export default async function Page({
  searchParams,
}: {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const { return: path } = await searchParams;
  return <SignInForm returnPath={safeReturnPath(typeof path === 'string' ? path : null)} />;
}
