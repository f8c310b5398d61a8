import { readFile } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import {
  keyConfigurations,
  syslogConfigurations,
  type ArrivalAnswer,
  type SenderConfigurationAnswer,
} from '@akashi/contracts';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** What a new sender needs: a configuration to paste, and whether its first line is here. */
@Injectable()
export class SenderGuideService {
  readonly #parts: Pick<ApiParts, 'database' | 'keyring' | 'intakePlaces'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'keyring' | 'intakePlaces'>) {
    this.#parts = parts;
  }

  async forSyslog(): Promise<SenderConfigurationAnswer> {
    return { items: syslogConfigurations(this.#parts.intakePlaces), ca: await this.#ca() };
  }

  async forKey(logGroups: readonly string[]): Promise<SenderConfigurationAnswer> {
    const logGroup = logGroups.find((pattern) => !pattern.includes('*')) ?? 'linux/messages';
    const ca = await this.#ca();
    return { items: keyConfigurations(this.#parts.intakePlaces, logGroup, ca), ca };
  }

  async arrival(context: RequestContext, sourceId: string): Promise<ArrivalAnswer> {
    const found = await this.#parts.database.forTenant(context.tenantId).sourceSettings.arrival(sourceId);
    return {
      ...found,
      state: found.firstSeenAt === null ? 'waiting' : 'receiving',
      firstSeenAt: found.firstSeenAt?.toISOString() ?? null,
      lastReceivedAt: found.lastReceivedAt?.toISOString() ?? null,
    };
  }

  /** Null before the intake has made it at its first start. */
  #ca(): Promise<string | null> {
    return readFile(this.#parts.keyring.caPath, 'utf8').catch(() => null);
  }
}
