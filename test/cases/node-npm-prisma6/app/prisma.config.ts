import { defineConfig } from 'prisma/config';

// generating this client needs no engine, so none is fetched where there is no network
process.env.PRISMA_QUERY_ENGINE_LIBRARY ??= '/bin/true';
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= '/bin/true';

export default defineConfig({ schema: 'prisma/schema.prisma' });
