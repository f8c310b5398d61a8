import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
// The package's main entry imports its .wasm file as a module, which Node does not do without a flag.
import * as engineBinding from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

/** What wasm-bindgen emits beside the typed classes; the package's types leave these two out. */
interface EngineGlue {
  __wbg_set_wasm(exports: Record<string, unknown>): void;
  SchemaEngine: typeof SchemaEngine;
}

/** Node has this global; the es2024 library alone does not declare it. */
const { WebAssembly: webAssembly } = globalThis as unknown as {
  WebAssembly: {
    instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
  };
};

let glue: Promise<EngineGlue> | undefined;

async function loadGlue(): Promise<EngineGlue> {
  const binding = engineBinding as unknown as EngineGlue;
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { instance } = await webAssembly.instantiate(bytes, { './schema_engine_bg.js': engineBinding });
  binding.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return binding;
}

export interface OpenSchemaEngine {
  engine: SchemaEngine;
  /** Ends the connection, and with it the lock that the engine takes for a migration. */
  close: () => Promise<void>;
}

/**
 * Prisma's own schema engine, as WebAssembly, over a plain `pg` connection: the native engine is a download that a
 * closed installation cannot make.
 */
export async function openSchemaEngine(databaseUrl: string, datamodel: string): Promise<OpenSchemaEngine> {
  glue ??= loadGlue();
  const { SchemaEngine: Engine } = await glue;
  const pool = new Pool({ connectionString: databaseUrl, application_name: 'akashi-migrate', max: 2 });
  pool.on('error', () => undefined);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(wholeScripts(pool));
    const engine = await Engine.new({ datamodels: [['schema.prisma', datamodel]] }, () => undefined, adapter);
    return {
      engine,
      close: async () => {
        engine.free();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/**
 * The adapter cuts a script at every semicolon, also inside a function body. PostgreSQL takes a whole script at once,
 * and then as one transaction: a migration happens or does not.
 */
function wholeScripts(pool: Pool): PrismaPg {
  const factory = new PrismaPg(pool, { disposeExternalPool: false });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      await pool.query(script);
    };
    return adapter;
  };
  return factory;
}
