import { defineConfig } from 'prisma/config';

// generating needs no engine for migrations, so none is fetched where there is no network
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= '/bin/true';

export default defineConfig({ schema: 'prisma/schema.prisma' });
