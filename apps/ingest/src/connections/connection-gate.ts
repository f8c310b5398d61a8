import type { Socket } from 'node:net';
import type { TenantId } from '@akashi/database';
import { addressNetwork } from '@akashi/policy';

export interface GateLimits {
  /** File descriptors are finite. */
  readonly connections: number;
  /** Of one IPv4 address, or one IPv6 network of 64 bits. */
  readonly ofAddress: number;
  /** Of one organisation, once it is known whose a connection is. */
  readonly ofTenant: number;
}

export const defaultGateLimits: GateLimits = { connections: 4096, ofAddress: 512, ofTenant: 1024 };

/** A connection that is open. */
export interface OpenConnection {
  /** Something came on it. */
  touch(): void;
  /** While something of a known sender is worked on, the connection is not given up for another. */
  setBusy(isBusy: boolean): void;
  /** It is known now whose it is. */
  belongsTo(tenantId: TenantId): void;
  /** It is of the product's own parts, which are not counted. */
  setOwn(): void;
}

interface Held {
  readonly socket: Pick<Socket, 'destroy'>;
  readonly groups: Group[];
  isBusy: boolean;
  /** A known sender has used it before. */
  isProven: boolean;
}

interface Group {
  /** Those first on which nothing has come for longest. */
  readonly members: Set<Held>;
  readonly dissolve: () => void;
}

/** Connections by what they have in common; a group is there as long as it has members. */
class Groups<Name> {
  readonly #groups = new Map<Name, Group>();

  of(name: Name): Group {
    const known = this.#groups.get(name);
    if (known !== undefined) return known;
    const group: Group = { members: new Set(), dissolve: () => this.#groups.delete(name) };
    this.#groups.set(name, group);
    return group;
  }

  largest(): Group | undefined {
    let largest: Group | undefined;
    for (const group of this.#groups.values()) {
      if (group.members.size > (largest?.members.size ?? 0)) largest = group;
    }
    return largest;
  }
}

/**
 * How many connections there may be: altogether, of an address, of an organisation. One more than that is not refused:
 * the one on which nothing has come for longest is given up for it, of the same address or organisation, or of the address
 * that has most. So connections that are only held, half handshakes and heads that never end, keep nobody out.
 */
export class ConnectionGate {
  readonly #limits: GateLimits;
  readonly #onGivenUp: () => void;
  readonly #addresses = new Groups<string>();
  readonly #tenants = new Groups<TenantId>();
  #count = 0;

  /** `onGivenUp` is called for each connection that is given up or refused. */
  constructor(limits: GateLimits, onGivenUp: () => void) {
    this.#limits = limits;
    this.#onGivenUp = onGivenUp;
  }

  /**
   * Undefined when all others are being worked on: the socket is closed then. Of a proxy that many senders come through
   * there may be as many as altogether.
   */
  admit(
    socket: Pick<Socket, 'destroy' | 'once'>,
    { address, isProxy }: { address: string; isProxy: boolean },
  ): OpenConnection | undefined {
    const { connections, ofAddress } = this.#limits;
    const network = addressNetwork(address);
    const { members } = this.#addresses.of(network);
    const hasRoom =
      (isProxy || members.size < ofAddress || this.#giveUpOne(members)) &&
      (this.#count < connections || this.#giveUpOne(this.#addresses.largest()?.members));
    if (!hasRoom) {
      this.#onGivenUp();
      socket.destroy();
      return undefined;
    }
    // Asked for again: it may have lost its last member just now.
    const group = this.#addresses.of(network);
    const held: Held = { socket, groups: [group], isBusy: false, isProven: false };
    group.members.add(held);
    this.#count += 1;
    socket.once('close', () => this.#forget(held));
    return {
      touch: () => {
        for (const { members: each } of held.groups) if (each.delete(held)) each.add(held);
      },
      setBusy: (isBusy) => {
        held.isBusy = isBusy;
        held.isProven = true;
      },
      belongsTo: (tenantId) => this.#assign(held, tenantId),
      setOwn: () => this.#forget(held),
    };
  }

  #assign(held: Held, tenantId: TenantId): void {
    const { members } = this.#tenants.of(tenantId);
    if (members.size >= this.#limits.ofTenant) this.#giveUpOne(members);
    const group = this.#tenants.of(tenantId);
    group.members.add(held);
    held.groups.push(group);
  }

  #forget(held: Held): void {
    if (held.groups.length === 0) return;
    for (const { members, dissolve } of held.groups.splice(0)) {
      members.delete(held);
      if (members.size === 0) dissolve();
    }
    this.#count -= 1;
  }

  #giveUpOne(members: ReadonlySet<Held> = new Set()): boolean {
    const free = [...members].filter(({ isBusy }) => !isBusy);
    // A sender that pauses between its requests goes after those who have shown nothing yet.
    const held = free.find(({ isProven }) => !isProven) ?? free[0];
    if (held !== undefined) {
      this.#forget(held);
      this.#onGivenUp();
      held.socket.destroy();
      return true;
    }
    return false;
  }
}
