import { UserError } from '../errors.ts';
import { type Digests, withDigests } from '../output/digests.ts';
import type { File } from '../output/render.ts';
import { pathOutside, programOutside } from '../project/program.ts';
import { imagesIn } from './policy.ts';

const SECONDS = 30;
/** What was asked once is not asked again by the same run, however many services it has. */
const ASKED = new Map<string, Promise<string>>();

/** Files whose images all have a digest: the one that is held already, else what the registry says now. */
export async function pinned(
  files: readonly File[],
  heldIn: (path: string) => Digests,
): Promise<{ readonly files: readonly File[]; readonly asked: readonly string[] }> {
  const asked = new Set<string>();
  const all = await Promise.all(
    files.map(async (file) => {
      const text = withDigests(file.text, heldIn(file.path));
      const images = await unpinnedIn({ ...file, text });
      for (const image of images) asked.add(image);
      const found = await Promise.all(images.map(async (image) => [image, await digestOf(image)] as const));
      return { ...file, text: withDigests(text, found) };
    }),
  );
  return { files: all, asked: [...asked] };
}

/** Images without a digest, each once. */
async function unpinnedIn({ path, text }: File): Promise<readonly string[]> {
  if (/(^|\/)compose\.yaml$/.test(path))
    return [...new Set([...text.matchAll(/^ {4}image: ([\w./:-]+)$/gm)].map(([, image = '']) => image))];
  if (!/(^|\/)Dockerfile$/.test(path)) return [];
  const named = (await imagesIn(text)).filter(({ image }) => image?.includes('@') !== true);
  return [
    ...new Set(
      named.map(({ image, line, text: name }) => {
        // a digest stands behind the whole name, in the FROM or in the ARG that it comes from
        const mark = `sha256:${'0'.repeat(64)}`;
        if (image !== undefined && /^\w/.test(image) && withDigests(text, [[image, mark]]) !== text)
          return image;
        throw new UserError({
          kind: 'refused',
          message: `--pin cannot put a digest beside ${JSON.stringify(name)} (${path}:${line}): arguments make it.`,
          fix: 'Let one ARG hold the whole name.',
        });
      }),
    ),
  ];
}

/** https://docs.docker.com/reference/cli/docker/buildx/imagetools/inspect/: of all platforms, where there are several. */
function digestOf(image: string): Promise<string> {
  const docker = programOutside('docker');
  if (docker === undefined)
    throw refused('--pin asks registries through docker buildx, and there is no docker here');
  const key = `${docker} ${image}`;
  const known = ASKED.get(key) ?? inspected(docker, image);
  ASKED.set(key, known);
  return known;
}

async function inspected(docker: string, image: string): Promise<string> {
  const { execa } = await import('execa');
  const { failed, timedOut, stdout, stderr } = await execa(
    docker,
    // `{{.Manifest.Digest}}` prints more than that where the image is for one platform
    ['buildx', 'imagetools', 'inspect', '--format', '{{json .Manifest}}', image],
    { reject: false, stdin: 'ignore', timeout: SECONDS * 1000, env: { PATH: pathOutside() } },
  );
  const [, digest] = /"digest":\s?"(sha256:[0-9a-f]{64})"/.exec(stdout) ?? [];
  if (!failed && digest !== undefined) return digest;
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const said = (lines.at(-1) ?? 'it says nothing').replace(/^ERROR: /, '').slice(0, 300);
  const why = timedOut ? `no answer within ${SECONDS} seconds` : said;
  throw refused(`The digest of ${image} cannot be had: ${why}`);
}

function refused(message: string): UserError {
  return new UserError({
    kind: 'refused',
    message: `${message.replace(/\.$/, '')}.`,
    fix: 'Leave --pin out, or try it where the registry can be reached.',
  });
}
