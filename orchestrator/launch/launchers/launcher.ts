import type { Readable } from 'node:stream';
import type { z } from 'zod';
import type { Reporter } from '../../shared/reporter.ts';
import type { sharding } from './settings.ts';

/** What the section `launcher` of a recipe holds, whichever launcher it names. */
export interface LauncherSettings {
  kind: string;
  python: string | null;
  sharding?: z.infer<typeof sharding>;
}

/** A way of starting the PyTorch worker. Its own settings lie beside those of every launcher. */
export interface Launcher<Settings extends LauncherSettings = LauncherSettings> {
  /** The section of the recipe where `kind` is this one: strict, with defaults and descriptions. */
  settings: z.ZodObject & z.ZodType<Settings>;
  /**
   * Settings that start a program of the recipe's own choice or let another machine take part, `python` aside, which
   * does so everywhere: a recipe that comes over the wire may not give them.
   */
  startsPrograms: readonly string[];
  /** Settings that cannot work together, or not with what PyTorch is to compute on. */
  conflicts?(settings: Settings, computation: Computation): SettingConflict[];
  /**
   * The Python of the worker; without it, that of `python` or of `eager-llm setup peft`. Throws a UserError where
   * something is missing that it starts with.
   */
  findPython?(settings: Settings): string;
  /**
   * Whether the rest is there that it needs: a program, a folder that others see, a cluster that answers. Asked before
   * hours of preparing; `runsFolder`, absolute, is where jobs and results will lie. Throws a UserError where it is not.
   */
  check?(settings: Settings, runsFolder: string): Promise<void>;
  /** What has to be started on this machine. Told to stop, the worker finds a file that says so. */
  start(launch: Launch<Settings>): LaunchCommand;
  /** Where the program only hands the work on to others. Without it, the program's end is that of the work. */
  follow?(launch: Launch<Settings>, program: Program, report: Reporter): HandedOn;
  /** Where many trainings can be handed on at once. */
  array?: LauncherArray<Settings>;
}

/** What matters to a launcher of how PyTorch computes (the section `peft` of a recipe). */
export interface Computation {
  device: 'auto' | 'cpu' | 'cuda';
}

export interface SettingConflict {
  setting: string;
  message: string;
  remedy: string;
}

export interface Launch<Settings extends LauncherSettings = LauncherSettings> {
  python: string;
  settings: Settings;
  /** Absolute. */
  job: string;
  result: string;
}

/** How a worker is started: a program with its arguments, and files that it needs, by path. */
export interface LaunchCommand {
  command: string;
  args: string[];
  files: Record<string, string>;
  /** Variables of its environment, beside those of the worker. */
  env?: Record<string, string>;
  /** What a person has to know or to do before all can work. */
  note?: string;
}

/** A program that was started, in a process group of its own. */
export interface Program {
  stdout: Readable | null;
  stderr: Readable | null;
  pid?: number | undefined;
}

/** How a program ended that left no result. */
export interface ProgramEnd {
  code: number | undefined;
  signal: string | undefined;
  /** The worker saved its state because something other than us told it to end. */
  stopped: boolean;
}

/** Work that others do. It may begin or go on when its program has ended. */
export interface HandedOn {
  /** A file in the folder of logs for what the program itself says. */
  log: string;
  /** What to do where the program cannot be started. */
  remedy: string;
  /** Where the program may end well before the work: until that has ended, too. */
  wait?(): Promise<void>;
  /** Where the program fails: what it has handed on already, unless somebody is at work on it. */
  takeBack?(): Promise<void>;
  /** Besides the file that asks every rank to save and end. */
  stop(): Promise<void>;
  /** Why there is no result. */
  explain(end: ProgramEnd): Promise<Error>;
  /** Nothing is reported any more, and nothing that the program has started is left. */
  close(): void;
}

/** A folder of trainings that are submitted together, possibly from another machine. */
export interface LauncherArray<Settings extends LauncherSettings = LauncherSettings> {
  /** Of the script, in the folder. */
  fileName: string;
  /** A command line, to be given in the folder. */
  submit: string;
  /** Folders of one task, below the folder of the array. */
  taskFolders(name: string): { job: string; result: string };
  script(options: { settings: Settings; python: string; names: readonly string[] }): string;
}
