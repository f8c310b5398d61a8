import type { TenantId } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import type { roomLimits } from './http-limits.ts';

export type RoomLimits = { readonly [Name in keyof typeof roomLimits]: number };

export interface Reader {
  readonly tenantId: TenantId;
  /** Null for the product's own records. */
  readonly keyId: string | null;
  /** Its place was taken: whatever it waits for ends with the error. */
  readonly giveUp: (error: AppError) => void;
}

/** A request's place while its body is read and made durable. */
export interface Place {
  /** So many more bytes of it are in memory; throws what the sender is answered when there is no room for them. */
  charge(bytes: number): void;
  leave(): void;
}

interface Taken extends Reader {
  bytes: number;
  failure: AppError | undefined;
}

/**
 * The memory in which bodies are read. It counts what has arrived, never what was declared, by organisation and by key.
 * When it is full, who holds most of it makes room for who holds less, so that no number of organisations that sit on
 * theirs keeps another out. The product's own records (audit trail, sign-ins) have a room of their own.
 */
export class ReadingRoom {
  readonly #limits: RoomLimits;
  readonly #tenants = new Map<TenantId, { bytes: number; places: Set<Taken> }>();
  readonly #keys = new Map<string, number>();
  #bytes = 0;
  #ownBytes = 0;

  constructor(limits: RoomLimits) {
    this.#limits = limits;
  }

  /** Throws what the sender is answered when too many requests of its key or organisation are being read. */
  enter(reader: Reader): Place {
    return reader.keyId === null ? this.#enterOwn() : this.#enter(reader, reader.keyId);
  }

  #enterOwn(): Place {
    let held = 0;
    return {
      charge: (bytes) => {
        if (this.#ownBytes + bytes > this.#limits.ownBytes) throw full(this.#limits.ownBytes, 'bytes');
        this.#ownBytes += bytes;
        held += bytes;
      },
      leave: () => {
        this.#ownBytes -= held;
        held = 0;
      },
    };
  }

  #enter(reader: Reader, keyId: string): Place {
    const { requestsOfKey, requestsOfTenant } = this.#limits;
    const ofKey = this.#keys.get(keyId) ?? 0;
    const tenant = this.#tenants.get(reader.tenantId) ?? { bytes: 0, places: new Set<Taken>() };
    if (ofKey >= requestsOfKey) throw full(requestsOfKey, 'requests-of-key');
    if (tenant.places.size >= requestsOfTenant) throw full(requestsOfTenant, 'requests');
    const taken: Taken = { ...reader, bytes: 0, failure: undefined };
    this.#keys.set(keyId, ofKey + 1);
    this.#tenants.set(reader.tenantId, tenant);
    tenant.places.add(taken);
    return {
      charge: (bytes) => this.#charge(taken, tenant, bytes),
      leave: () => {
        if (!tenant.places.delete(taken)) return;
        this.#release(taken);
        const left = (this.#keys.get(keyId) ?? 1) - 1;
        if (left === 0) this.#keys.delete(keyId);
        else this.#keys.set(keyId, left);
        if (tenant.places.size === 0) this.#tenants.delete(reader.tenantId);
      },
    };
  }

  #charge(taken: Taken, tenant: { bytes: number }, bytes: number): void {
    if (taken.failure !== undefined) throw taken.failure;
    if (tenant.bytes + bytes > this.#limits.bytesOfTenant) throw full(this.#limits.bytesOfTenant, 'bytes');
    while (this.#bytes + bytes > this.#limits.bytes) {
      if (!this.#makeRoom(tenant.bytes + bytes)) throw full(this.#limits.bytes, 'bytes');
    }
    tenant.bytes += bytes;
    taken.bytes += bytes;
    this.#bytes += bytes;
  }

  /** Takes the largest place of the organisation that holds most, if that is more than `than`. */
  #makeRoom(than: number): boolean {
    const [most] = [...this.#tenants.values()].sort((a, b) => b.bytes - a.bytes);
    if (most === undefined || most.bytes <= than) return false;
    const [largest] = [...most.places].sort((a, b) => b.bytes - a.bytes);
    if (largest === undefined || largest.bytes === 0) return false;
    largest.failure = full(this.#limits.bytes, 'bytes');
    this.#release(largest);
    largest.giveUp(largest.failure);
    return true;
  }

  #release(taken: Taken): void {
    const tenant = this.#tenants.get(taken.tenantId);
    if (tenant !== undefined) tenant.bytes -= taken.bytes;
    this.#bytes -= taken.bytes;
    taken.bytes = 0;
  }
}

function full(limit: number, reason: 'bytes' | 'requests' | 'requests-of-key'): AppError {
  return new AppError('too-many-requests', { retryAfterSeconds: 1, reason, params: { limit } });
}
