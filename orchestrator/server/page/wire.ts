import type { Problem } from '../../recipe/problem.ts';
import type { RunSummary, StageSummary } from '../../runs/read-runs.ts';
import type { RunNews } from '../../runs/run-news.ts';
import type { EvaluationResult, ItemCard, Model } from '../../serving/index.ts';
import type { RunDifferences } from '../../serving/inspect/compare-evaluations.ts';
import type { CodedItem, IndexBranch, IndexOverview } from '../../serving/inspect/explore-index.ts';
import type { Measured } from '../../serving/inspect/measured-of.ts';

/** What the page asks for beside `/v1`: answers of `/page/…`, in types alone, so that both sides agree. */

/** GET /page/about */
export interface About {
  version: string;
  model: Model;
  /** Whether runs may be started from the page. */
  allow_runs: boolean;
  /** Whether the page has a shop in which to try it, as `eager-llm demo` opens it. */
  demo: boolean;
  /** Where the pages of the documentation can be read, as `…/docs/`; null where they only lie in eager-llm's folder. */
  docs: string | null;
}

/** GET /page/demo/customers */
export interface DemoCustomers {
  /** What some customers of the log have taken, oldest first; who they are is not told. */
  customers: { history: ItemCard[] }[];
}

/** A run as the page sees it. */
export interface PageRun extends Omit<RunSummary, 'folder' | 'planned'> {
  /** All seven where the run does not say. */
  planned: readonly string[];
  /** Whether it can be stopped from the page. */
  started_here: boolean;
  /** The sweep that it belongs to, where that has a report: GET /page/sweeps/NAME/report. */
  sweep: string | null;
}

/** GET /page/runs */
export interface RunsAnswer {
  /** `measured` is null for a run without figures. */
  runs: (PageRun & { measured: Measured | null })[];
}

/** GET /page/runs/NAME */
export interface RunAnswer {
  run: PageRun;
  recipe: string;
  /** For a terminal where the server was started: to go on with it, and to make it once more under another name. */
  commands: {
    resume: string;
    again: string;
    /** What stands in both for the folder of runs, where a page is not told of it. */
    hides: string | null;
  };
  evaluation: EvaluationResult | null;
}

/** GET /page/runs/NAME/news?cursor=… */
export interface NewsAnswer extends RunNews {
  status: RunSummary['status'];
  record: RunSummary['record'];
  failure: RunSummary['failure'];
  planned: readonly string[];
  worked_at: RunSummary['worked_at'];
  stages: StageSummary[];
}

/** GET /page/comparison?runs=a,b; one value a run, null where it lacks the setting or the figure. */
export interface ComparisonAnswer {
  runs: RunAnswer[];
  /** Settings that are not the same everywhere, as people read them. */
  settings: { path: string; values: (string | null)[] }[];
  /** Figures of the stages: `07-evaluation recall@10`. */
  figures: { name: string; values: (number | string | null)[] }[];
}

/** GET /page/comparison/differences?runs= */
export interface DifferencesAnswer {
  /** As `eager-llm runs compare` gives them; null where no two runs were asked the same. */
  differences: RunDifferences | null;
}

/** GET /page/sweeps/NAME; names of runs. */
export interface SweepAnswer {
  /** Those that its report is of; null where it does not say. */
  reported: string[] | null;
  /** Those that are in the runs folder. */
  here: string[];
}

/** GET /page/recipes */
export interface RecipesAnswer {
  /** Recipes that come with eager-llm, to begin with. */
  shipped: {
    name: string;
    /** The first line of its head, and what it wants to be there. */
    purpose: string;
    prerequisite: string;
    /** Settings that it takes from the environment, which a recipe of the page has to say: `dataset.path`. */
    needs: string[];
  }[];
  schema: Record<string, unknown>;
}

/** A problem with the line of the text where it is to be mended, from 1; null where there is none. */
export interface LineProblem extends Problem {
  line: number | null;
  /** It lies in a recipe that the text extends: a setting of the text takes its place. */
  is_elsewhere: boolean;
}

/** POST /page/recipes/check {text} */
export interface CheckAnswer {
  problems: LineProblem[];
  /** The whole recipe with every default filled in, as values and as YAML; null where there are problems. */
  recipe: Record<string, unknown> | null;
  yaml: string | null;
  /** What the text says and what it extends, without defaults, also where there are problems. */
  written: unknown;
}

/** POST /page/runs {name, text}, /page/runs/NAME/stop, /page/runs/NAME/resume */
export interface StartAnswer {
  name: string;
}

/** GET /page/runs/NAME/items?query=… */
export interface CodedItemsAnswer {
  items: CodedItem[];
}

export type { CodedItem, EvaluationResult, IndexBranch, IndexOverview, Measured, RunSummary, StageSummary };
