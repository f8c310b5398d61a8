import { expect, it } from 'vitest';
import type { Channel } from '../api-client/incidents.ts';
import {
  changeOf,
  draftOf,
  isComplete,
  newDraft,
  readMinutes,
  settingsOf,
  withDigest,
  withEscalation,
  withHours,
} from './channel-draft.ts';

const channel: Channel = {
  id: '11111111-1111-4111-8111-111111111111',
  kind: 'mail',
  name: 'desk',
  target: 'desk@example.jp',
  kinds: ['unparsed'],
  minimalSeverity: 'high',
  hours: { days: [1], fromMinute: 60, untilMinute: 120 },
  digestMinute: 30,
  areaId: '22222222-2222-4222-8222-222222222222',
  escalation: { channelId: '33333333-3333-4333-8333-333333333333', afterMinutes: 15 },
  enabled: true,
  createdAt: '2026-11-30T00:00:00Z',
};

it('keeps what a channel is told of, and can take all of it away', () => {
  const {
    id: _id,
    kind: _kind,
    name: _name,
    target: _target,
    enabled: _enabled,
    createdAt: _at,
    ...settings
  } = channel;
  expect(changeOf(draftOf(channel))).toEqual(settings);
  const none = { kinds: [], minimalSeverity: 'low', hours: null, digestMinute: null, areaId: null, escalation: null };
  expect(changeOf(newDraft())).toEqual(none);
  expect(settingsOf(newDraft())).toEqual({ kinds: [], minimalSeverity: 'low' });
});

it('is complete when whoever is told next has a name and a time', () => {
  const draft = withEscalation(newDraft(), true);
  expect(isComplete(draft)).toBe(false);
  const named = { ...draft, escalation: { channelId: channel.id, afterMinutes: '30' } };
  expect([isComplete(named), changeOf(named).escalation]).toEqual([true, { channelId: channel.id, afterMinutes: 30 }]);
  for (const text of ['', '4', '1441', '5.5', '-30', 'x']) {
    expect(readMinutes(text), text).toBeNull();
    expect(isComplete({ ...named, escalation: { channelId: channel.id, afterMinutes: text } })).toBe(false);
  }
  expect(isComplete(withEscalation(named, false))).toBe(true);
});

it('begins with hours and a digest that may stand', () => {
  const draft = withDigest(withHours(newDraft(), true), true);
  expect([isComplete(draft), draft.digestMinute]).toEqual([true, 480]);
  expect(isComplete({ ...draft, hours: { days: [], fromMinute: 0, untilMinute: 60 } })).toBe(false);
  expect(withDigest(withHours(draft, false), false)).toEqual(newDraft());
});
