import { EventEmitter } from 'node:events';
import { randomUUID } from 'node:crypto';
import { tenantId } from '@akashi/database';
import { describe, expect, it } from 'vitest';
import { ConnectionGate, type OpenConnection } from './connection-gate.ts';

class TestSocket extends EventEmitter {
  isOpen = true;
  destroy(): this {
    if (this.isOpen) {
      this.isOpen = false;
      this.emit('close');
    }
    return this;
  }
}

const proxy = '10.0.0.1';

function openGate(limits: Partial<{ connections: number; ofAddress: number; ofTenant: number }>): {
  enter: (address: string) => { socket: TestSocket; connection: OpenConnection | undefined };
  givenUp: () => number;
} {
  let count = 0;
  const all = { connections: 100, ofAddress: 100, ofTenant: 100, ...limits };
  const gate = new ConnectionGate(all, () => (count += 1));
  return {
    givenUp: () => count,
    enter(address) {
      const socket = new TestSocket();
      return { socket, connection: gate.admit(socket as never, { address, isProxy: address === proxy }) };
    },
  };
}

describe('the gate for connections', () => {
  it('gives up the one of an address on which nothing has come for longest, and nobody else’s', () => {
    const { enter, givenUp } = openGate({ ofAddress: 2 });
    const other = enter('192.0.2.2');
    const [first, second] = [enter('192.0.2.1'), enter('192.0.2.1')];
    first.connection?.touch();
    const third = enter('192.0.2.1');
    expect([first, second, third, other].map(({ socket }) => socket.isOpen)).toEqual([true, false, true, true]);
    expect(givenUp()).toBe(1);
  });

  it('counts a network of IPv6 as one address', () => {
    const { enter } = openGate({ ofAddress: 1 });
    const first = enter('2001:db8:0:1::1');
    enter('2001:db8:0:1:ffff::1');
    expect(first.socket.isOpen).toBe(false);
  });

  it('takes a place from the address that has most when all are taken', () => {
    const { enter } = openGate({ connections: 3 });
    const [many, quiet] = [[enter('192.0.2.1'), enter('192.0.2.1')], enter('192.0.2.2')];
    expect(enter('192.0.2.3').connection).toBeDefined();
    expect(many.map(({ socket }) => socket.isOpen)).toEqual([false, true]);
    expect(quiet.socket.isOpen).toBe(true);
  });

  it('gives up none that is being worked on, and refuses when all are', () => {
    const { enter, givenUp } = openGate({ ofAddress: 1 });
    const busy = enter('192.0.2.1');
    busy.connection?.setBusy(true);
    const refused = enter('192.0.2.1');
    expect([busy.socket.isOpen, refused.socket.isOpen, refused.connection, givenUp()]).toEqual([
      true,
      false,
      undefined,
      1,
    ]);
    busy.connection?.setBusy(false);
    expect(enter('192.0.2.1').connection).toBeDefined();
    expect(busy.socket.isOpen).toBe(false);
  });

  it('gives up those first that have shown no key yet', () => {
    const { enter } = openGate({ ofAddress: 2 });
    const known = enter('192.0.2.1');
    known.connection?.setBusy(true);
    known.connection?.setBusy(false);
    const sockets = [known.socket, ...Array.from({ length: 3 }, () => enter('192.0.2.1').socket)];
    expect(sockets.map(({ isOpen }) => isOpen)).toEqual([true, false, false, true]);
  });

  it('holds an organisation to its number, from wherever it comes', () => {
    const { enter } = openGate({ ofTenant: 2 });
    const [one, other] = [tenantId(randomUUID()), tenantId(randomUUID())];
    const connections = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((address) => enter(address));
    const foreign = enter('192.0.2.4');
    foreign.connection?.belongsTo(other);
    for (const { connection } of connections) connection?.belongsTo(one);
    expect([...connections, foreign].map(({ socket }) => socket.isOpen)).toEqual([false, true, true, true]);
  });

  it('neither counts nor gives up those of the product itself', () => {
    const { enter } = openGate({ ofAddress: 1 });
    const own = enter('127.0.0.1');
    own.connection?.setOwn();
    const first = enter('127.0.0.1');
    enter('127.0.0.1');
    expect([own.socket.isOpen, first.socket.isOpen]).toEqual([true, false]);
  });

  it('has no number for a proxy that many come through', () => {
    const { enter, givenUp } = openGate({ ofAddress: 1, connections: 3 });
    for (let count = 0; count < 3; count += 1) enter(proxy);
    expect(givenUp()).toBe(0);
  });

  it('forgets what is closed', () => {
    const { enter, givenUp } = openGate({ connections: 2, ofAddress: 2, ofTenant: 1 });
    const tenant = tenantId(randomUUID());
    for (let round = 0; round < 10; round += 1) {
      const { socket, connection } = enter('192.0.2.1');
      connection?.belongsTo(tenant);
      connection?.touch();
      socket.destroy();
    }
    expect(givenUp()).toBe(0);
  });
});
