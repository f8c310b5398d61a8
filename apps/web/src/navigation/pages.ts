import {
  Archive,
  BadgeCheck,
  BellRing,
  BookUser,
  Building2,
  ClipboardCheck,
  CircleUser,
  ClipboardList,
  FileClock,
  FileWarning,
  HeartPulse,
  Footprints,
  Inbox,
  KeyRound,
  ListChecks,
  Radar,
  ScrollText,
  ServerCog,
  ShieldCheck,
  Siren,
  Users,
  UsersRound,
  type LucideIcon,
} from 'lucide-react';
import { mayDo, type Permission, type Session } from '../session/session.ts';

/** A page's id is also its key in `pages` of the messages and its command (`go.<id>`). */
export const pageIds = [
  'log-reviews',
  'findings',
  'explorer',
  'trail',
  'reports',
  'incidents',
  'alerts',
  'rules',
  'watch-status',
  'sources',
  'integrity',
  'audit',
  'retention',
  'masters',
  'members',
  'access',
  'approvals',
  'reviews',
  'keys',
  'settings',
  'platform',
  'profile',
] as const;
export type PageId = (typeof pageIds)[number];

/** Parts of the menu, in the order of a day's work. Own settings stand in the user menu. */
export const menuParts = ['daily', 'evidence', 'reference', 'administration'] as const;
export type MenuPart = (typeof menuParts)[number];

export interface PageEntry {
  id: PageId;
  path: `/${string}`;
  Icon: LucideIcon;
  /** Null for what the user menu leads to. */
  part: MenuPart | null;
  /** The key after `g` that opens it; null for pages that only the menu and the palette lead to. */
  key: string | null;
  /** Nobody arrives there by signing in: what waits is counted beside it. */
  isNoHome?: true;
  /** Who sees it in the menu and the palette; everybody when left out. The API decides again for every call. */
  may?: (session: Session, tab: TabState) => boolean;
}

/** What holds in this tab of the browser alone. */
export interface TabState {
  /** One of the installation's people reads in an organisation that lets them. */
  support: boolean;
}

/** Operators of the installation have no logs of their own to explore. */
const readsLogs = (session: Session, { support }: TabState) =>
  mayDo(session, 'logs.search') && (support || session.user.role !== 'platform-operator');

const needs = (permission: Permission) => (session: Session) => mayDo(session, permission);

/** Those who read all access rights, and those who answer for a part of them. */
const recertifies = (session: Session) => session.ownsReviewItems || mayDo(session, 'access.read');

/** Those who are asked for their approval, and those who read all access rights. */
const approves = (session: Session) =>
  session.waitingApprovals > 0 || mayDo(session, 'access.read') || session.user.role === 'approver';

/** Those who read how long logs are kept, and those who may have some of them restored. */
const keeps = (session: Session) => mayDo(session, 'retention.read') || mayDo(session, 'logs.restore');

/**
 * Every page that a person can go to. The menu, the palette, the keys and the help dialog all read this list.
 */
export const pages: readonly PageEntry[] = [
  { id: 'platform', path: '/platform', Icon: ServerCog, part: 'daily', key: 'b', may: needs('platform.read') },
  {
    id: 'log-reviews',
    path: '/reviews',
    Icon: ClipboardCheck,
    part: 'daily',
    key: 'r',
    isNoHome: true,
    may: needs('reviews.read'),
  },
  {
    id: 'incidents',
    path: '/incidents',
    Icon: BellRing,
    part: 'daily',
    key: 'n',
    isNoHome: true,
    may: needs('incidents.read'),
  },
  { id: 'alerts', path: '/alerts', Icon: Siren, part: 'daily', key: 'w', isNoHome: true, may: needs('alerts.read') },
  { id: 'rules', path: '/rules', Icon: Radar, part: 'daily', key: 'u', isNoHome: true, may: needs('rules.read') },
  {
    id: 'watch-status',
    path: '/watch-status',
    Icon: HeartPulse,
    part: 'daily',
    key: null,
    isNoHome: true,
    may: needs('incidents.read'),
  },
  {
    id: 'findings',
    path: '/findings',
    Icon: FileWarning,
    part: 'daily',
    key: 'f',
    isNoHome: true,
    may: needs('reviews.read'),
  },
  { id: 'explorer', path: '/explorer', Icon: ScrollText, part: 'daily', key: 'e', may: readsLogs },
  { id: 'trail', path: '/trail', Icon: Footprints, part: 'daily', key: 't', may: needs('masters.read') },
  { id: 'reports', path: '/reports', Icon: ClipboardList, part: 'daily', key: 'l', may: needs('reports.read') },
  { id: 'sources', path: '/sources', Icon: Inbox, part: 'daily', key: 's', may: needs('sources.read') },
  { id: 'integrity', path: '/integrity', Icon: ShieldCheck, part: 'evidence', key: 'i', may: needs('integrity.read') },
  { id: 'audit', path: '/audit-trail', Icon: FileClock, part: 'evidence', key: 'a', may: needs('audit-trail.read') },
  { id: 'retention', path: '/retention', Icon: Archive, part: 'evidence', key: 'h', isNoHome: true, may: keeps },
  { id: 'masters', path: '/masters', Icon: BookUser, part: 'reference', key: 'd', may: needs('masters.read') },
  { id: 'members', path: '/members', Icon: Users, part: 'administration', key: 'm', may: needs('members.read') },
  { id: 'access', path: '/access', Icon: UsersRound, part: 'administration', key: 'c', may: needs('access.read') },
  {
    id: 'approvals',
    path: '/access/approvals',
    Icon: BadgeCheck,
    part: 'administration',
    key: null,
    isNoHome: true,
    may: approves,
  },
  { id: 'reviews', path: '/access/reviews', Icon: ListChecks, part: 'administration', key: null, may: recertifies },
  { id: 'keys', path: '/keys', Icon: KeyRound, part: 'administration', key: 'k', may: needs('keys.manage') },
  { id: 'settings', path: '/settings', Icon: Building2, part: 'administration', key: 'o', may: needs('settings.read') },
  { id: 'profile', path: '/profile', Icon: CircleUser, part: null, key: 'p' },
];

/** The pages that this person may open, in the order of the menu. */
export function pagesOf(session: Session, tab: TabState = { support: false }): PageEntry[] {
  return [...menuParts, null].flatMap((part) =>
    pages.filter((page) => page.part === part && (page.may?.(session, tab) ?? true)),
  );
}

/**
 * Where this person arrives, which is their work: what waits for an approver, today's review, for an administrator what is
 * broken while something is; for all others the first page of the menu that is one to begin with.
 */
export function homeOf(session: Session): `/${string}` {
  if (mayDo(session, 'reviews.approve')) return '/reviews?tab=approvals';
  if (mayDo(session, 'reviews.perform')) return '/reviews';
  if (mayDo(session, 'settings.manage') && session.openIncidents > 0) return '/incidents';
  return pagesOf(session).find(({ isNoHome }) => isNoHome !== true)?.path ?? '/profile';
}

/** The page that an address belongs to: `/people/42` belongs to `/people`, `/people-import` does not, the longest wins. */
export function pageAt(path: string, entries: readonly PageEntry[]): PageEntry | undefined {
  return entries
    .filter((page) => path === page.path || path.startsWith(`${page.path}/`))
    .toSorted((one, other) => other.path.length - one.path.length)[0];
}
