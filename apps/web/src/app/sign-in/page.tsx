import type { Metadata } from 'next';
import { pageTitle } from '../../i18n/page-title.ts';
import { readSession } from '../../session/read-session.ts';
import { safeReturnPath } from '../../session/return-path.ts';
import { SignIn } from '../../sign-in/sign-in.tsx';

export function generateMetadata(): Promise<Metadata> {
  return pageTitle('signIn');
}

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: PageProps) {
  const wanted = await searchParams;
  const one = (name: string): string | null => {
    const value = wanted[name];
    return typeof value === 'string' ? value : null;
  };
  const reading = await readSession();
  const begun = reading.state === 'signed-in' && reading.session.stage !== 'full' ? reading.session : null;
  const problem = one('problem');
  return (
    <SignIn
      returnPath={safeReturnPath(one('return'))}
      begun={begun}
      organisation={one('organisation')}
      providerProblem={problem === null ? null : problem === 'provider-unavailable' ? 'unavailable' : 'refused'}
    />
  );
}
