import { randomUUID } from 'node:crypto';
import { tenantId, type TenantId } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { describe, expect, it } from 'vitest';
import { ReadingRoom, type Place } from './reading-room.ts';

const limits = { bytes: 100, bytesOfTenant: 50, requestsOfTenant: 4, requestsOfKey: 2, ownBytes: 20 };
const [a, b, c] = [tenantId(randomUUID()), tenantId(randomUUID()), tenantId(randomUUID())];

interface Seat extends Place {
  isGivenUp: () => boolean;
}

function enter(room: ReadingRoom, of: TenantId, keyId: string | null = `key of ${of}`): Seat {
  let isGivenUp = false;
  const place = room.enter({ tenantId: of, keyId, giveUp: () => (isGivenUp = true) });
  return { ...place, isGivenUp: () => isGivenUp };
}

describe('the room for bodies', () => {
  it('counts what came, by organisation, and gives it back', () => {
    const room = new ReadingRoom(limits);
    const first = enter(room, a);
    first.charge(30);
    const second = enter(room, a);
    second.charge(20);
    expect(() => second.charge(1)).toThrow(AppError);
    first.leave();
    first.leave();
    second.charge(30);
    expect(() => second.charge(1)).toThrow(AppError);
  });

  it('takes some requests of a key, and some of an organisation', () => {
    const room = new ReadingRoom(limits);
    const seats = [enter(room, a, 'k1'), enter(room, a, 'k1')];
    expect(() => enter(room, a, 'k1')).toThrow(AppError);
    seats.push(enter(room, a, 'k2'), enter(room, a, 'k2'));
    expect(() => enter(room, a, 'k3')).toThrow(AppError);
    enter(room, b, 'k4');
    seats.forEach((seat) => seat.leave());
    expect(enter(room, a, 'k1').isGivenUp()).toBe(false);
  });

  it('is made by who holds most for who holds less', () => {
    const room = new ReadingRoom(limits);
    const [small, large, other] = [enter(room, a), enter(room, a), enter(room, b)];
    small.charge(10);
    large.charge(40);
    other.charge(50);
    const late = enter(room, c);
    late.charge(30);
    expect([small.isGivenUp(), large.isGivenUp(), other.isGivenUp()]).toEqual([false, true, false]);
    expect(() => large.charge(1)).toThrow(AppError);
    large.leave();
    // Now nobody holds more than it would: it waits itself.
    expect(() => late.charge(20)).toThrow(AppError);
    expect(other.isGivenUp()).toBe(false);
  });

  it('for the product itself is its own, and as large as it is', () => {
    const room = new ReadingRoom(limits);
    enter(room, a).charge(50);
    enter(room, b).charge(50);
    const own = enter(room, a, null);
    own.charge(20);
    expect(() => own.charge(1)).toThrow(AppError);
    own.leave();
    enter(room, a, null).charge(20);
  });
});
