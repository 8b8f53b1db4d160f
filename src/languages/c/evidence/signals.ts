import { type SourceFile, searchCode } from './sources.ts';

/** Frameworks that end themselves on SIGTERM, by what starts them. */
const OWN = /\bdrogon::app\s*\(\)|\bcrow::(?:Simple|)App\b|\bapp\s*\(\)\s*\.\s*run\s*\(|\bDROGON\b/g;

/** Where the program ends itself on SIGTERM: the kernel gives process 1 no default for it. */
export function findSignalHandler(files: readonly SourceFile[]): string | undefined {
  const [handler] = searchCode(files, /\bSIGTERM\b/g).filter(
    ({ file, index }) =>
      !/\b(kill|raise|pthread_kill|killpg)\s*\([^;]*$/.test(
        file.source.code.slice(Math.max(0, index - 80), index),
      ),
  );
  return handler?.at ?? searchCode(files, OWN)[0]?.at;
}
