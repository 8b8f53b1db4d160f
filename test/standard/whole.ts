import { NOTHING, type Standard } from '../../src/standard/standard.ts';

/** A standard that says something of everything. */
export const WHOLE: Standard = {
  ...NOTHING,
  labels: {
    'org.opencontainers.image.vendor': 'Acme Inc.',
    'org.opencontainers.image.revision': '${REVISION}',
  },
  arguments: { REVISION: '', CHANNEL: 'stable' },
  environment: { TZ: 'Europe/Berlin' },
  certificates: [
    { name: 'acme', lines: ['-----BEGIN CERTIFICATE-----', 'TUlJQg==', '-----END CERTIFICATE-----'] },
  ],
  registries: {
    npm: 'https://npm.acme.example/',
    pip: 'https://pypi.acme.example/simple',
    go: 'https://go.acme.example',
    maven: 'https://maven.acme.example/all?a=1&b=2',
  },
  proxies: { http: 'http://proxy.acme.example:3128', none: '.acme.example' },
  secrets: [{ id: 'netrc', from: 'file', source: '~/.netrc', target: '/root/.netrc' }],
};
