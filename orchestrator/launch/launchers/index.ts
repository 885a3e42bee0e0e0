import { accelerate } from './accelerate.ts';
import { kubernetes } from './kubernetes/kubernetes.ts';
import type { Launcher, LauncherSettings } from './launcher.ts';
import { local } from './local.ts';
import { ray } from './ray.ts';
import { slurm } from './slurm/slurm.ts';
import { torchrun } from './torchrun.ts';

export type { Launcher } from './launcher.ts';

/** Every launcher under its `kind`, in the order of the reference. */
export const launchers = { local, torchrun, accelerate, slurm, ray, kubernetes };

/** The launcher that a recipe's section names. */
export function launcherOf({ kind }: LauncherSettings): Launcher {
  return launchers[kind as keyof typeof launchers];
}
