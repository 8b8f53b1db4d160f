import type { TargetId } from '../../../plan/targets.ts';

/** A health check in exec form, and who asks. */
interface Check {
  readonly asks: string;
  readonly command: readonly string[];
  /** It is a class of ours, which the build compiles. */
  readonly class: boolean;
}

/** What is on alpine and slim asks for a hundredth of what a second JVM takes; elsewhere a class of ours is all that can. */
export function healthOf(target: TargetId, java: string, health: string, port: number): Check | undefined {
  if (health === 'none') return undefined;
  if (target === 'alpine')
    return {
      asks: 'BusyBox asks: nothing is installed for it, and no second JVM starts',
      command:
        health === 'tcp'
          ? ['busybox', 'nc', '127.0.0.1', String(port), '-e', 'true']
          : ['wget', '-q', '-O', '/dev/null', `http://127.0.0.1:${port}${health}`],
      class: false,
    };
  if (target === 'slim') {
    const open = `exec 3<>/dev/tcp/127.0.0.1/${port}`;
    const ask = `printf 'GET %s HTTP/1.0\\r\\n\\r\\n' ${health} >&3 && read -r _ status _ <&3 && [[ $status < 500 ]]`;
    return {
      asks: 'bash asks: it opens connections by itself, so no curl is installed and no second JVM starts',
      command: ['bash', '-c', health === 'tcp' ? open : `${open} && ${ask}`],
      class: false,
    };
  }
  return {
    asks: 'a class of a few lines asks, run by the same runtime with a heap of its own',
    command: [
      java,
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-Xmx8m',
      '-cp',
      '/health',
      'Health',
      String(port),
      ...(health === 'tcp' ? [] : [health]),
    ],
    class: true,
  };
}
