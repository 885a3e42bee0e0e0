import { z } from 'zod';
import { launchers } from '../launch/launchers/index.ts';

type OneLauncher = (typeof launchers)[keyof typeof launchers]['settings'];

/** How the PyTorch engine is started; read with `engine: peft` alone. It changes no result. */
export const launcherSettings = z.discriminatedUnion(
  'kind',
  Object.values(launchers).map(({ settings }) => settings) as [OneLauncher, ...OneLauncher[]],
);
