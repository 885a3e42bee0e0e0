import type { KubernetesSettings } from './settings.ts';

export interface KubectlAnswer {
  stdout: string;
  /** What it said where it failed. */
  words: string;
  failed: boolean;
}

/** Arguments that name the cluster and the namespace. */
export function kubectlArguments(
  { context, namespace }: Pick<KubernetesSettings, 'context' | 'namespace'>,
  args: string[],
): string[] {
  return [
    ...(context ? ['--context', context] : []),
    ...(namespace ? ['--namespace', namespace] : []),
    ...args,
  ];
}

/** Asks kubectl; whether it failed is the caller's to judge. */
export async function kubectl(settings: KubernetesSettings, ...args: string[]): Promise<KubectlAnswer> {
  // Reading any recipe loads this file, and few recipes use a cluster.
  const { execa } = await import('execa');
  const { stdout, stderr, shortMessage, failed } = await execa('kubectl', kubectlArguments(settings, args), {
    reject: false,
    stdin: 'ignore',
    timeout: millisecondsToAnswer,
  });
  // Where it asks who one is, it does so on its standard output.
  const words = `${stdout ?? ''}\n${stderr ?? ''}`.trim();
  return { stdout: stdout ?? '', words: failed ? ownWords(words || (shortMessage ?? '')) : '', failed };
}

/** The last lines, without the errors that kubectl repeats before them. */
export function ownWords(words: string): string {
  const lines = words.split(/\r?\n/).filter((line) => line.trim() !== '');
  const own = lines.filter((line) => !/^[EW]\d{4} /.test(line));
  return (own.length > 0 ? own : lines)
    .slice(-6)
    .map((line) => line.trim())
    .join('; ');
}

/** Longer than a pod may take to end when it is deleted (`terminationGracePeriodSeconds`). */
const millisecondsToAnswer = 400_000;
