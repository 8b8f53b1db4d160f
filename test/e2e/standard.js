// The example of a standard, on a case of each language: what it says is looked for in the image that was built.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const EXAMPLE = new URL('../../examples/standard/', import.meta.url).pathname;

/** One of each language, on targets that get certificates in ways of their own. */
export const STANDARD_CASES = [
  'node-npm-express/distroless',
  'python-pip-flask/slim',
  'go-http/scratch',
  'java-javac-httpserver/scratch',
  'c-meson-curl/slim',
];

export function extendStandard(folder) {
  writeFileSync(
    join(folder, 'create-dockerfile.yaml'),
    `extends: ${EXAMPLE}\narguments: { REVISION: r42 }\n`,
  );
}

/** Labels, environment, certificate, slots, partial and policy: in the Dockerfile, in the image, and by --check. */
export async function assertStandard({ id, name, service, dockerfile }, { call, docker, assert, bin }) {
  const text = readFileSync(dockerfile, 'utf8');
  const [language] = id.split('-');
  assert(
    text.includes('# a number, so that Kubernetes can check runAsNonRoot\nUSER '),
    'the partial is not there',
  );
  assert(text.includes('\nENV CI=true\n'), 'the slot of the builds is not there');
  assert(/\nFROM docker\.io\/library\/node:/.test(text) === (language === 'node'), 'an image is not mapped');
  const { Config } = JSON.parse((await docker('image', 'inspect', name)).stdout)[0];
  const { 'org.opencontainers.image.vendor': vendor, 'org.opencontainers.image.revision': revision } =
    Config.Labels;
  assert(vendor === 'Acme Inc.' && revision === 'r42', `its labels are ${JSON.stringify(Config.Labels)}`);
  assert(Config.Env.includes('TZ=Etc/UTC'), `its environment is ${Config.Env}`);
  const hardened = Config.Env.some((one) => /^NODE_OPTIONS=.*--disable-proto=throw/.test(one));
  assert(hardened === (language === 'node'), 'the slot of one language is in another');
  assert(!Config.Env.includes('CI=true'), 'what is for the builds is in the image');
  const certificate = readFileSync(join(EXAMPLE, 'acme-ca.pem'), 'utf8');
  assert(await holds(name, certificate, docker, call), 'its certificate is not in the image');
  // its policy holds of what stands there
  await call(process.execPath, [bin, service, '--yes', '--check']);
}

/** Whether a file of the image has a certificate: as text, or in a store of Java, which has its bytes. */
async function holds(name, certificate, docker, call) {
  const lines = certificate.split('\n').filter((line) => line !== '' && !line.startsWith('-'));
  const bytes = Buffer.from(lines.join(''), 'base64');
  const id = (await docker('create', name, 'none')).stdout.trim();
  try {
    const options = { encoding: 'buffer', maxBuffer: 2 ** 31 };
    const { stdout } = await call('docker', ['export', id], options);
    return stdout.includes(lines[3]) || stdout.includes(bytes);
  } finally {
    await docker('rm', '--force', id);
  }
}
